import { createHash, randomBytes } from 'node:crypto';
import type { JWTPayload } from 'jose';
import { realNow } from '../real-now.ts';
import type { AuthorityFaults } from './faults.ts';
import { OAuthError } from './oauth-error.ts';
import type { Signer } from './signer.ts';

/** Who signs in. */
export interface User {
  readonly name: string;
  readonly upn: string;
  readonly objectId: string;
}

export interface RefreshGrant {
  readonly clientId: string;
  usedAt: number;
  revoked: boolean;
}

export interface Tokens {
  /** Everything a user's grant answers with; a refresh token when `offline` is asked for. */
  forUser(request: { clientId: string; scope: string; offline: boolean; nonce?: string }): Promise<TokenResponse>;
  forApp(request: { clientId: string; scope: string }): Promise<TokenResponse>;
  issueRefreshToken(clientId: string): string;
  /** Redeems a refresh token for its client; throws `OAuthError`. */
  redeem(token: string, clientId: string): void;
  /** Claims of an access token that was issued here. */
  read(token: string): JWTPayload | null;
  /** By token; the newest is the last. */
  readonly refreshTokens: Map<string, RefreshGrant>;
}

export type TokenResponse = Record<string, string | number>;

const INACTIVE_AFTER = 90 * 24 * 3_600_000;
const GRAPH = '00000003-0000-0000-c000-000000000000';
const LIFETIME_SECONDS = 3_600;

export function createTokens(options: {
  signer: Signer;
  faults: AuthorityFaults;
  tenantId: string;
  user: User;
  /** Issuer of id tokens; access tokens carry the old one. */
  issuer(): string;
  /** Redeeming a refresh token ends it at once, which Entra does not do. */
  revokesPrevious(): boolean;
}): Tokens {
  const { signer, faults, user } = options;
  const issued = new Map<string, JWTPayload>();
  const refreshTokens = new Map<string, RefreshGrant>();
  const nowInSeconds = () => Math.floor(Date.now() / 1_000);

  async function accessToken(claims: JWTPayload): Promise<string> {
    const tenant = claims.tid;
    const token = await signer.sign({
      iss: `https://sts.windows.net/${tenant}/`,
      iat: nowInSeconds(),
      nbf: nowInSeconds(),
      exp: nowInSeconds() + LIFETIME_SECONDS,
      ver: '1.0',
      // Two tokens of the same second are still two tokens.
      uti: randomBytes(12).toString('base64url'),
      ...claims,
    });
    issued.set(token, { ...claims, exp: nowInSeconds() + LIFETIME_SECONDS });
    return token;
  }

  function issueRefreshToken(clientId: string): string {
    const token = `1.${randomBytes(48).toString('base64url')}`;
    refreshTokens.set(token, { clientId, usedAt: Date.now(), revoked: false });
    return token;
  }

  return {
    issueRefreshToken,
    refreshTokens,
    read: token => issued.get(token) ?? null,

    async forUser({ clientId, scope, offline, nonce }) {
      const tenant = faults.foreignTenant ?? options.tenantId;
      const { audience, granted } = readScope(scope);
      const person = { name: user.name, oid: user.objectId, sub: pairwise(user, clientId), tid: tenant };
      const access = await accessToken({
        ...person,
        aud: audience,
        appid: clientId,
        appidacr: '1',
        amr: faults.noMfa ? ['pwd'] : ['pwd', 'mfa'],
        unique_name: user.upn,
        upn: user.upn,
        scp: granted.join(' '),
      });
      // An access token is read where the simulated time rules, an id token by a sign-in outside.
      const since = Math.floor(realNow() / 1_000);
      const idToken = scope.split(' ').includes('openid')
        ? await signer.sign({
            ...person,
            iss: faults.foreignTenant === null ? options.issuer() : options.issuer().replace(options.tenantId, tenant),
            aud: clientId,
            iat: since,
            nbf: since,
            exp: since + LIFETIME_SECONDS,
            preferred_username: user.upn,
            ver: '2.0',
            ...(nonce === undefined ? {} : { nonce }),
          })
        : null;
      return {
        token_type: 'Bearer',
        scope: granted.map(name => `${audience}/${name}`).join(' '),
        expires_in: LIFETIME_SECONDS,
        ext_expires_in: LIFETIME_SECONDS,
        access_token: access,
        ...(offline ? { refresh_token: issueRefreshToken(clientId) } : {}),
        ...(idToken === null ? {} : { id_token: idToken }),
      };
    },

    async forApp({ clientId, scope }) {
      if (!scope.endsWith('/.default')) {
        throw new OAuthError('invalid_scope', 1002012, 'The scope must end with /.default.');
      }
      const access = await accessToken({
        aud: readScope(scope).audience,
        appid: clientId,
        appidacr: '1',
        idtyp: 'app',
        oid: clientId,
        sub: clientId,
        tid: options.tenantId,
      });
      return {
        token_type: 'Bearer',
        expires_in: LIFETIME_SECONDS,
        ext_expires_in: LIFETIME_SECONDS,
        access_token: access,
      };
    },

    redeem(token, clientId) {
      const grant = refreshTokens.get(token);
      if (faults.invalidGrant || grant?.revoked) {
        throw new OAuthError(
          'invalid_grant',
          50173,
          'The provided grant has expired due to it being revoked.',
          'bad_token',
        );
      }
      if (!grant || grant.clientId !== clientId) {
        throw new OAuthError('invalid_grant', 9002313, 'Invalid request. Request is malformed or invalid.');
      }
      if (faults.inactive || Date.now() - grant.usedAt > INACTIVE_AFTER) {
        throw new OAuthError('invalid_grant', 700082, 'The refresh token has expired due to inactivity.', 'bad_token');
      }
      if (options.revokesPrevious()) grant.revoked = true;
    },
  };
}

/** The one resource a token is for, and the permissions on it. */
function readScope(scope: string): { audience: string; granted: string[] } {
  const resources = scope.split(' ').filter(name => name.includes('/'));
  const [first] = resources;
  if (first === undefined) return { audience: GRAPH, granted: ['User.Read'] };
  const cut = (name: string) => [name.slice(0, name.lastIndexOf('/')), name.slice(name.lastIndexOf('/') + 1)] as const;
  const [audience] = cut(first);
  if (resources.some(name => cut(name)[0] !== audience)) {
    throw new OAuthError('invalid_request', 28000, 'Provided value for the input parameter scope is not valid.');
  }
  const granted = resources.map(name => cut(name)[1]).map(name => (name === '.default' ? 'user_impersonation' : name));
  return { audience, granted };
}

/** Entra's subject differs from app to app. */
function pairwise(user: User, clientId: string): string {
  return createHash('sha256').update(`${user.objectId}${clientId}`).digest('base64url');
}
