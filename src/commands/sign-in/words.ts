import { AuthorizationResponseError, ResponseBodyError } from 'openid-client';
import { SignInNeededError } from '../../model/errors.ts';
import { failureOf } from '../../partner-center/sign-in/token-endpoint.ts';
import { CommandError } from '../command-error.ts';
import { SignInFailure } from './account.ts';

const FAILURES: Readonly<Record<SignInFailure['kind'], string>> = {
  'wrong-tenant':
    'This account belongs to another tenant than PARTNER_TENANT_ID. Sign in with an account of the tenant of your Partner Center, or correct the setting.',
  'mfa-missing':
    'The token does not prove multi-factor authentication (MFA), and Partner Center refuses such tokens. Register the account for MFA, require MFA for it, and sign in again in a private window.',
  'no-refresh-token': 'No refresh token was given. PARTNER_SCOPE must contain offline_access.',
  'no-role':
    'Partner Center refuses this account (403): it has no Referrals role. Give it the role Referrals admin for the entire company in Partner Center, then sign in again.',
  'too-late': 'Nobody signed in in time. Start again.',
};

const DECLINED = 'The sign-in was declined. Start again and accept what the app asks for.';
const NO_CONSENT =
  'Nobody has consented for this app. Let an administrator of the tenant grant consent to the permissions of the app registration, then sign in again.';

/** Why a sign-in failed and what to do, without a token, code or secret. */
export function inWords(error: unknown): string {
  if (error instanceof SignInFailure) return FAILURES[error.kind];
  if (error instanceof CommandError) return error.message;
  if (isParseArgs(error)) return `${error.message}.`;
  if (error instanceof AuthorizationResponseError || error instanceof ResponseBodyError) {
    const { error: code, error_description: description = '' } = error;
    if (/AADSTS(65001|90094|90095|90097)/.test(description) || code === 'consent_required') return NO_CONSENT;
    if (code === 'access_denied' || code === 'authorization_declined' || /AADSTS65004/.test(description))
      return DECLINED;
    if (code === 'expired_token' || code === 'code_expired') return FAILURES['too-late'];
    if (error instanceof AuthorizationResponseError) {
      const word = /AADSTS\d{4,9}/.exec(description)?.[0] ?? (/^\w{1,40}$/.test(code) ? code : 'no reason');
      return `The sign-in page refused (${word}). Check the app registration: its id, its redirect address http://localhost/signed-in and its permissions.`;
    }
  }
  if (mentionsClaim(error, 'iss') || mentionsClaim(error, 'tid')) return FAILURES['wrong-tenant'];
  const { code } = (error ?? {}) as { code?: unknown };
  if (code === 'OAUTH_TIMEOUT') return FAILURES['too-late'];
  const failure = failureOf(error);
  if (failure instanceof SignInNeededError) return `${failure.trouble.reason}. ${failure.trouble.nextStep}`;
  return `${failure.message}. Check PARTNER_AUTHORITY_URL and the network, then start again.`;
}

/** The library compares the id token's claims before we can; its error names the claim somewhere inside. */
function mentionsClaim(error: unknown, claim: string): boolean {
  for (let at = error, depth = 0; at && depth < 4; at = (at as { cause?: unknown }).cause, depth += 1) {
    if ((at as { claim?: unknown }).claim === claim) return true;
  }
  return false;
}

function isParseArgs(error: unknown): error is Error {
  const { code } = (error ?? {}) as { code?: unknown };
  return error instanceof Error && typeof code === 'string' && code.startsWith('ERR_PARSE_ARGS');
}
