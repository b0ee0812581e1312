import type { Instant } from '../base/instant.ts';
import { retryAfterMs } from '../base/retry-after.ts';
import type { Outcome } from '../model/channel.ts';
import { outcomeOf } from '../model/outcomes.ts';
import type { AcsReply } from './acs-client.ts';

/** What the state of an operation means. Anything but an end is `accepted`. */
export function acsState(reply: Pick<AcsReply, 'status' | 'code'>, operationId: string): Outcome {
  if (reply.status === 'Succeeded') return { state: 'delivered', reference: operationId };
  if (reply.status !== 'Failed' && reply.status !== 'Canceled') return { state: 'accepted', reference: operationId };
  return { state: 'rejected', reason: `ACS: ${reply.status}${inBrackets(reply.code)}`, afterAcceptance: true };
}

/** What the answer to a send means, or that there was none. */
export function acsAnswer(reply: AcsReply, now: Instant, operationId: string, timeoutMs: number): Outcome {
  const { postStatus, sent, error } = reply;
  if (postStatus === null) {
    const state = outcomeOf({ carrier: 'acs', status: sent ? 'no answer' : 'no connection' });
    const late = ['NotInTimeError', 'AbortError', 'TimeoutError'].includes(error ?? '');
    const reason = late ? `ACS: no answer within ${timeoutMs / 1000} s` : `ACS: ${cause(error)}`;
    return { state: state === 'doubtful' ? state : 'retry', reason };
  }
  const state = outcomeOf({ carrier: 'acs', status: postStatus, code: reply.code });
  if (state === 'accepted' || state === 'delivered') return acsState(reply, operationId);
  const reason = `ACS: HTTP ${postStatus}${inBrackets(reply.code)}`;
  if (state !== 'retry') return { state, reason };
  const wait = retryAfterMs(reply.headers, now);
  return { state, reason, ...(wait === null ? {} : { retryAt: now + wait }) };
}

function inBrackets(code: string | null): string {
  return code === null ? '' : ` (${code})`;
}

function cause(error: string | null): string {
  return /credential|authentication/i.test(error ?? '') ? 'no token from the managed identity' : 'no connection';
}
