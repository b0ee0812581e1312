import type { Instant } from '../base/instant.ts';
import { retryAfterMs } from '../base/retry-after.ts';
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
  const wait = retryAfterMs(headers, now);
  return { state, reason, ...(wait === null ? {} : { retryAt: now + wait }) };
}

function wordsOf(code: CarrierAnswer['code']): string {
  if (code === 'html') return ' with a page, not an answer';
  if (code === 'failure') return ', yet it failed';
  return code ? ` ${code}` : '';
}
