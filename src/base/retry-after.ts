import type { Instant } from './instant.ts';

/**
 * Seconds that an answer asks us to wait: `Retry-After` as seconds or as a date (measured against the answer's own
 * `Date`, for our clock may differ), else the words some gateways put in the body. Null when nothing was said.
 */
export function retryAfterSeconds(
  headers: { get(name: string): string | null },
  body: string,
  now: Instant,
): number | null {
  const header = headers.get('retry-after')?.trim() ?? '';
  if (/^\d{1,9}$/.test(header)) return Number(header);
  const at = header === '' ? Number.NaN : Date.parse(header);
  if (!Number.isNaN(at)) {
    const theirs = Date.parse(headers.get('date') ?? '');
    return Math.max(0, Math.ceil((at - (Number.isNaN(theirs) ? now : theirs)) / 1000));
  }
  const words = /try again in (\d{1,6}) seconds?/i.exec(body);
  return words ? Number(words[1]) : null;
}
