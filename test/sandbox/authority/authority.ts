import { Hono } from 'hono';
import type { JWTPayload } from 'jose';
import { createListeners } from '../listeners.ts';
import { type Bindings, hang, serve, type Tls, wait } from '../serve.ts';
import { authorize } from './authorize.ts';
import type { Client } from './client.ts';
import { type AnswerDevice, deviceRoutes } from './device.ts';
import { endpointsOf, openidConfiguration } from './endpoints.ts';
import { type AuthorityFaults, noFaults } from './faults.ts';
import { createGrants, type DeviceRequest } from './grants.ts';
import { errorReply, OAuthError } from './oauth-error.ts';
import { createSigner } from './signer.ts';
import { createTokenEndpoint, type TokenRequest } from './token-endpoint.ts';
import { createTokens, type RefreshGrant, type User } from './tokens.ts';

const KEPT_PATHS = 500;

export interface AuthorityOptions {
  port?: number;
  /** Serves https with this certificate. */
  tls?: Tls;
  tenantId?: string;
  clients?: readonly Client[];
  user?: User;
  /** Whether who opens the authorize page is asked; approves by itself unless set. */
  asks?: boolean;
  /** Seconds between two questions of a device; 1 unless set. */
  deviceInterval?: number;
}

export interface Authority {
  readonly url: string;
  readonly port: number;
  readonly tenantId: string;
  readonly user: User;
  readonly state: {
    /** Redeeming a refresh token ends it at once, which Entra does not do. */
    revokePrevious: boolean;
    /** What the authorize page does by itself: approve, decline, or ask. */
    authorize: 'approve' | 'decline' | 'ask';
    /** Devices are approved when they next ask. */
    approveDevices: boolean;
    readonly clients: Client[];
    readonly refreshTokens: Map<string, RefreshGrant>;
    readonly devices: readonly DeviceRequest[];
  };
  readonly faults: AuthorityFaults;
  setFaults(changes: Partial<AuthorityFaults>): void;
  /** Requests to the token endpoint. */
  readonly requests: TokenRequest[];
  /** Every request as `METHOD /path`. */
  readonly paths: string[];
  /** A good refresh token, as a sign-in would have left it. */
  issueRefreshToken(clientId?: string): string;
  /** The refresh token that was issued last. */
  newestRefreshToken(): string | null;
  /** Claims of an access token that was issued here, else null. */
  readToken(token: string): JWTPayload | null;
  /** Signs any claims with the newest key. */
  sign(claims: JWTPayload): Promise<string>;
  rotateKeys(options?: { forgetOld?: boolean }): Promise<void>;
  readonly answerDevice: AnswerDevice;
  onChange(listener: () => void): () => void;
  close(): Promise<void>;
}

const DEFAULT_USER: User = {
  name: 'Referral Watch',
  upn: 'referrals@contoso.example.com',
  objectId: '6d1c0b8e-2f57-4a5e-9f7a-0c5d3d0a7b11',
};

/** Microsoft Entra's token service for one tenant, with real signatures. Reads `Date.now()`. */
export async function createAuthority(options: AuthorityOptions = {}): Promise<Authority> {
  const tenantId = options.tenantId ?? '7f0c9d5e-3b1a-4e8f-8a6d-52c1b9e4d301';
  const user = options.user ?? DEFAULT_USER;
  const clients: Client[] = [
    ...(options.clients ?? [{ clientId: '1b6f2c3d-94a7-4a0b-b3e5-8d7c6f5e4a32', secret: 'sandbox-client-secret' }]),
  ];
  const listeners = createListeners();
  const faults = noFaults();
  const signer = await createSigner('Entra');
  const paths: string[] = [];
  let origin = '';
  const endpoints = () => endpointsOf(origin, tenantId);

  const tokens = createTokens({
    signer,
    faults,
    tenantId,
    user,
    issuer: () => endpoints().issuer,
    revokesPrevious: () => state.revokePrevious,
  });
  const grants = createGrants({
    tokens,
    faults,
    deviceInterval: options.deviceInterval ?? 1,
    devicesApprove: () => state.approveDevices,
  });
  const state: Authority['state'] = {
    revokePrevious: false,
    authorize: options.asks ? 'ask' : 'approve',
    approveDevices: false,
    clients,
    refreshTokens: tokens.refreshTokens,
    devices: grants.devices,
  };
  const tokenEndpoint = createTokenEndpoint({ clients, grants, faults, endpoints, changed: listeners.changed });

  const answerDevice: AnswerDevice = (answer, userCode) => {
    const device = userCode === undefined ? grants.devices.at(-1) : grants.devices.find(d => d.userCode === userCode);
    if (!device) return false;
    device.answer = answer;
    return true;
  };

  const tenant = new Hono<Bindings>();
  tenant.get('/v2.0/.well-known/openid-configuration', context => context.json(openidConfiguration(endpoints())));
  tenant.get('/discovery/v2.0/keys', context => context.json({ keys: signer.keys() }));
  tenant.post('/oauth2/v2.0/token', tokenEndpoint.answer);
  const browser = { clients, grants, userName: user.name };
  tenant.get('/oauth2/v2.0/authorize', context => authorize(context, state.authorize, browser));
  tenant.post('/oauth2/v2.0/authorize', async context => {
    const answer = new URLSearchParams(await context.req.text()).get('answer');
    return authorize(context, answer === 'approve' ? 'approve' : 'decline', browser);
  });
  tenant.post('/oauth2/v2.0/devicecode', async context => {
    const form = new URLSearchParams(await context.req.text());
    const clientId = form.get('client_id') ?? '';
    if (!clients.some(client => client.clientId === clientId)) {
      return errorReply(context, new OAuthError('unauthorized_client', 700016, 'The application was not found.'));
    }
    const device = grants.startDevice(clientId, form.get('scope') ?? '');
    listeners.changed();
    return context.json({
      user_code: device.userCode,
      device_code: device.deviceCode,
      verification_uri: `${origin}/device`,
      expires_in: Math.round((device.expiresAt - Date.now()) / 1_000),
      interval: device.interval,
      message: `To sign in, open ${origin}/device and enter the code ${device.userCode}.`,
    });
  });

  const app = new Hono<Bindings>();
  app.use(async (context, next) => {
    paths.push(`${context.req.method} ${context.req.path}`);
    if (paths.length > KEPT_PATHS) paths.shift();
    if (faults.slow !== false) await wait(faults.slow === true ? 2_000 : faults.slow);
    if (faults.hang) return hang();
    const status = faults.down === true ? 503 : faults.down;
    if (status !== false) return context.text('Service Unavailable', status as 503);
    if (faults.keysDown && /openid-configuration$|\/keys$/.test(context.req.path)) {
      return context.text('Service Unavailable', 503);
    }
    return next();
  });
  app.route('/device', deviceRoutes(answerDevice));
  app.route(`/${tenantId}`, tenant);
  app.all('/:tenant/*', context =>
    errorReply(context, new OAuthError('invalid_request', 90002, `Tenant '${context.req.param('tenant')}' not found.`)),
  );

  const served = await serve(app, {
    ...(options.port === undefined ? {} : { port: options.port }),
    ...(options.tls ? { tls: options.tls } : {}),
  });
  origin = served.url;
  return {
    url: origin,
    port: served.port,
    tenantId,
    user,
    state,
    faults,
    setFaults(changes) {
      Object.assign(faults, changes);
      listeners.changed();
    },
    requests: tokenEndpoint.requests,
    paths,
    issueRefreshToken: (clientId = clients[0]?.clientId ?? '') => tokens.issueRefreshToken(clientId),
    newestRefreshToken: () => [...tokens.refreshTokens.keys()].at(-1) ?? null,
    readToken: tokens.read,
    sign: signer.sign,
    rotateKeys: signer.rotate,
    answerDevice,
    onChange: listeners.onChange,
    close: served.close,
  };
}
