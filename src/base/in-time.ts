/** It did not end in time. */
export class NotInTimeError extends Error {
  override readonly name = 'NotInTimeError';
}

/**
 * Runs something that must end in time, also where it waits for what cannot be cancelled: its signal asks it to stop, and
 * nobody waits for whether it does.
 * @param milliseconds - of real time
 * @param sooner - a signal that ends the wait before
 * @throws NotInTimeError; what `work` throws
 */
export async function inTime<T>(
  milliseconds: number,
  work: (signal: AbortSignal) => Promise<T>,
  sooner?: AbortSignal,
): Promise<T> {
  const limit = new AbortController();
  const late = Promise.withResolvers<never>();
  // Whoever else waits for it: a race that has been decided does not.
  late.promise.catch(() => {});
  const end = () => {
    late.reject(new NotInTimeError('not in time'));
    limit.abort();
  };
  const timer = setTimeout(end, milliseconds);
  sooner?.addEventListener('abort', end);
  if (sooner?.aborted) end();
  try {
    return await Promise.race([late.promise, work(limit.signal)]);
  } finally {
    clearTimeout(timer);
    sooner?.removeEventListener('abort', end);
  }
}
