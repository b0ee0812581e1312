import { DAY, type Instant } from '../base/instant.ts';
import type { Outcome } from '../model/channel.ts';
import { type CarrierAnswer, outcomeOf } from '../model/outcomes.ts';

/**
 * What an answer over HTTP means to a delivery. Reasons hold the status and a word of the service's own, never its body,
 * which may quote what we sent.
 */
export function httpOutcome(
  answer: CarrierAnswer & { readonly status: number },
  headers: { get(name: string): string | null },
  now: Instant,
): Exclude<Outcome, { state: 'accepted' }> {
  const state = outcomeOf(answer);
  if (state === 'delivered' || state === 'accepted') return { state: 'delivered' };
  const reason = `HTTP ${answer.status}${wordsOf(answer.code)}`;
  if (state !== 'retry') return { state, reason };
  const retryAt = retryTime(headers, now);
  return { state, reason, ...(retryAt === null ? {} : { retryAt }) };
}

function wordsOf(code: CarrierAnswer['code']): string {
  if (code === 'html') return ' with a page, not an answer';
  if (code === 'failure') return ', yet it failed';
  return code ? ` ${code}` : '';
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
