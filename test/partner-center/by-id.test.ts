import { describe, expect, test } from 'vitest';
import { PartnerCenterError, ReferralNotFoundError, TimedOutError } from '../../src/model/errors.ts';
import { makeReferral } from '../sandbox/referrals-api/make-referral.ts';
import { client, emulator, scripted } from './client-rig.ts';
import { type Answer, json } from './scripted-server.ts';

describe('one referral', () => {
  test('is read whole, with the documented headers', async () => {
    const referral = makeReferral({ customer: 'Adatum Corporation' });
    const api = await emulator({ referrals: [referral] });
    const found = await client(api.baseUrl).get(referral.id as string);
    expect(found).toMatchObject({ id: referral.id, state: 'pending', facts: { customer: 'Adatum Corporation' } });
    const server = await scripted(json(referral));
    await client(server.url).get(referral.id as string);
    const headers = server.seen[0]?.headers ?? {};
    expect(headers).toMatchObject({
      authorization: 'Bearer token-1',
      accept: 'application/json',
      'content-type': 'application/json',
      'client-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(headers['ms-correlationid']).toBe(headers['client-request-id']);
  });

  test.each([
    [404, { error: { code: 'itemNotFound' } }],
    [410, { code: 'gone' }],
  ])("%i with Partner Center's own word: not found", async (status, body) => {
    const server = await scripted(json(body, status));
    await expect(client(server.url).get('abc')).rejects.toBeInstanceOf(ReferralNotFoundError);
    expect(server.seen).toHaveLength(1);
  });

  test('another referral than the one asked for is a failure', async () => {
    const server = await scripted(json({ id: 'def' }));
    await expect(client(server.url).get('abc')).rejects.toBeInstanceOf(PartnerCenterError);
    const upper = await scripted(json({ id: 'ABC' }));
    expect((await client(upper.url).get('abc')).id).toBe('ABC');
  });

  test.each([
    [{}],
    [[]],
    ['text'],
    [null],
    [{ status: 'Closed', substatus: 'Accepted' }],
    [{ id: 7 }],
    [{ id: 'abc', error: { code: 'itemNotFound' } }],
    [{ error: 'gone' }],
    [{ value: [{ id: 'abc' }] }],
  ])('an answer of %o is no referral', async body => {
    const server = await scripted(json(body));
    await expect(client(server.url).get('abc')).rejects.toMatchObject({ name: 'PartnerCenterError', status: 200 });
  });

  const bare: Answer = response => void response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>Not Found');
  test.each<[string, Answer]>([
    ['a page of HTML', bare],
    ['nothing', response => void response.writeHead(404).end()],
    ['410 and nothing', response => void response.writeHead(410).end()],
    ["a gateway's JSON", json({ statusCode: 404, message: 'Resource not found' }, 404)],
    ['a code that is none', json({ error: { code: 'The resource is not there', message: 'x' } }, 404)],
    ['JSON in a list', json([{ code: 'itemNotFound' }], 404)],
  ])("404 with %s is not Partner Center's own word", async (_, answer) => {
    const server = await scripted(answer);
    await expect(client(server.url).get('abc')).rejects.toMatchObject({ name: 'ReferralNotFoundError', own: false });
  });

  test.each([
    [400, 'PartnerCenterError'],
    [403, 'NotAllowedError'],
    [404, 'ReferralNotFoundError'],
    [410, 'ReferralNotFoundError'],
  ])('%i is an answer about this id, not tried again', async (status, name) => {
    const server = await scripted(json({ error: { code: 'x' } }, status));
    await expect(client(server.url).get('abc')).rejects.toMatchObject({ name });
    expect(server.seen).toHaveLength(1);
  });

  test('101 ends as a failure of the service', async () => {
    const server = await scripted(response => {
      response.socket?.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n');
    });
    await expect(client(server.url).get('abc', { retry: false })).rejects.toMatchObject({ status: null });
    await expect(client(server.url).get('abc')).rejects.toThrow('the answer cannot be read (ESWITCHED)');
  });

  test('an id that is none never reaches an address', async () => {
    const server = await scripted(json({}));
    await expect(client(server.url).get('../secrets')).rejects.toBeInstanceOf(RangeError);
    expect(server.seen).toEqual([]);
  });

  test('a time-out in words is one: it says nothing of the referral', async () => {
    const server = await scripted(json({}, 408));
    await expect(client(server.url).get('abc')).rejects.toBeInstanceOf(TimedOutError);
    await expect(client(server.url).get('abc', { retry: false })).rejects.toBeInstanceOf(TimedOutError);
  });

  test('without retry the first failure is final', async () => {
    const throttled = await scripted(json({}, 429, { 'retry-after': '7' }));
    await expect(client(throttled.url).get('abc', { retry: false })).rejects.toMatchObject({
      name: 'ThrottledError',
      retryAfterSeconds: 7,
    });
    expect(throttled.seen).toHaveLength(1);
    const failing = await scripted(json({}, 500));
    await expect(client(failing.url).get('abc', { retry: false })).rejects.toMatchObject({ status: 500 });
    expect(failing.seen).toHaveLength(1);
  });

  test('without retry it ends within its deadline, whatever hangs', async () => {
    const silent = await scripted(() => {});
    await expect(client(silent.url, { deadlineMs: 50 }).get('abc', { retry: false })).rejects.toBeInstanceOf(
      TimedOutError,
    );
    const never = { get: () => new Promise<string>(() => {}), refresh: () => new Promise<string>(() => {}) };
    await expect(
      client(silent.url, { deadlineMs: 50, tokens: never }).get('abc', { retry: false }),
    ).rejects.toBeInstanceOf(TimedOutError);
  });
});
