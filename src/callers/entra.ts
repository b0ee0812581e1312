import type { JWTPayload } from 'jose';
import type { Clock } from '../base/instant.ts';
import type { Log } from '../base/log.ts';
import { createSigningKeys, type SigningKey } from './signing-keys.ts';

export interface CallerCheckOptions {
  readonly tenantId: string;
  /** With or without `api://`; tokens may carry either. */
  readonly audience: string;
  /** App role or scope that a caller needs. */
  readonly role: string;
  /** Without the tenant: `https://login.microsoftonline.com`. */
  readonly authorityUrl: string;
  readonly log: Log;
  readonly clock: Clock;
  readonly timeoutMs?: number;
}

/** Who calls, by ids that may be logged; or why nobody gets in, in words that are the same for every referral. */
export type CallerVerdict =
  | { readonly ok: true; readonly objectId: string | null; readonly appId: string | null }
  | {
      readonly ok: false;
      readonly status: 401 | 403 | 503;
      readonly title: string;
      readonly detail: string;
      readonly headers: Readonly<Record<string, string>>;
    };

export interface CallerCheck {
  /** Judges the `Authorization` header, and nothing else: identity headers can be forged. Never throws. */
  check(authorization: string | null): Promise<CallerVerdict>;
}

const NO_TOKEN: CallerVerdict = {
  ok: false,
  status: 401,
  title: 'Not signed in',
  detail: 'A bearer token of Microsoft Entra is needed.',
  headers: { 'www-authenticate': 'Bearer' },
};
const BAD_TOKEN: CallerVerdict = {
  ...NO_TOKEN,
  detail: 'The bearer token is not good for this app.',
  headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
};
const NO_ROLE: CallerVerdict = {
  ok: false,
  status: 403,
  title: 'Not allowed',
  detail: 'The caller lacks the role that this app asks for.',
  headers: { 'www-authenticate': 'Bearer error="insufficient_scope"' },
};
const NO_KEYS: CallerVerdict = {
  ok: false,
  status: 503,
  title: 'Callers cannot be checked',
  detail: 'The keys of Microsoft Entra cannot be looked up now.',
  headers: { 'retry-after': '30' },
};

// Entra's tokens have a few kilobytes; more is no token.
const TOKEN = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i;
const LONGEST_HEADER = 16_384;

/** Checks callers by tokens of one Entra tenant, of version 1.0 or 2.0. */
export function createCallerCheck(options: CallerCheckOptions): CallerCheck {
  const { tenantId, role, log, clock } = options;
  const authority = options.authorityUrl.replace(/\/$/, '');
  const keys = createSigningKeys({
    ...options,
    metadataUrl: `${authority}/${encodeURIComponent(tenantId)}/v2.0/.well-known/openid-configuration`,
  });
  const bare = options.audience.replace(/^api:\/\//, '');
  const audiences = [bare, `api://${bare}`];

  async function check(authorization: string | null): Promise<CallerVerdict> {
    const header = authorization?.trim() ?? '';
    const token = header.length <= LONGEST_HEADER ? TOKEN.exec(header)?.[1] : undefined;
    if (!token) return header === '' ? NO_TOKEN : BAD_TOKEN;
    const keyId = await signingKeyId(token);
    if (keyId === null) return refused('header');
    const found = await keys.find(keyId);
    if (found === 'unreachable') return NO_KEYS;
    if (found === 'unknown') return refused('key');
    const payload = await verify(token, found);
    if (typeof payload === 'string') return refused(payload);
    const objectId = idOf(payload.oid);
    const appId = idOf(payload.azp) ?? idOf(payload.appid);
    if (hasRole(payload, role)) return { ok: true, objectId, appId };
    log.warn('entra.caller-refused', { reason: 'role', objectId, appId });
    return NO_ROLE;
  }

  /** The claims, or a word for what is wrong. jose's errors carry the claims, so none of them leaves here. */
  async function verify(token: string, { key, issuer }: SigningKey): Promise<JWTPayload | string> {
    const { jwtVerify } = await import('jose');
    try {
      const { payload } = await jwtVerify(token, key, {
        algorithms: ['RS256'],
        issuer: [issuer, `https://sts.windows.net/${tenantId}/`],
        audience: audiences,
        requiredClaims: ['exp'],
        currentDate: new Date(clock()),
      });
      return payload;
    } catch (error) {
      const { claim, code } = error as { claim?: unknown; code?: unknown };
      return typeof claim === 'string' ? claim : typeof code === 'string' ? code : 'unreadable';
    }
  }

  function refused(reason: string): CallerVerdict {
    log.warn('entra.caller-refused', { reason });
    return BAD_TOKEN;
  }

  return { check };
}

async function signingKeyId(token: string): Promise<string | null> {
  // Loaded with the first caller: most processes never see one.
  const { decodeProtectedHeader } = await import('jose');
  try {
    const { alg, kid } = decodeProtectedHeader(token);
    return alg === 'RS256' && typeof kid === 'string' && kid !== '' ? kid : null;
  } catch {
    return null;
  }
}

/** App roles are a list; delegated scopes are words in one text. */
function hasRole({ roles, scp }: JWTPayload, role: string): boolean {
  const appRoles = Array.isArray(roles) ? roles : [];
  const scopes = typeof scp === 'string' ? scp.split(' ') : [];
  return appRoles.includes(role) || scopes.includes(role);
}

function idOf(claim: unknown): string | null {
  return typeof claim === 'string' && /^[\w-]{1,64}$/.test(claim) ? claim : null;
}
