import {
  allowInsecureRequests,
  type ClientAuth,
  ClientError,
  Configuration,
  type CustomFetch,
  customFetch,
  ResponseBodyError,
  refreshTokenGrant,
} from 'openid-client';
import { ask, HttpError } from '../../base/http.ts';
import { isLoopback } from '../../base/loopback.ts';
import { PartnerCenterError, SignInNeededError, TimedOutError } from '../../model/errors.ts';
import type { SignInTrouble } from '../../model/sign-in-trouble.ts';

export interface AuthorityOptions {
  /** Without the tenant: `https://login.microsoftonline.com`. */
  readonly authorityUrl: string;
  readonly tenantId: string;
  readonly clientId: string;
  /** How the app registration proves itself; see client-auth.ts. */
  readonly clientAuth: ClientAuth;
  readonly timeoutMs?: number;
}

/** The endpoints of Entra's v2.0 authority. Their addresses are known, so nothing is discovered. */
export function authorityOf(options: AuthorityOptions): Configuration {
  const { authorityUrl, tenantId, clientId, clientAuth, timeoutMs = 30_000 } = options;
  const tenant = `${authorityUrl.replace(/\/+$/, '')}/${encodeURIComponent(tenantId)}`;
  const config = new Configuration(
    {
      issuer: `${tenant}/v2.0`,
      token_endpoint: `${tenant}/oauth2/v2.0/token`,
      authorization_endpoint: `${tenant}/oauth2/v2.0/authorize`,
      device_authorization_endpoint: `${tenant}/oauth2/v2.0/devicecode`,
    },
    clientId,
    {},
    clientAuth,
  );
  config.timeout = timeoutMs / 1000;
  config[customFetch] = fetchFor(timeoutMs);
  // Plain http is let through for addresses of this machine only; the settings refuse all others before.
  const url = new URL(authorityUrl);
  if (url.protocol === 'http:' && isLoopback(url.hostname)) allowInsecureRequests(config);
  return config;
}

// Tokens and device codes are a few kilobytes.
const LARGEST_BODY = 1024 * 1024;

/** The library asks by fetch: our client does, and what it read goes on in a response. */
function fetchFor(timeoutMs: number): CustomFetch {
  return async (url, { method, headers: sent, body, signal }) => {
    const answer = await ask(
      { url, method, headers: sent, ...(body && { body: String(body) }) },
      { timeoutMs, maxBytes: LARGEST_BODY, signal },
    );
    // A response of these may have no body, and of those there is none.
    const isEmpty = [101, 204, 205, 304].includes(answer.status);
    const headers = { 'content-type': answer.headers.get('content-type') ?? '' };
    return new Response(isEmpty ? null : answer.text, { status: answer.status, headers });
  };
}

export interface Grant {
  readonly accessToken: string;
  readonly expiresInSeconds: number;
  /** The successor of the refresh token; null when the old one stays. */
  readonly refreshToken: string | null;
}

/**
 * Redeems a refresh token.
 * @throws SignInNeededError, PartnerCenterError when the authority fails, TimedOutError
 */
export async function redeem(config: Configuration, refreshToken: string, scope: string): Promise<Grant> {
  try {
    const answer = await refreshTokenGrant(config, refreshToken, { scope });
    return {
      accessToken: answer.access_token,
      expiresInSeconds: answer.expires_in ?? 3600,
      refreshToken: answer.refresh_token ?? null,
    };
  } catch (error) {
    throw failureOf(error);
  }
}

/** What a failed call of the authority means. Nothing of the answer goes on but its code words. */
export function failureOf(error: unknown): Error {
  if (error instanceof ResponseBodyError) {
    if (error.status === 429 || error.status >= 500 || error.error === 'temporarily_unavailable')
      return new PartnerCenterError(`The sign-in service answered ${error.status}`);
    return new SignInNeededError(troubleOf(error.error, error.error_description ?? ''));
  }
  const cause = error instanceof ClientError ? error.cause : error;
  // A failing credential of ours (certificate, managed identity) comes wrapped.
  if (cause instanceof SignInNeededError) return cause;
  if (cause instanceof HttpError && cause.kind === 'late')
    return new TimedOutError('The sign-in service did not answer in time');
  const { status } = (cause ?? {}) as { status?: unknown };
  return new PartnerCenterError(
    typeof status === 'number' ? `The sign-in service answered ${status}` : 'The sign-in service failed',
  );
}

const SIGN_IN_AGAIN = 'Run `npm run sign-in` with the Referrals admin account and multi-factor authentication.';
const CREDENTIAL = ['invalid_client', 'unauthorized_client'];

const FEDERATION =
  'Add a federated credential to the app registration whose subject is the object id of the managed identity.';

const KNOWN: Readonly<Record<string, readonly [kind: SignInTrouble['kind'], reason: string, nextStep: string]>> = {
  AADSTS50076: ['sign-in', 'Multi-factor authentication is required', SIGN_IN_AGAIN],
  AADSTS50079: ['sign-in', 'The account must register for multi-factor authentication', SIGN_IN_AGAIN],
  AADSTS50173: ['sign-in', 'The sign-in was revoked', SIGN_IN_AGAIN],
  AADSTS65001: ['sign-in', 'Nobody has consented for this app', SIGN_IN_AGAIN],
  AADSTS70043: ['sign-in', 'The sign-in ended by the sign-in frequency of Conditional Access', SIGN_IN_AGAIN],
  AADSTS700082: ['sign-in', 'The refresh token expired because it was not used for too long', SIGN_IN_AGAIN],
  AADSTS7000215: [
    'credential',
    'The client secret is wrong',
    "Put the secret's value, not its id, into PARTNER_CLIENT_SECRET.",
  ],
  AADSTS7000222: [
    'credential',
    'The client secret has expired',
    'Create a new client secret for the app registration and put it into PARTNER_CLIENT_SECRET.',
  ],
  AADSTS700016: [
    'credential',
    'The tenant does not know this app registration',
    'Check PARTNER_CLIENT_ID and PARTNER_TENANT_ID.',
  ],
  AADSTS700027: [
    'credential',
    'The app registration does not know our certificate',
    'Upload the certificate that PARTNER_CLIENT_CERTIFICATE_URL names to the app registration.',
  ],
  AADSTS700213: ['credential', 'No federated credential fits the managed identity', FEDERATION],
  AADSTS70021: ['credential', 'No federated credential fits the managed identity', FEDERATION],
  AADSTS90002: ['credential', 'There is no such tenant', 'Check PARTNER_TENANT_ID.'],
};

function troubleOf(error: string, description: string): SignInTrouble {
  const number = /AADSTS\d{4,9}/.exec(description)?.[0];
  const code = number ?? (/^[a-z_]{1,40}$/.test(error) ? error : 'unknown error');
  const known = number ? KNOWN[number] : undefined;
  if (known) return { kind: known[0], reason: `${known[1]} (${code})`, nextStep: known[2] };
  if (CREDENTIAL.includes(error))
    return {
      kind: 'credential',
      reason: `The app registration could not prove itself (${code})`,
      nextStep:
        'Check PARTNER_CLIENT_ID and PARTNER_CLIENT_SECRET, or the certificate or federated credential in its stead.',
    };
  return { kind: 'sign-in', reason: `The stored sign-in is refused (${code})`, nextStep: SIGN_IN_AGAIN };
}
