import type { Context } from 'hono';
import { type Bindings, hang, reset, wait } from '../serve.ts';
import type { ReferralsApiFaults } from './faults.ts';

/** The service's error body; `code` is one of the documented words. */
export function errorReply(context: Context, status: number, code: string, message: string): Response {
  return context.json({ error: { code, message, target: 'referral', innerError: null } }, status as 400);
}

/** A gateway in front of the service answers in another shape. */
function throttledReply(context: Context, seconds: number): Response {
  if (seconds > 0) context.header('Retry-After', String(seconds));
  return context.json({ statusCode: 429, message: `Rate limit is exceeded. Try again in ${seconds} seconds.` }, 429);
}

function downReply(context: Context, status: number): Response {
  if (status === 500) return errorReply(context, 500, 'generalException', 'An unknown error has occurred.');
  if (status === 503) return errorReply(context, 503, 'serviceNotAvailable', 'The service is not available.');
  return context.html(`<html><head><title>${status}</title></head><body>Gateway error</body></html>`, status as 502);
}

/** Lets the switched-on trouble happen to a request; null when the request goes on to the service. */
export async function failAsAsked(context: Context<Bindings>, faults: ReferralsApiFaults): Promise<Response | null> {
  if (faults.slow !== false) await wait(faults.slow === true ? 2_000 : faults.slow);
  if (faults.hang) return hang();
  if (faults.reset) return reset(context);
  if (faults.down !== false) return downReply(context, faults.down === true ? 503 : faults.down);
  if (faults.throttled !== false) return throttledReply(context, faults.throttled === true ? 30 : faults.throttled);
  if (faults.tokenRefused) return errorReply(context, 401, 'unauthenticated', 'The token was refused.');
  if (faults.signedOut) return errorReply(context, 401, '900421', 'Multi-factor authentication is required.');
  if (faults.forbidden)
    return errorReply(context, 403, 'accessDenied', 'The user has no role that may read referrals.');
  return null;
}
