/**
 * What keeps us from an access token, for the operator. Both texts are safe to show: no token, no address.
 * - `sign-in`: the account must sign in again.
 * - `token-store`: the refresh token cannot be read or saved.
 * - `credential`: the app registration's own secret, certificate or federation fails.
 */
export interface SignInTrouble {
  readonly kind: 'sign-in' | 'token-store' | 'credential';
  /** What is wrong, without a full stop. */
  readonly reason: string;
  /** The exact next step, a sentence. */
  readonly nextStep: string;
}
