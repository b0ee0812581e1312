import { DAY, type Instant } from '../base/instant.ts';
import type { Outcome } from '../model/channel.ts';

const NOT_NOW = new Set([408, 412, 425, 429]);

/**
 * What an HTTP status means to a delivery. Never looks at the body, which may quote what we sent.
 * A redirect is not followed: the address is a secret, and what answers so is not what was set up.
 */
export function outcomeOf(
  status: number,
  headers: { get(name: string): string | null },
  now: Instant,
): Exclude<Outcome, { state: 'accepted' }> {
  const reason = `HTTP ${status}`;
  if (status >= 200 && status < 300) return { state: 'delivered' };
  if (NOT_NOW.has(status) || status >= 500) {
    const retryAt = retryTime(headers, now);
    return { state: 'retry', reason, ...(retryAt === null ? {} : { retryAt }) };
  }
  const lost = status < 400 || [401, 403, 404, 410].includes(status);
  return { state: 'rejected', reason, ...(lost ? { lost: true } : {}) };
}

/**
 * `Retry-After` as an instant: seconds, or a date measured against the answer's own clock. Null when it says nothing.
 * Never more than a day ahead: a lead would expire while we wait.
 */
export function retryTime(headers: { get(name: string): string | null }, now: Instant): Instant | null {
  const value = headers.get('retry-after')?.trim() ?? '';
  if (/^\d{1,9}$/.test(value)) return now + Math.min(Number(value) * 1000, DAY);
  const at = /^[A-Za-z]{3}/.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(at)) return null;
  const theirs = Date.parse(headers.get('date') ?? '');
  return now + Math.min(Math.max(0, at - (Number.isNaN(theirs) ? now : theirs)), DAY);
}
