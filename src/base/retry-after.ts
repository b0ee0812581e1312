import { DAY, type Instant } from './instant.ts';

/** Headers by their names in small letters, as every client of ours has them. */
export interface Headers {
  get(name: string): string | null | undefined;
}

/**
 * How long an answer asks us to wait, in milliseconds: `Retry-After` in seconds, or as a date, which is measured against the
 * answer's own `Date`, for our clock may differ. Null when it does not say.
 * @param mostMs - what is beyond is cut: a lead would expire while we wait. Default a day
 */
export function retryAfterMs(headers: Headers, now: Instant, mostMs: number = DAY): number | null {
  const value = headers.get('retry-after')?.trim() ?? '';
  if (/^\d+$/.test(value)) return Math.min(Number(value) * 1000, mostMs);
  const at = /^[A-Za-z]{3}/.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(at)) return null;
  return Math.min(Math.max(0, at - (dateOf(headers) ?? now)), mostMs);
}

/** The clock of whoever answered; null when it did not tell. */
export function dateOf(headers: Headers): Instant | null {
  const date = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(date) ? null : date;
}
