import { statusOf } from '../azure/tables.ts';

const TRANSACTION_SIZE = 100;

/** Somebody else wrote, made or removed the row since it was read. */
export function isConflict(error: unknown): boolean {
  const status = statusOf(error);
  return status === 409 || status === 412 || status === 404;
}

/** The table will not have what the row holds: too large, a sign that it does not take. */
export function isRefusal(error: unknown): boolean {
  const status = statusOf(error);
  return status === 400 || status === 413;
}

/** What is over and cannot be kept is not worth watching for ever. */
export function ignoringRefusal(error: unknown): void {
  if (!isRefusal(error)) throw error;
}

export function ignoringMissing(error: unknown): void {
  if (statusOf(error) !== 404) throw error;
}

export function inBatches<T>(items: readonly T[]): T[][] {
  const batches: T[][] = [];
  for (let start = 0; start < items.length; start += TRANSACTION_SIZE) {
    batches.push(items.slice(start, start + TRANSACTION_SIZE));
  }
  return batches;
}
