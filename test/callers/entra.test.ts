import { createHmac, generateKeyPairSync } from 'node:crypto';
import { decodeProtectedHeader, exportSPKI, importJWK, type JWK, SignJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HOUR } from '../../src/base/instant.ts';
import { createCallerCheck } from '../../src/callers/entra.ts';
import { type Authority, createAuthority } from '../sandbox/authority/authority.ts';
import { keepingLog } from '../support/keeping-log.ts';

const AUDIENCE = '9f2d6a10-1c3b-4f0e-8d7a-5b6c7d8e9f00';
let authority: Authority;
let now: number;
beforeEach(async () => {
  authority = await createAuthority();
  now = Date.now();
});
afterEach(() => authority.close());

function callerCheck(audience = `api://${AUDIENCE}`) {
  const log = keepingLog();
  const { check } = createCallerCheck({
    tenantId: authority.tenantId,
    audience,
    role: 'Referrals.Read',
    authorityUrl: authority.url,
    log,
    clock: () => now,
    timeoutMs: 3_000,
  });
  return { check: (token: string | null) => check(token === null ? null : `Bearer ${token}`), raw: check, log };
}

const seconds = () => Math.floor(now / 1000);
const claims = () => ({
  iss: `${authority.url}/${authority.tenantId}/v2.0`,
  aud: AUDIENCE,
  exp: seconds() + 3600,
  nbf: seconds() - 300,
  iat: seconds() - 300,
  tid: authority.tenantId,
  oid: '3a3b3c3d-0000-4000-8000-000000000001',
  azp: '3a3b3c3d-0000-4000-8000-000000000002',
  roles: ['Referrals.Read'],
});
const keyFetches = () => authority.paths.filter(path => path.endsWith('/keys')).length;

describe('who gets in', () => {
  test.each([
    ['a v2.0 token with the app role', {}],
    ['a v1.0 token', { iss: 'v1', appid: '3a3b3c3d-0000-4000-8000-000000000002', azp: undefined }],
    ['an audience with api://', { aud: `api://${AUDIENCE}` }],
    ['a delegated scope', { roles: undefined, scp: 'User.Read Referrals.Read' }],
  ])('%s', async (_, changes) => {
    const { iss, ...others } = { ...claims(), ...changes };
    const issuer = iss === 'v1' ? `https://sts.windows.net/${authority.tenantId}/` : iss;
    const token = await authority.sign({ iss: issuer, ...others });
    for (const audience of [AUDIENCE, `api://${AUDIENCE}`]) {
      expect(await callerCheck(audience).check(token)).toEqual({
        ok: true,
        objectId: '3a3b3c3d-0000-4000-8000-000000000001',
        appId: '3a3b3c3d-0000-4000-8000-000000000002',
      });
    }
  });
});

describe('who does not', () => {
  test.each([
    ['another audience', { aud: 'api://somebody-else' }],
    ['no audience', { aud: undefined }],
    ['another issuer', { iss: 'https://sts.windows.net/00000000-0000-4000-8000-000000000000/' }],
    ['no issuer', { iss: undefined }],
    ['one that has expired', { exp: 1 }],
    ['one that never expires', { exp: undefined }],
    ['one that is not good yet', { nbf: 9_999_999_999 }],
  ])('%s', async (_, changes) => {
    const { check } = callerCheck();
    expect(await check(await authority.sign({ ...claims(), ...changes } as never))).toMatchObject({
      ok: false,
      status: 401,
      headers: { 'www-authenticate': expect.stringMatching(/^Bearer/) },
    });
  });

  test.each([[null], [''], ['Bearer'], ['Bearer x'], ['Basic dXNlcjpwYXNz'], [`Bearer ${'a'.repeat(20_000)}.b.c`]])(
    'the header %s',
    async header => {
      expect(await callerCheck().raw(header)).toMatchObject({ status: 401 });
      expect(keyFetches()).toBe(0);
    },
  );

  test.each([
    ['no role', { roles: undefined }],
    ['another role', { roles: ['Referrals.Write', 'referrals.read'] }],
    ['a role that only contains the name', { roles: ['Referrals.Read.All'], scp: 'xReferrals.Read' }],
  ])('%s: 403', async (_, changes) => {
    const { check } = callerCheck();
    expect(await check(await authority.sign({ ...claims(), ...changes } as never))).toMatchObject({ status: 403 });
  });

  test('alg none, HMAC with the public key, and a stranger’s key under a known id', async () => {
    const { check } = callerCheck();
    const good = await authority.sign(claims());
    expect((await check(good)).ok).toBe(true);
    const { kid } = decodeProtectedHeader(good);
    const [, body = ''] = good.split('.');
    const head = (fields: object) => Buffer.from(JSON.stringify(fields)).toString('base64url');

    expect(await check(`${head({ alg: 'none', kid })}.${body}.`)).toMatchObject({ status: 401 });
    expect(await check(`${head({ alg: 'none', kid })}.${body}.eA`)).toMatchObject({ status: 401 });

    const jwks = await fetch(`${authority.url}/${authority.tenantId}/discovery/v2.0/keys`);
    const [jwk] = ((await jwks.json()) as { keys: JWK[] }).keys;
    const publicKey = await importJWK(jwk as JWK, 'RS256', { extractable: true });
    const pem = await exportSPKI(publicKey as Parameters<typeof exportSPKI>[0]);
    const signed = `${head({ alg: 'HS256', kid })}.${body}`;
    for (const secret of [pem, pem.trim(), jwk?.n ?? '']) {
      const signature = createHmac('sha256', secret).update(signed).digest('base64url');
      expect(await check(`${signed}.${signature}`)).toMatchObject({ status: 401 });
    }

    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const forged = await new SignJWT(claims()).setProtectedHeader({ alg: 'RS256', kid: kid ?? '' }).sign(privateKey);
    expect(await check(forged)).toMatchObject({ status: 401 });
    const unsigned = await new SignJWT(claims()).setProtectedHeader({ alg: 'RS256' }).sign(privateKey);
    expect(await check(unsigned)).toMatchObject({ status: 401 });
  });

  test('a refusal says the same whatever was wrong, and logs neither token nor claims', async () => {
    const { check, log } = callerCheck();
    const wrong = await authority.sign({ ...claims(), aud: 'x', name: 'Megan Bowen' });
    const late = await authority.sign({ ...claims(), exp: 1, name: 'Megan Bowen' });
    expect(await check(wrong)).toEqual(await check(late));
    const told = JSON.stringify(log.lines);
    expect(told).not.toMatch(/Megan|eyJ/);
    expect(log.lines.map(line => line.fields.reason)).toEqual(['aud', 'exp']);
  });
});

describe('signing keys', () => {
  const token = (keyId: string) => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    return new SignJWT(claims()).setProtectedHeader({ alg: 'RS256', kid: keyId }).sign(privateKey);
  };

  test('are kept, fetched anew for a new key id, and at least once a day', async () => {
    const { check } = callerCheck();
    const good = { ...claims(), exp: seconds() + 7 * 86_400 };
    const first = await authority.sign(good);
    for (let call = 0; call < 5; call += 1) expect((await check(first)).ok).toBe(true);
    expect(keyFetches()).toBe(1);
    await authority.rotateKeys();
    expect((await check(await authority.sign(good))).ok).toBe(true);
    expect(keyFetches()).toBe(2);
    now += 25 * HOUR;
    await authority.rotateKeys({ forgetOld: true });
    expect(await check(first)).toMatchObject({ status: 401 });
    expect(keyFetches()).toBe(3);
  });

  test('invented key ids cost a few fetches a minute, whatever their number', async () => {
    const { check } = callerCheck();
    const bad = await token('invented');
    for (let call = 0; call < 30; call += 1) expect(await check(bad)).toMatchObject({ status: 401 });
    expect(keyFetches()).toBeLessThanOrEqual(4);
    expect((await check(await authority.sign(claims()))).ok).toBe(true);
  });

  test('while the authority is away a key of the same day serves; who needs another one gets 503', async () => {
    const { check } = callerCheck();
    const good = await authority.sign({ ...claims(), exp: seconds() + 7 * 86_400 });
    const unknown = await token('not-seen-yet');
    authority.setFaults({ keysDown: true });
    expect(await check(good)).toMatchObject({ ok: false, status: 503 });
    authority.setFaults({ keysDown: false });
    expect((await check(good)).ok).toBe(true);
    authority.setFaults({ keysDown: true });
    now += 23 * HOUR;
    expect((await check(good)).ok).toBe(true);
    expect(await check(unknown)).toMatchObject({ status: 503 });
    now += 2 * HOUR;
    expect(await check(good)).toMatchObject({ status: 503 });
  });
});
