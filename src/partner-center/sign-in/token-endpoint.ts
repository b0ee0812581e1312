import { setTimeout as sleep } from 'node:timers/promises';
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
import { retryAfterMs } from '../../base/retry-after.ts';
import { PartnerCenterError, SignInNeededError, ThrottledError, TimedOutError } from '../../model/errors.ts';
import { isThrottling, numberIn, troubleOf } from './refusals.ts';

export interface AuthorityOptions {
  /** Without the tenant: `https://login.microsoftonline.com`. */
  readonly authorityUrl: string;
  readonly tenantId: string;
  readonly clientId: string;
  /** How the app registration proves itself; see client-auth.ts. */
  readonly clientAuth: ClientAuth;
  /** For one answer. Default 30 s. */
  readonly timeoutMs?: number | undefined;
}

/** The endpoints of Entra's v2.0 authority. Their addresses are known, so nothing is discovered. */
export function authorityOf(options: AuthorityOptions): Configuration {
  const { authorityUrl, tenantId, clientId, clientAuth, timeoutMs = 30_000 } = options;
  const tenant = `${authorityUrl.replace(/\/$/, '')}/${encodeURIComponent(tenantId)}`;
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
    const read = objectIn(answer.text);
    const headers = new Headers();
    for (const name of ['retry-after', 'date']) headers.set(name, answer.headers.get(name) ?? '');
    if (isEmpty || read === null) {
      headers.set('content-type', answer.headers.get('content-type') ?? '');
      return new Response(isEmpty ? null : answer.text, { status: answer.status, headers });
    }
    const isRefresh = new URLSearchParams(String(body ?? '')).get('grant_type') === 'refresh_token';
    return Response.json(isRefresh ? inGoodForm(read) : read, { status: answer.status, headers });
  };
}

/** An answer in JSON, whatever it calls itself. */
function objectIn(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}

/**
 * A grant without what is odd in it and nobody needs: the library refuses it whole, and the successor of the refresh token
 * that was just spent is lost with it.
 */
function inGoodForm(answer: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { access_token, token_type, expires_in, refresh_token, ...more } = answer;
  if (typeof access_token !== 'string') return answer;
  const seconds = Number.parseFloat(String(expires_in));
  const { error, error_description } = more;
  return {
    access_token,
    token_type: typeof token_type === 'string' && token_type !== '' ? token_type : 'Bearer',
    ...(seconds >= 0 && Number.isFinite(seconds) && { expires_in: seconds }),
    ...(typeof refresh_token === 'string' && refresh_token !== '' && { refresh_token }),
    ...(error !== undefined && { error, error_description }),
  };
}

export interface Grant {
  readonly accessToken: string;
  readonly expiresInSeconds: number;
  /** The successor of the refresh token; null when the old one stays. */
  readonly refreshToken: string | null;
}

/**
 * Redeems a refresh token; once more when the authority stumbles, for it answers nearly always.
 * @throws SignInNeededError, ThrottledError, PartnerCenterError when the authority fails, TimedOutError
 */
export async function redeem(config: Configuration, refreshToken: string, scope: string): Promise<Grant> {
  try {
    return await redeemOnce(config, refreshToken, scope);
  } catch (error) {
    const failure = failureOf(error);
    const stumbled = failure instanceof PartnerCenterError && !(failure instanceof ThrottledError);
    if (!stumbled && !isPassing(error)) throw failure;
  }
  await sleep(500 + Math.random() * 500);
  return redeemOnce(config, refreshToken, scope).catch(error => {
    throw failureOf(error);
  });
}

async function redeemOnce(config: Configuration, refreshToken: string, scope: string): Promise<Grant> {
  const answer = await refreshTokenGrant(config, refreshToken, { scope });
  return {
    accessToken: answer.access_token,
    expiresInSeconds: answer.expires_in ?? 3600,
    refreshToken: answer.refresh_token ?? null,
  };
}

/** What a failed call of the authority means. Nothing of the answer goes on but its code words. */
export function failureOf(error: unknown): Error {
  if (error instanceof ResponseBodyError) {
    const { status, error: word, error_description: description = '' } = error;
    if (status === 429 || isThrottling(description)) return throttled(error.response);
    if (status >= 500 || word === 'temporarily_unavailable' || word === 'server_error')
      return new PartnerCenterError(`The sign-in service answered ${status}`);
    return new SignInNeededError(troubleOf(word, description));
  }
  const cause = error instanceof ClientError ? error.cause : error;
  // A failing credential of ours (certificate, managed identity) comes wrapped.
  if (cause instanceof SignInNeededError) return cause;
  if (cause instanceof HttpError && cause.kind === 'late')
    return new TimedOutError('The sign-in service did not answer in time');
  const { status, response = cause } = (cause ?? {}) as { status?: unknown; response?: unknown };
  if (status === 429) return throttled(response);
  return new PartnerCenterError(
    typeof status === 'number' ? `The sign-in service answered ${status}` : 'The sign-in service failed',
  );
}

function throttled(answer: unknown): ThrottledError {
  const waitMs = answer instanceof Response ? retryAfterMs(answer.headers, Date.now()) : null;
  return new ThrottledError(429, waitMs, 'The sign-in service');
}

/** A refusal that has been seen once and never again, with a token that was good. */
function isPassing(error: unknown): boolean {
  return error instanceof ResponseBodyError && numberIn(error.error_description ?? '') === 'AADSTS70000';
}
