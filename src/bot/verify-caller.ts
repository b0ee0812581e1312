import { decodeJwt, decodeProtectedHeader, type JWTPayload, jwtVerify } from 'jose';
import type { Clock } from '../base/instant.ts';
import { MINUTE } from '../base/instant.ts';
import type { Log } from '../base/log.ts';
import { createSigningKeys } from '../callers/signing-keys.ts';
import type { IncomingActivity } from './activity.ts';
import { parseActivity } from './activity.ts';
import { isServiceUrlAllowed } from './service-hosts.ts';

const CHANNEL = 'msteams';

export interface CallerOptions {
  readonly appId: string;
  readonly tenantId: string;
  readonly openIdMetadataUrl: string;
  readonly issuer: string;
  readonly serviceHosts: readonly string[];
  readonly clock: Clock;
  readonly log: Log;
}

export interface BotRequest {
  readonly authorization: string | null;
  /** The body as text. */
  readonly body: string;
}

export type Verified =
  | { readonly ok: true; readonly activity: IncomingActivity & { readonly serviceUrl: string } }
  | { readonly ok: false; readonly status: 400 | 401 | 403 | 503; readonly reason: string };

/**
 * Decides who may talk to the bot, before anything else of the bot runs. The SDK's own check lets other tenants,
 * bodies without a service address and tokens without an end pass, so it is not asked.
 */
export function createTeamsCallerCheck(options: CallerOptions): (request: BotRequest) => Promise<Verified> {
  const keys = createSigningKeys({ ...options, metadataUrl: options.openIdMetadataUrl });
  // Tokens carry it in small letters, whatever the setting does.
  const audience = [options.appId, options.appId.toLowerCase()];

  async function verifyToken(token: string): Promise<JWTPayload | 'unreachable' | null> {
    if (!looksRight(token)) return null;
    const { kid } = decodeProtectedHeader(token);
    const signing = await keys.find(kid as string);
    if (signing === 'unreachable') return signing;
    if (signing === 'unknown') return null;
    if (signing.endorsements.length > 0 && !signing.endorsements.includes(CHANNEL)) return null;
    const now = options.clock();
    try {
      const { payload } = await jwtVerify(token, signing.key, {
        algorithms: ['RS256'],
        issuer: options.issuer,
        audience,
        requiredClaims: ['exp', 'serviceurl'],
        currentDate: new Date(now),
        // For the start of its life only: clocks differ. Its end is its end.
        clockTolerance: (5 * MINUTE) / 1000,
      });
      return (payload.exp as number) * 1000 > now ? payload : null;
    } catch {
      return null;
    }
  }

  /** What can be seen without a key, so that a stranger's token makes us call nobody. */
  function looksRight(token: string): boolean {
    try {
      const { alg, kid } = decodeProtectedHeader(token);
      const { iss, aud } = decodeJwt(token);
      return (
        alg === 'RS256' &&
        typeof kid === 'string' &&
        iss === options.issuer &&
        [aud].flat().some(each => audience.includes(each ?? ''))
      );
    } catch {
      return false;
    }
  }

  return async ({ authorization, body }) => {
    const token = /^Bearer ([\w.~+/=-]+)$/i.exec(authorization ?? '')?.[1];
    if (!token) return refused(401, 'no token');
    const claims = await verifyToken(token);
    if (claims === 'unreachable') return refused(503, 'the signing keys cannot be read');
    if (!claims) return refused(401, 'token not valid');

    const activity = parseActivity(body);
    if (!activity) return refused(400, 'no activity');
    const { serviceUrl } = activity;
    if (activity.channelId !== CHANNEL) return refused(403, 'another channel than Teams');
    if (!isServiceUrlAllowed(serviceUrl, options.serviceHosts)) return refused(403, 'service address not allowed');
    if (serviceUrl !== claims.serviceurl) return refused(403, "service address is not the token's");
    if (!isOurTenant(activity, options.tenantId)) return refused(403, 'another tenant');
    if (!activity.conversation?.id) return refused(400, 'no conversation');
    return { ok: true, activity: { ...activity, serviceUrl } };
  };
}

function refused(status: 400 | 401 | 403 | 503, reason: string): Verified {
  return { ok: false, status, reason };
}

/** Teams names the tenant in two places; wherever it is named it must be ours, and it must be named. */
function isOurTenant(activity: IncomingActivity, tenantId: string): boolean {
  const inChannelData = (activity.channelData?.tenant as { id?: unknown } | undefined)?.id;
  const named = [activity.conversation?.tenantId, inChannelData].filter(id => id !== undefined && id !== null);
  return named.length > 0 && named.every(id => typeof id === 'string' && sameId(id, tenantId));
}

function sameId(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
