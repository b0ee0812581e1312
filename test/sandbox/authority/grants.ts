import { createHash, randomBytes } from 'node:crypto';
import type { Client } from './client.ts';
import type { AuthorityFaults } from './faults.ts';
import { OAuthError } from './oauth-error.ts';
import type { TokenResponse, Tokens } from './tokens.ts';

/** What a browser asked for at the authorize endpoint. */
interface AuthorizeRequest {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly scope: string;
  readonly challenge: string | null;
  readonly nonce: string | null;
}

export interface DeviceRequest {
  readonly deviceCode: string;
  readonly userCode: string;
  readonly clientId: string;
  readonly scope: string;
  readonly expiresAt: number;
  /** Seconds that must lie between two questions. */
  readonly interval: number;
  answer: 'pending' | 'approved' | 'declined';
  /** Real time, for the client waits in real time. */
  askedAt: number;
}

export interface Grants {
  issueCode(request: AuthorizeRequest): string;
  startDevice(clientId: string, scope: string): DeviceRequest;
  readonly devices: readonly DeviceRequest[];
  /** Answers a token request whose client is known; throws `OAuthError`. */
  grant(client: Client, form: URLSearchParams): Promise<TokenResponse>;
}

const CODE_LIFETIME = 10 * 60_000;
const DEVICE_LIFETIME_SECONDS = 900;

export function createGrants(options: {
  tokens: Tokens;
  faults: AuthorityFaults;
  deviceInterval: number;
  devicesApprove(): boolean;
}): Grants {
  const { tokens, faults } = options;
  const codes = new Map<string, AuthorizeRequest & { expiresAt: number; used: boolean }>();
  const devices: DeviceRequest[] = [];

  function required(form: URLSearchParams, name: string): string {
    const value = form.get(name);
    if (!value) {
      throw new OAuthError(
        'invalid_request',
        900144,
        `The request body must contain the following parameter: '${name}'.`,
      );
    }
    return value;
  }

  /** Conditions on the user that stop every grant of theirs. */
  function checkUser(): void {
    if (faults.mfaRequired) {
      throw new OAuthError('interaction_required', 50076, 'You must use multi-factor authentication.', 'basic_action');
    }
    if (faults.consentMissing) {
      throw new OAuthError('invalid_grant', 65001, 'The user or administrator has not consented.', 'consent_required');
    }
  }

  async function refresh(client: Client, form: URLSearchParams): Promise<TokenResponse> {
    const token = required(form, 'refresh_token');
    const scope = form.get('scope') ?? '';
    checkUser();
    tokens.redeem(token, client.clientId);
    return tokens.forUser({ clientId: client.clientId, scope, offline: true });
  }

  async function redeemCode(client: Client, form: URLSearchParams): Promise<TokenResponse> {
    const request = codes.get(required(form, 'code'));
    const refused = (number: number, text: string) => new OAuthError('invalid_grant', number, text);
    if (!request || request.clientId !== client.clientId || faults.invalidGrant) {
      throw refused(70000, 'The provided authorization code is not valid.');
    }
    if (request.used) throw refused(54005, 'The authorization code was already redeemed.');
    if (request.expiresAt <= Date.now()) throw refused(70008, 'The provided authorization code has expired.');
    if (required(form, 'redirect_uri') !== request.redirectUri) {
      throw refused(50011, 'The redirect URI does not match the one of the authorization request.');
    }
    if (request.challenge !== null) {
      const verifier = required(form, 'code_verifier');
      if (createHash('sha256').update(verifier).digest('base64url') !== request.challenge) {
        throw refused(501481, 'The code verifier does not match the code challenge.');
      }
    }
    request.used = true;
    checkUser();
    const { clientId, scope, nonce } = request;
    return tokens.forUser({ clientId, scope, offline: wantsOffline(scope), ...(nonce === null ? {} : { nonce }) });
  }

  async function redeemDevice(client: Client, form: URLSearchParams): Promise<TokenResponse> {
    const code = required(form, 'device_code');
    const device = devices.find(({ deviceCode, clientId }) => deviceCode === code && clientId === client.clientId);
    if (!device) throw new OAuthError('invalid_grant', 70000, 'The device code is not valid.');
    if (device.expiresAt <= Date.now()) throw new OAuthError('expired_token', 70020, 'The device code has expired.');
    const asked = performance.now();
    const tooSoon = asked - device.askedAt < (device.interval - 0.2) * 1_000;
    device.askedAt = asked;
    if (tooSoon) throw new OAuthError('slow_down', 70016, 'The client asks too often.');
    if (device.answer === 'pending' && options.devicesApprove()) device.answer = 'approved';
    if (device.answer === 'pending') {
      throw new OAuthError('authorization_pending', 70016, 'OAuth 2.0 device flow error. Authorization is pending.');
    }
    devices.splice(devices.indexOf(device), 1);
    if (device.answer === 'declined') {
      throw new OAuthError('authorization_declined', 70017, 'The end user declined the request.');
    }
    checkUser();
    return tokens.forUser({ clientId: device.clientId, scope: device.scope, offline: wantsOffline(device.scope) });
  }

  return {
    devices,

    issueCode(request) {
      const code = `1.${randomBytes(32).toString('base64url')}`;
      codes.set(code, { ...request, expiresAt: Date.now() + CODE_LIFETIME, used: false });
      return code;
    },

    startDevice(clientId, scope) {
      const device: DeviceRequest = {
        deviceCode: randomBytes(32).toString('base64url'),
        userCode: randomBytes(5).toString('hex').toUpperCase().slice(0, 9),
        clientId,
        scope,
        expiresAt: Date.now() + DEVICE_LIFETIME_SECONDS * 1_000,
        interval: options.deviceInterval,
        answer: 'pending',
        askedAt: Number.NEGATIVE_INFINITY,
      };
      devices.push(device);
      return device;
    },

    grant(client, form) {
      const kind = required(form, 'grant_type');
      switch (kind) {
        case 'refresh_token':
          return refresh(client, form);
        case 'authorization_code':
          return redeemCode(client, form);
        case 'urn:ietf:params:oauth:grant-type:device_code':
        case 'device_code':
          return redeemDevice(client, form);
        case 'client_credentials':
          return tokens.forApp({ clientId: client.clientId, scope: required(form, 'scope') });
        default:
          throw new OAuthError('unsupported_grant_type', 70003, `The grant type '${kind}' is not supported.`);
      }
    },
  };
}

function wantsOffline(scope: string): boolean {
  return scope.split(' ').includes('offline_access');
}
