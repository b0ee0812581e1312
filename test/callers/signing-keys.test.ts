import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTeamsCallerCheck as createBotCheck } from '../../src/bot/verify-caller.ts';
import { createCallerCheck as createEntraCheck } from '../../src/callers/entra.ts';
import { createSigningKeys } from '../../src/callers/signing-keys.ts';
import { type Answer, json, type ScriptedServer, scriptedServer } from '../partner-center/scripted-server.ts';
import { keepingLog } from '../support/keeping-log.ts';

const TENANT = '9d4f1c52-7c3e-4a57-8f0e-2a6b1d9c3e11';
const APP = '2c9f4a7e-3d1b-4e5f-8a6c-7b0d9e1f2a33';
let publisher: ScriptedServer;
let answers: Record<string, Answer>;
beforeEach(async () => {
  answers = {};
  publisher = await scriptedServer((response, request) => {
    const [, answer = json({}, 404)] =
      Object.entries(answers).find(([path]) => request.url?.endsWith(path) ?? false) ?? [];
    answer(response, request);
  });
});
afterEach(() => publisher.close());

const metadata = (more = {}) => json({ issuer: 'https://issuer.example', jwks_uri: `${publisher.url}/keys`, ...more });
const KEY = { kty: 'RSA', kid: 'k', n: 'u1W_0z3S9Qz0w1ABzr0Vt5JUK7Nnn2Wx5kB-9F8xAwE', e: 'AQAB' };
const down: Record<string, Answer> = { '': json({}, 503) };
const published = () => ({ configuration: metadata(), '/keys': json({ keys: [KEY] }) });

/** A token that nobody signed, with a key id of its own. */
function unsigned(n: number): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = {
    iss: 'https://api.botframework.com',
    aud: APP,
    exp: 9_999_999_999,
    serviceurl: 'https://x.example/',
  };
  return `Bearer ${part({ alg: 'RS256', kid: `k${n}` })}.${part(claims)}.c2lnbmF0dXJl`;
}

const doors = {
  'the bot': () => {
    const check = createBotCheck({
      appId: APP,
      tenantId: TENANT,
      openIdMetadataUrl: `${publisher.url}/openid-configuration`,
      issuer: 'https://api.botframework.com',
      serviceHosts: [],
      clock: Date.now,
      log: keepingLog(),
    });
    return async (authorization: string) => (await check({ authorization, body: '{}' })) as { status?: number };
  },
  'the detail endpoint': () => {
    const { check } = createEntraCheck({
      tenantId: TENANT,
      audience: APP,
      role: 'r',
      authorityUrl: publisher.url,
      clock: Date.now,
      log: keepingLog(),
    });
    return async (authorization: string) => (await check(authorization)) as { status?: number };
  },
};

describe.each(Object.entries(doors))('a flood of unsigned requests at %s', (_, open) => {
  test.each([
    ['away', 503, () => down],
    ['well', 401, published],
    ['without keys', 503, () => ({ ...published(), '/keys': json({ keys: [] }) })],
    ['of HTML', 503, () => ({ '': (response: Parameters<Answer>[0]) => void response.end('<html>') })],
  ])('makes a few calls while the publisher is %s', async (_, status, how) => {
    answers = how();
    const knock = open();
    for (let n = 0; n < 50; n += 1) expect(await knock(unsigned(n))).toMatchObject({ status });
    await Promise.all(Array.from({ length: 50 }, (_, n) => knock(unsigned(100 + n))));
    expect(publisher.seen.length).toBeGreaterThan(0);
    const asked = (path: string) => publisher.seen.filter(each => each.path.endsWith(path)).length;
    expect(asked('openid-configuration')).toBeLessThanOrEqual(4);
    expect(asked('/keys')).toBeLessThanOrEqual(4);
  });
});

describe('keys', () => {
  const keys = () => {
    const log = keepingLog();
    return {
      log,
      ...createSigningKeys({ metadataUrl: `${publisher.url}/openid-configuration`, log, clock: Date.now }),
    };
  };

  test('come with issuer and endorsements', async () => {
    answers = {
      ...published(),
      '/keys': json({ keys: [null, 7, { kty: 'EC' }, { ...KEY, endorsements: ['msteams', 7] }] }),
    };
    expect(await keys().find('k')).toMatchObject({ issuer: 'https://issuer.example', endorsements: ['msteams'] });
  });

  test('are read with a byte order mark, too', async () => {
    const marked =
      (body: object): Answer =>
      response =>
        void response.end(`\ufeff${JSON.stringify(body)}`);
    answers = {
      configuration: marked({ issuer: 'i', jwks_uri: `${publisher.url}/keys` }),
      '/keys': marked({ keys: [KEY] }),
    };
    expect(await keys().find('k')).toMatchObject({ issuer: 'i' });
  });

  test.each([
    ['elsewhere in the clear', { jwks_uri: 'http://192.0.2.1/keys' }],
    ['behind no address', { jwks_uri: 'data:application/json,{"keys":[]}' }],
    ['nowhere', { jwks_uri: undefined }],
    ['of nobody', { issuer: 7 }],
  ])('%s are not fetched', async (_, more) => {
    answers = { ...published(), configuration: metadata(more) };
    const { find, log } = keys();
    expect(await find('k')).toBe('unreachable');
    expect(publisher.seen).toHaveLength(1);
    expect(log.lines[0]?.event).toBe('callers.keys-not-fetched');
  });

  test('behind a redirect are not followed to', async () => {
    answers = { ...published(), configuration: json({}, 302, { location: `${publisher.url}/keys` }) };
    expect(await keys().find('k')).toBe('unreachable');
    expect(publisher.seen).toHaveLength(1);
  });
});
