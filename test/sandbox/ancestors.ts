import { readFileSync } from 'node:fs';

/**
 * Calls back when a process that started this one is gone: npm's shell does not hand every signal on, and without
 * npm nobody would be left to stop the sandbox. The answer ends the watch.
 */
export function watchAncestors(gone: () => void): () => void {
  const parent = process.ppid;
  // Under `npm start` the parent is a shell, and npm stands behind it.
  const behind = process.env.npm_lifecycle_event ? parentOf(parent) : null;
  const watch = setInterval(() => {
    if (process.ppid !== parent || (behind !== null && parentOf(parent) !== behind)) gone();
  }, 250);
  return () => clearInterval(watch);
}

/** Null where the system does not tell. */
function parentOf(pid: number): number | null {
  try {
    return Number(/^PPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN) || null;
  } catch {
    return null;
  }
}
