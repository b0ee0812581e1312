import { createHash, createPrivateKey, randomUUID } from 'node:crypto';
import { request as httpsRequest } from 'node:https';
import { install } from '@sinonjs/fake-timers';
import { createLocalJWKSet, decodeJwt, type JSONWebKeySet, jwtVerify, SignJWT } from 'jose';
import * as client from 'openid-client';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createCertificate } from '../../support/certificate.ts';
import { type Authority, type AuthorityOptions, createAuthority } from './authority.ts';

const CLIENT_ID = '1b6f2c3d-94a7-4a0b-b3e5-8d7c6f5e4a32';
const SECRET = 'sandbox-client-secret';
const SCOPE = 'https://api.partner.microsoft.com/user_impersonation offline_access';

const DAY = 24 * 3_600_000;

interface Answer {
  status: number;
  access_token: string;
  refresh_token: string;
  id_token: string;
  error: string;
  error_codes: number[];
}

let authority: Authority;
beforeEach(async () => {
  authority = await createAuthority();
});
afterEach(() => authority.close());

async function post(path: string, form: Record<string, string>, headers = {}): Promise<Answer> {
  const response = await fetch(`${authority.url}/${authority.tenantId}/oauth2/v2.0/${path}`, {
    method: 'POST',
    body: new URLSearchParams(form),
    headers,
  });
  return { status: response.status, ...((await response.json()) as Omit<Answer, 'status'>) };
}

function refresh(refreshToken: string, extra: Record<string, string> = {}): Promise<Answer> {
  return post('token', {
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
    client_id: CLIENT_ID,
    client_secret: SECRET,
    scope: SCOPE,
    ...extra,
  });
}

async function restart(options: AuthorityOptions): Promise<void> {
  await authority.close();
  authority = await createAuthority(options);
}

describe('a refresh token', () => {
  test('buys a signed access token and its successor', async () => {
    const first = authority.issueRefreshToken();
    const answer = await refresh(first);
    expect(answer.status).toBe(200);
    expect(decodeJwt(answer.access_token)).toMatchObject({
      aud: 'https://api.partner.microsoft.com',
      iss: `https://sts.windows.net/${authority.tenantId}/`,
      amr: ['pwd', 'mfa'],
      tid: authority.tenantId,
      upn: authority.user.upn,
      scp: 'user_impersonation',
    });
    expect(authority.readToken(answer.access_token)).toMatchObject({ aud: 'https://api.partner.microsoft.com' });
    expect(authority.readToken('made-up')).toBeNull();
    const keys = await fetch(`${authority.url}/${authority.tenantId}/discovery/v2.0/keys`);
    await jwtVerify(answer.access_token, createLocalJWKSet((await keys.json()) as JSONWebKeySet));
    expect(answer.refresh_token).not.toBe(first);
    expect(authority.newestRefreshToken()).toBe(answer.refresh_token);
    expect((await refresh(answer.refresh_token)).status).toBe(200);
    expect((await refresh(first)).status).toBe(200);
  });

  test('ends when redeemed, if asked to', async () => {
    authority.state.revokePrevious = true;
    const first = authority.issueRefreshToken();
    const second = await refresh(first);
    expect(await refresh(first)).toMatchObject({ status: 400, error: 'invalid_grant' });
    expect((await refresh(second.refresh_token)).status).toBe(200);
  });

  test.each([
    [{ invalidGrant: true }, 400, 'invalid_grant', 50173],
    [{ mfaRequired: true }, 400, 'interaction_required', 50076],
    [{ secretExpired: true }, 401, 'invalid_client', 7000222],
    [{ inactive: true }, 400, 'invalid_grant', 700082],
    [{ consentMissing: true }, 400, 'invalid_grant', 65001],
  ] as const)('is refused with %o', async (faults, status, error, number) => {
    authority.setFaults(faults);
    expect(await refresh(authority.issueRefreshToken())).toMatchObject({ status, error, error_codes: [number] });
    expect(authority.requests.at(-1)).toMatchObject({ grantType: 'refresh_token', error: number });
  });

  test('of nobody, of another client or with a wrong secret is refused', async () => {
    expect(await refresh('made-up')).toMatchObject({ status: 400, error: 'invalid_grant' });
    expect(await refresh(authority.issueRefreshToken('another'))).toMatchObject({ error: 'invalid_grant' });
    const token = authority.issueRefreshToken();
    expect(await refresh(token, { client_secret: 'wrong' })).toMatchObject({ status: 401, error_codes: [7000215] });
    expect(await refresh(token, { client_id: 'unknown' })).toMatchObject({ error_codes: [700016] });
  });

  test('dies when nobody used it for ninety days', async () => {
    const clock = install({ now: Date.now(), toFake: ['Date'] });
    try {
      const first = authority.issueRefreshToken();
      clock.setSystemTime(Date.now() + 89 * DAY);
      const second = await refresh(first);
      expect(decodeJwt(second.access_token).exp).toBe(Math.floor(Date.now() / 1_000) + 3_600);
      clock.setSystemTime(Date.now() + 2 * DAY);
      expect(await refresh(first)).toMatchObject({ error: 'invalid_grant', error_codes: [700082] });
      expect((await refresh(second.refresh_token)).status).toBe(200);
    } finally {
      clock.uninstall();
    }
  });

  test('gives what the user is: without a second factor, or of another tenant', async () => {
    authority.setFaults({ noMfa: true, foreignTenant: 'other-tenant' });
    const { access_token } = await refresh(authority.issueRefreshToken());
    expect(decodeJwt(access_token)).toMatchObject({ amr: ['pwd'], tid: 'other-tenant' });
  });
});

test('an unknown tenant and a dead authority', async () => {
  const unknown = await fetch(`${authority.url}/nowhere/oauth2/v2.0/token`, { method: 'POST' });
  expect(await unknown.json()).toMatchObject({ error_codes: [90002] });
  authority.setFaults({ down: true });
  expect((await fetch(`${authority.url}/${authority.tenantId}/v2.0/.well-known/openid-configuration`)).status).toBe(
    503,
  );
});

describe('proof of the client', () => {
  test('secret in the header', async () => {
    const basic = Buffer.from(`${CLIENT_ID}:${SECRET}`).toString('base64');
    const form = { grant_type: 'refresh_token', refresh_token: authority.issueRefreshToken(), scope: SCOPE };
    expect(await post('token', form, { authorization: `Basic ${basic}` })).toMatchObject({ status: 200 });
    expect(authority.requests.at(-1)?.proof).toBe('client_secret_basic');
  });

  test('certificate or a federated assertion', async () => {
    const { key, cert, x5t, x5tS256 } = await createCertificate('Referral Alerts');
    await restart({ clients: [{ clientId: CLIENT_ID, certificate: cert, federated: token => token === 'managed' }] });
    const sign = (header: object, claims: object = {}) =>
      new SignJWT({
        iss: CLIENT_ID,
        sub: CLIENT_ID,
        aud: `${authority.url}/${authority.tenantId}/v2.0`,
        jti: randomUUID(),
        exp: Math.floor(Date.now() / 1_000) + 300,
        ...claims,
      })
        .setProtectedHeader({ alg: 'PS256', ...header })
        .sign(createPrivateKey(key));
    const redeem = (assertion: string) =>
      post('token', {
        grant_type: 'refresh_token',
        refresh_token: authority.issueRefreshToken(),
        scope: SCOPE,
        client_id: CLIENT_ID,
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: assertion,
      });
    const good = await sign({ x5t });
    expect((await redeem(good)).status).toBe(200);
    expect((await redeem(await sign({ alg: 'RS256', 'x5t#S256': x5tS256 }))).status).toBe(200);
    expect(authority.requests.at(-1)?.proof).toBe('certificate');
    expect((await redeem('managed')).status).toBe(200);
    expect(authority.requests.at(-1)?.proof).toBe('federated');
    expect(await redeem(good)).toMatchObject({ status: 401, error: 'invalid_client' });
    expect(await redeem(await sign({ x5t: 'other' }))).toMatchObject({ status: 401 });
    expect(await redeem(await sign({ x5t }, { sub: 'other' }))).toMatchObject({ status: 401 });
    expect(await redeem(await sign({ x5t }, { aud: 'https://example.com' }))).toMatchObject({ status: 401 });
  });
});

describe('a sign-in', () => {
  const redirect_uri = 'http://localhost:5000/callback';
  const verifier = 'v'.repeat(64);

  async function authorize(extra: Record<string, string> = {}): Promise<URL> {
    const query = new URLSearchParams({
      client_id: CLIENT_ID,
      response_type: 'code',
      redirect_uri,
      scope: `${SCOPE} openid`,
      state: 'kept',
      nonce: 'once',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...extra,
    });
    const response = await fetch(`${authority.url}/${authority.tenantId}/oauth2/v2.0/authorize?${query}`, {
      redirect: 'manual',
    });
    return new URL(response.headers.get('location') ?? 'about:blank');
  }

  function redeem(code: string | null, extra: Record<string, string> = {}): Promise<Answer> {
    return post('token', {
      grant_type: 'authorization_code',
      code: String(code),
      redirect_uri,
      code_verifier: verifier,
      client_id: CLIENT_ID,
      client_secret: SECRET,
      ...extra,
    });
  }

  test('in the browser, with PKCE', async () => {
    const back = await authorize();
    expect(back.searchParams.get('state')).toBe('kept');
    const code = back.searchParams.get('code');
    expect(await redeem(code, { code_verifier: 'x'.repeat(64) })).toMatchObject({ error_codes: [501481] });
    const answer = await redeem(code);
    expect(answer.refresh_token).toBe(authority.newestRefreshToken());
    expect(decodeJwt(answer.id_token)).toMatchObject({
      iss: `${authority.url}/${authority.tenantId}/v2.0`,
      aud: CLIENT_ID,
      nonce: 'once',
      name: authority.user.name,
    });
    expect(await redeem(code)).toMatchObject({ error: 'invalid_grant', error_codes: [54005] });
  });

  test('declined, asked for, or leading elsewhere', async () => {
    authority.state.authorize = 'decline';
    expect((await authorize()).searchParams.get('error')).toBe('access_denied');
    authority.state.authorize = 'ask';
    expect((await authorize()).href).toBe('about:blank');
    authority.state.authorize = 'approve';
    expect((await authorize({ redirect_uri: 'https://example.com/' })).href).toBe('about:blank');
  });

  test('by device, through a well-kept client', async () => {
    const config = await client.discovery(
      new URL(`${authority.url}/${authority.tenantId}/v2.0`),
      CLIENT_ID,
      undefined,
      client.ClientSecretPost(SECRET),
      { execute: [client.allowInsecureRequests] },
    );
    const device = await client.initiateDeviceAuthorization(config, { scope: SCOPE });
    expect(authority.answerDevice('approved', device.user_code)).toBe(true);
    const tokens = await client.pollDeviceAuthorizationGrant(config, device);
    expect(tokens.refresh_token).toBe(authority.newestRefreshToken());
    const declined = await client.initiateDeviceAuthorization(config, { scope: SCOPE });
    authority.answerDevice('declined');
    await expect(client.pollDeviceAuthorizationGrant(config, declined)).rejects.toMatchObject({
      error: 'authorization_declined',
    });
  });
});

test('an app gets a token of its own, over https when asked', async () => {
  const { key, cert } = await createCertificate();
  await restart({ tls: { key, cert } });
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: CLIENT_ID,
    client_secret: SECRET,
    scope: 'https://api.botframework.com/.default',
  }).toString();
  const text = await new Promise<string>((resolve, reject) => {
    const url = `${authority.url}/${authority.tenantId}/oauth2/v2.0/token`;
    const request = httpsRequest(url, { method: 'POST', ca: cert }, response => {
      response.setEncoding('utf8').on('data', resolve);
    });
    request.on('error', reject).end(body);
  });
  expect(decodeJwt(JSON.parse(text).access_token)).toMatchObject({ aud: 'https://api.botframework.com', idtyp: 'app' });
});

test('signing keys change', async () => {
  const old = await authority.sign({ sub: 'a' });
  await authority.rotateKeys({ forgetOld: true });
  const response = await fetch(`${authority.url}/${authority.tenantId}/discovery/v2.0/keys`);
  const keys = createLocalJWKSet((await response.json()) as JSONWebKeySet);
  await expect(jwtVerify(old, keys)).rejects.toThrow();
  await jwtVerify(await authority.sign({ sub: 'a' }), keys);
});
