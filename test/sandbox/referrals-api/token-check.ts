import type { Context } from 'hono';
import { errorReply } from './replies.ts';

/** What a token says; the authority emulator's `readToken` fits. */
export type TokenReader = (token: string) => { aud?: unknown; exp?: unknown; amr?: unknown } | null;

/** The refusal of a request whose token will not do, or null. Without a reader any bearer token will do. */
export function refuseToken(
  context: Context,
  token: string | null,
  options: { readToken?: TokenReader; audience?: string },
): Response | null {
  const { readToken, audience = 'https://api.partner.microsoft.com' } = options;
  const refused = (message: string) => errorReply(context, 401, 'unauthenticated', message);
  if (token === null) return refused('The request carries no token.');
  if (!readToken) return null;
  const claims = readToken(token);
  if (!claims) return refused('The token is not valid.');
  if (claims.aud !== audience) return refused('The audience of the token is wrong.');
  if (Number(claims.exp) * 1_000 <= Date.now()) return refused('The token has expired.');
  if (Array.isArray(claims.amr) && claims.amr.includes('mfa')) return null;
  return errorReply(context, 401, '900421', 'Multi-factor authentication is required.');
}
