import type { TokenEndpointResponse, TokenEndpointResponseHelpers } from 'openid-client';
import { claimsOf, mfaOf } from '../../partner-center/sign-in/claims.ts';

/** What a sign-in gave. */
export interface SignedIn {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Claims of the id token; empty without one. */
  readonly idClaims: Readonly<Record<string, unknown>>;
}

export interface Account {
  readonly name: string;
  readonly tenantId: string;
  /** `unknown`: the token does not say how the account signed in. */
  readonly mfa: 'proven' | 'missing' | 'unknown';
}

/** A sign-in that got an answer we cannot use. Its words are in words.ts. */
export class SignInFailure extends Error {
  override readonly name = 'SignInFailure';
  readonly kind: 'wrong-tenant' | 'mfa-missing' | 'no-refresh-token' | 'no-role' | 'too-late';

  constructor(kind: SignInFailure['kind']) {
    super(kind);
    this.kind = kind;
  }
}

export function signedInOf(answer: TokenEndpointResponse & TokenEndpointResponseHelpers): SignedIn {
  if (!answer.refresh_token) throw new SignInFailure('no-refresh-token');
  return { accessToken: answer.access_token, refreshToken: answer.refresh_token, idClaims: answer.claims() ?? {} };
}

/**
 * Who signed in. Proof of MFA is in the access token only, for id tokens of version 2.0 do not tell.
 * @throws SignInFailure for an account of another tenant
 */
export function accountOf({ accessToken, idClaims }: SignedIn, tenantId: string): Account {
  const claims = { ...idClaims, ...claimsOf(accessToken) };
  const tenant = textOf(claims.tid);
  if (tenant?.toLowerCase() !== tenantId.toLowerCase()) throw new SignInFailure('wrong-tenant');
  const user = textOf(claims.upn) ?? textOf(claims.unique_name) ?? textOf(idClaims.preferred_username);
  const name = textOf(claims.name);
  return {
    name: [name, user && name ? `(${user})` : user].filter(Boolean).join(' ') || 'an account without a name',
    tenantId: tenant,
    mfa: mfaOf(claims.amr),
  };
}

function textOf(claim: unknown): string | null {
  // Shown in a terminal: nothing that could steer it.
  return typeof claim === 'string' && claim !== '' ? claim.replace(/\p{Cc}/gu, '') : null;
}
