import { decodeJwt, type JWTPayload } from 'jose';

/** An access token's claims, unchecked, for we are not its audience; empty when it is no JWT we can read. */
export function claimsOf(accessToken: string): JWTPayload {
  try {
    return decodeJwt(accessToken);
  } catch {
    return {};
  }
}

/** Whether a token proves multi-factor authentication; `unknown` when it does not say how somebody signed in. */
export function mfaOf(amr: unknown): 'proven' | 'missing' | 'unknown' {
  if (!Array.isArray(amr)) return 'unknown';
  return amr.includes('mfa') ? 'proven' : 'missing';
}
