import { afterEach, describe, expect, test } from 'vitest';
import { ThrottledError, TimedOutError } from '../../../src/model/errors.ts';
import { createAccessTokens } from '../../../src/partner-center/sign-in/access-tokens.ts';
import { secretAuth } from '../../../src/partner-center/sign-in/client-auth.ts';
import { drip } from '../../base/raw-server.ts';
import { keepingLog } from '../../support/keeping-log.ts';
import { type Answer, json, scriptedServer } from '../scripted-server.ts';
import { memoryTokenStore } from './memory-token-store.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const granted = json({ token_type: 'Bearer', access_token: 'access-1', expires_in: 3600, refresh_token: 'refresh-2' });
const refused = (number: number, error = 'invalid_grant', status = 400) =>
  json(
    {
      error,
      error_description: `AADSTS${number}: Alex Example may not. Trace ID: 1 AADSTS50173`,
      error_codes: [number],
    },
    status,
  );

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 28) + seconds * 1_000).toUTCString();

/** An authority that answers as it is told, and what signs in there. */
async function authority(answer: Answer, then: Answer = answer, timeoutMs = 10_000) {
  const server = await scriptedServer(answer, then);
  closers.push(server.close);
  const store = memoryTokenStore('refresh-1');
  const log = keepingLog();
  const tokens = createAccessTokens({
    authorityUrl: server.url,
    tenantId: '9d4f1c52-7c3e-4a57-8f0e-2a6b1d9c3e11',
    clientId: '2c9f4a7e-3d1b-4e5f-8a6c-7b0d9e1f2a33',
    clientAuth: secretAuth('hush'),
    scope: 'https://api.partner.microsoft.com/user_impersonation offline_access',
    store,
    log,
    clock: Date.now,
    lookAgainMs: 1,
    timeoutMs,
  });
  return { server, store, log, tokens };
}

describe('a refusal', () => {
  test.each([
    [50076, 'sign-in', 'npm run sign-in'],
    [50173, 'sign-in', 'npm run sign-in'],
    [70043, 'sign-in', 'npm run sign-in'],
    [700082, 'sign-in', 'npm run sign-in'],
    [99999, 'sign-in', 'npm run sign-in'],
    [53003, 'sign-in', 'does not help'],
    [50057, 'sign-in', 'does not help'],
    [50053, 'sign-in', 'does not help'],
    [50034, 'sign-in', 'does not help'],
    [500011, 'credential', 'does not help'],
    [500014, 'credential', 'does not help'],
    [650052, 'credential', 'does not help'],
    [70011, 'credential', 'PARTNER_SCOPE'],
    [700007, 'credential', 'PARTNER_CLIENT_ID'],
    [700024, 'credential', 'clock'],
    [7000112, 'credential', 'enable'],
  ])('AADSTS%i is told for what it is, with what helps', async (number, kind, cure) => {
    const { tokens, server, log } = await authority(refused(number));
    await expect(tokens.get()).rejects.toMatchObject({ trouble: { kind } });
    const [trouble] = tokens.problems();
    expect(trouble?.reason).toContain(`(AADSTS${number})`);
    expect(trouble?.nextStep).toContain(cure);
    expect(server.seen).toHaveLength(1);
    expect(JSON.stringify([log.lines, tokens.problems()])).not.toMatch(/Alex|refresh-1|hush|127\.0\.0\.1/);
  });

  test.each([
    ['50196, which comes as a refusal', refused(50196)],
    ['429', json({ error: 'x' }, 429)],
    ['429 of a gateway', response => void response.writeHead(429).end('<html>')],
    ['90055', refused(90055)],
  ] as [string, Answer][])(
    '%s is throttling: no trouble of the sign-in, not asked again at once',
    async (_, answer) => {
      const { tokens, server } = await authority(answer, granted);
      await expect(tokens.get()).rejects.toBeInstanceOf(ThrottledError);
      expect(tokens.problems()).toEqual([]);
      expect(server.seen).toHaveLength(1);
      expect(await tokens.get()).toBe('access-1');
    },
  );

  test.each<[string, Answer, number | null]>([
    ['429 in seconds', json({ error: 'x' }, 429, { 'retry-after': '40' }), 40],
    ['429 by a date', json({ error: 'x' }, 429, { 'retry-after': at(90), date: at(0) }), 90],
    ['50196', json({ error: 'invalid_grant', error_description: 'AADSTS50196: x' }, 400, { 'retry-after': '5' }), 5],
    ['429 of a gateway', response => void response.writeHead(429, { 'retry-after': '7' }).end('<html>'), 7],
    ['429 with a challenge', json({}, 429, { 'retry-after': '9', 'www-authenticate': 'Bearer' }), 9],
    ['429 that names none', json({ error: 'x' }, 429), null],
    ['429 that names nonsense', json({ error: 'x' }, 429, { 'retry-after': 'soon' }), null],
  ])('%s: the wait that was asked for goes on', async (_, answer, retryAfterSeconds) => {
    const { tokens } = await authority(answer);
    await expect(tokens.get()).rejects.toMatchObject({ name: 'ThrottledError', retryAfterSeconds });
  });

  test('70000 that comes once is none; twice it is', async () => {
    const once = await authority(refused(70000), granted);
    expect(await once.tokens.get()).toBe('access-1');
    expect(once.tokens.problems()).toEqual([]);
    const twice = await authority(refused(70000));
    await expect(twice.tokens.get()).rejects.toThrow('AADSTS70000');
    expect(twice.server.seen).toHaveLength(2);
  });

  test.each([
    ['503', json({}, 503)],
    ['server_error', json({ error: 'server_error' }, 400)],
    ['HTML', (response: Parameters<Answer>[0]) => void response.end('<html>')],
    ['401 with a challenge and no JSON', json('x', 401, { 'www-authenticate': 'Negotiate' })],
    ['a cut connection', (response: Parameters<Answer>[0]) => void response.socket?.destroy()],
    ['101', (response: Parameters<Answer>[0]) => void response.socket?.end('HTTP/1.1 101 X\r\n\r\n')],
    ['204', (response: Parameters<Answer>[0]) => void response.writeHead(204).end()],
  ] as [string, Answer][])('%s is a stumble: asked once more, no trouble of the sign-in', async (_, answer) => {
    const { tokens, server } = await authority(answer, granted);
    expect(await tokens.get()).toBe('access-1');
    expect(server.seen).toHaveLength(2);
    const down = await authority(answer);
    await expect(down.tokens.get()).rejects.toMatchObject({ name: 'PartnerCenterError' });
    expect(down.tokens.problems()).toEqual([]);
  });

  test('a challenge beside it hides nothing', async () => {
    const challenged = json({ error: 'invalid_client', error_description: 'AADSTS7000222: x' }, 401, {
      'www-authenticate': 'Bearer error="invalid_client"',
    });
    const { tokens } = await authority(challenged);
    await expect(tokens.get()).rejects.toMatchObject({ trouble: { kind: 'credential' } });
  });
});

test.each<[string, Answer]>([
  ['silence', () => {}],
  [
    'a dripping head',
    ({ socket }) => {
      socket?.write('HTTP/1.1 200 OK\r\n');
      if (socket) drip(socket, 'x: y\r\n');
    },
  ],
  [
    'a dripping body',
    response => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '999' }).flushHeaders();
      if (response.socket) drip(response.socket, ' ');
    },
  ],
])('%s ends in time', async (_, answer) => {
  const { tokens } = await authority(answer, answer, 300);
  await expect(tokens.get()).rejects.toBeInstanceOf(TimedOutError);
  expect(tokens.problems()).toEqual([]);
});

test('the rotated token of an answer with a byte order mark is kept', async () => {
  const marked: Answer = response => {
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' });
    response.end(
      `\ufeff${JSON.stringify({ token_type: 'Bearer', access_token: 'access-1', refresh_token: 'refresh-2' })}`,
    );
  };
  const { tokens, store } = await authority(marked);
  expect(await tokens.get()).toBe('access-1');
  expect(store.state.token).toBe('refresh-2');
});

const GRANT = { token_type: 'Bearer', access_token: 'access-1', refresh_token: 'refresh-2' };
test.each<[string, string, object]>([
  ['calls itself a text', 'text/plain', GRANT],
  ['calls itself a page', 'text/html', GRANT],
  ['says nothing of its kind', '', GRANT],
  ['lives for nothing', 'application/json', { ...GRANT, expires_in: null }],
  ['lives for words', 'application/json', { ...GRANT, expires_in: 'an hour' }],
  ['ended before it began', 'application/json', { ...GRANT, expires_in: -1 }],
  ['does not say what it is', 'application/json', { ...GRANT, token_type: undefined }],
  ['has its scopes in a list', 'application/json', { ...GRANT, scope: ['user_impersonation'] }],
  ['brings who signed in, unreadable', 'application/json', { ...GRANT, id_token: 'x.y.z' }],
])('the rotated token of an answer that %s is kept', async (_, type, body) => {
  const { tokens, store } = await authority(response => {
    response.writeHead(200, type === '' ? {} : { 'content-type': type });
    response.end(JSON.stringify(body));
  });
  expect(await tokens.get()).toBe('access-1');
  expect(store.state.token).toBe('refresh-2');
});

test.each([null, '', 7])('an answer whose successor is %o leaves the one that is kept', async successor => {
  const { tokens, store } = await authority(json({ ...GRANT, refresh_token: successor }));
  expect(await tokens.get()).toBe('access-1');
  expect(store.state.token).toBe('refresh-1');
});

test('a refusal with a byte order mark is still read', async () => {
  const { tokens } = await authority(response => {
    response.writeHead(400, { 'content-type': 'application/json' });
    response.end(`\ufeff${JSON.stringify({ error: 'invalid_grant', error_description: 'AADSTS50076: x' })}`);
  });
  await expect(tokens.get()).rejects.toThrow('AADSTS50076');
});
