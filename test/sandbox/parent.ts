/**
 * Calls back when the process that started this one is gone: whoever kills npm outright must not leave a sandbox
 * behind. The answer ends the watch.
 */
export function watchParent(gone: () => void): () => void {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid !== parent) gone();
  }, 250);
  return () => clearInterval(watch);
}
