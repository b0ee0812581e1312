import type { Instant } from '../base/instant.ts';
import type { Outcome } from '../model/channel.ts';
import type { AcsReply } from './acs-client.ts';
import { retryTime } from './outcome.ts';

/** What the state of an operation means. Anything but an end is `accepted`. */
export function acsState(reply: Pick<AcsReply, 'status' | 'code'>, operationId: string): Outcome {
  if (reply.status === 'Succeeded') return { state: 'delivered', reference: operationId };
  if (reply.status !== 'Failed' && reply.status !== 'Canceled') return { state: 'accepted', reference: operationId };
  const code = reply.code !== null && /^[A-Za-z]{1,60}$/.test(reply.code) ? ` (${reply.code})` : '';
  return { state: 'rejected', reason: `ACS: ${reply.status}${code}` };
}

const NOT_NOW = new Set([401, 403, 408, 412, 429]);

/** What it means that a mail was not taken. */
export function acsFailure(reply: AcsReply, now: Instant, operationId: string, timeoutMs: number): Outcome {
  const { httpStatus, error } = reply;
  if (httpStatus === null) {
    const late = error === 'AbortError' || error === 'TimeoutError';
    return { state: 'retry', reason: late ? `ACS: no answer within ${timeoutMs / 1000} s` : `ACS: ${cause(error)}` };
  }
  const reason = `ACS: HTTP ${httpStatus}`;
  // The id is in use, so an earlier attempt came through after all.
  if (httpStatus === 409) return { state: 'accepted', reference: operationId };
  if (NOT_NOW.has(httpStatus) || httpStatus >= 500) {
    const retryAt = retryTime(reply.headers, now);
    return { state: 'retry', reason, ...(retryAt === null ? {} : { retryAt }) };
  }
  return { state: 'rejected', reason };
}

function cause(error: string | null): string {
  return /credential|authentication/i.test(error ?? '') ? 'no token from the managed identity' : 'no connection';
}
