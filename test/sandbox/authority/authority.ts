import { type Context, Hono } from 'hono';
import type { JWTPayload } from 'jose';
import { createListeners } from '../listeners.ts';
import { type Bindings, hang, serve, type Tls, wait } from '../serve.ts';
import { authenticateClient, type Client, type ClientProof } from './client.ts';
import { type AuthorityFaults, noFaults } from './faults.ts';
import { createGrants, type DeviceRequest } from './grants.ts';
import { errorReply, OAuthError } from './oauth-error.ts';
import { consentPage, devicePage } from './pages.ts';
import { createSigner } from './signer.ts';
import { createTokens, type RefreshGrant, type User } from './tokens.ts';

const KEPT_REQUESTS = 500;

/** One request for a token, without its secrets. */
export interface TokenRequest {
  readonly at: number;
  readonly grantType: string | null;
  readonly scope: string | null;
  readonly proof: ClientProof | null;
  /** AADSTS number of the refusal, or null when a token was issued. */
  readonly error: number | null;
}

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
  /** Answers the device whose code this is, the newest without one. False when there is none. */
  answerDevice(answer: 'approved' | 'declined', userCode?: string): boolean;
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
  const signer = await createSigner();
  const requests: TokenRequest[] = [];
  const paths: string[] = [];
  const usedAssertions = new Set<string>();
  let origin = '';

  const tokens = createTokens({
    signer,
    faults,
    tenantId,
    user,
    issuer: () => `${origin}/${tenantId}/v2.0`,
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

  function answerDevice(answer: 'approved' | 'declined', userCode?: string): boolean {
    const device = userCode === undefined ? grants.devices.at(-1) : grants.devices.find(d => d.userCode === userCode);
    if (!device) return false;
    device.answer = answer;
    return true;
  }

  const authorizeUrl = () => `${origin}/${tenantId}/oauth2/v2.0/authorize`;
  const tokenUrl = () => `${origin}/${tenantId}/oauth2/v2.0/token`;

  async function token(context: Context<Bindings>): Promise<Response> {
    const form = new URLSearchParams(await context.req.text());
    let proof: ClientProof | null = null;
    let error: OAuthError | null = null;
    try {
      const found = await authenticateClient(clients, form, context.req.header('authorization'), {
        audiences: [tokenUrl(), `${origin}/${tenantId}/v2.0`],
        secretExpired: faults.secretExpired,
        usedAssertions,
      });
      proof = found.proof;
      context.header('Cache-Control', 'no-store');
      return context.json(await grants.grant(found.client, form));
    } catch (caught) {
      if (!(caught instanceof OAuthError)) throw caught;
      error = caught;
      return errorReply(context, caught);
    } finally {
      requests.push({
        at: Date.now(),
        grantType: form.get('grant_type'),
        scope: form.get('scope'),
        proof,
        error: error?.number ?? null,
      });
      if (requests.length > KEPT_REQUESTS) requests.shift();
      listeners.changed();
    }
  }

  function authorize(context: Context<Bindings>, answer: 'approve' | 'decline' | 'ask'): Response | Promise<Response> {
    const query = new URL(context.req.url).searchParams;
    const clientId = query.get('client_id') ?? '';
    const redirectUri = query.get('redirect_uri') ?? '';
    // Entra shows a page for these: there is nowhere safe to send the browser.
    if (!clients.some(client => client.clientId === clientId))
      return context.text('AADSTS700016: unknown application', 400);
    if (!/^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?(\/|$)/.test(redirectUri)) {
      return context.text('AADSTS50011: the redirect URI is not registered', 400);
    }
    if (query.get('response_type') !== 'code') return context.text('AADSTS90014: response_type', 400);
    const challenge = query.get('code_challenge');
    if (challenge !== null && query.get('code_challenge_method') !== 'S256') {
      return context.text('AADSTS501491: only S256 is taken here', 400);
    }
    if (answer === 'ask') {
      return context.html(consentPage({ user: user.name, clientId, action: new URL(context.req.url).search }));
    }
    const target = new URL(redirectUri);
    const state = query.get('state');
    if (state !== null) target.searchParams.set('state', state);
    if (answer === 'decline') {
      target.searchParams.set('error', 'access_denied');
      target.searchParams.set('error_description', 'AADSTS65004: User declined to consent to access the app.');
    } else {
      const scope = query.get('scope') ?? '';
      target.searchParams.set(
        'code',
        grants.issueCode({ clientId, redirectUri, scope, challenge, nonce: query.get('nonce') }),
      );
      target.searchParams.set('session_state', 'c2a1f0de-0000-4000-8000-000000000001');
    }
    return context.redirect(target.href);
  }

  const tenant = new Hono<Bindings>();
  tenant.get('/v2.0/.well-known/openid-configuration', context =>
    context.json({
      issuer: `${origin}/${tenantId}/v2.0`,
      authorization_endpoint: authorizeUrl(),
      token_endpoint: tokenUrl(),
      device_authorization_endpoint: `${origin}/${tenantId}/oauth2/v2.0/devicecode`,
      jwks_uri: `${origin}/${tenantId}/discovery/v2.0/keys`,
      token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
      response_modes_supported: ['query', 'fragment', 'form_post'],
      response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
      scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
      subject_types_supported: ['pairwise'],
      id_token_signing_alg_values_supported: ['RS256'],
      claims_supported: ['sub', 'iss', 'aud', 'exp', 'iat', 'nonce', 'preferred_username', 'name', 'tid', 'ver'],
    }),
  );
  tenant.get('/discovery/v2.0/keys', context => context.json({ keys: signer.keys() }));
  tenant.post('/oauth2/v2.0/token', token);
  tenant.get('/oauth2/v2.0/authorize', context => authorize(context, state.authorize));
  tenant.post('/oauth2/v2.0/authorize', async context => {
    const answer = new URLSearchParams(await context.req.text()).get('answer');
    return authorize(context, answer === 'approve' ? 'approve' : 'decline');
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
    paths.push(`${context.req.method} ${new URL(context.req.url).pathname}`);
    if (paths.length > KEPT_REQUESTS) paths.shift();
    if (faults.slow !== false) await wait(faults.slow === true ? 2_000 : faults.slow);
    if (faults.hang) return hang();
    if (faults.down !== false)
      return context.text('Service Unavailable', (faults.down === true ? 503 : faults.down) as 503);
    if (faults.keysDown && /openid-configuration$|\/keys$/.test(context.req.path)) {
      return context.text('Service Unavailable', 503);
    }
    return next();
  });
  app.get('/device', context => context.html(devicePage('Enter the code that your device shows.')));
  app.post('/device', async context => {
    const form = new URLSearchParams(await context.req.text());
    const answer = form.get('answer') === 'approve' ? 'approved' : 'declined';
    const known = answerDevice(answer, (form.get('code') ?? '').trim().toUpperCase());
    return context.html(
      devicePage(known ? 'You may close this page now.' : 'Nobody is waiting for this code.'),
      known ? 200 : 404,
    );
  });
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
    requests,
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
