import { describe, expect, test } from 'vitest';
import { PartnerCenterError, SignInNeededError, ThrottledError } from '../../src/model/errors.ts';
import { manyReferrals } from '../sandbox/referrals-api/make-referral.ts';
import { badReferrals, seedReferrals } from '../sandbox/referrals-api/seed.ts';
import { client, emulator, FILTER, scripted, walk } from './client-rig.ts';
import { type Answer, json, page } from './scripted-server.ts';

describe('the list', () => {
  test('237 referrals over pages of 25, with quirky links and doubles: all of them, in ten calls', async () => {
    const api = await emulator({ referrals: manyReferrals(237) });
    api.setFaults({ duplicates: true });
    const reader = client(api.baseUrl);
    const { ids, failure } = await walk(reader);
    expect(failure).toBe(null);
    expect(new Set(ids).size).toBe(237);
    expect(reader.calls()).toEqual({ list: 10, get: 0, requests: 10 });
    expect(api.requests.every(request => request.path === '/v1.0/engagements/referrals')).toBe(true);
    expect(decodeURIComponent(api.requests[0]?.query ?? '')).toBe(
      `?$select=id,status,substatus,type,direction,createdDateTime,expirationDateTime&$filter=${FILTER}&$orderby=createdDateTime asc`,
    );
    expect(api.requests[0]?.query).not.toContain('+');
  });

  test('rows without a usable id are counted, the others told', async () => {
    const bad = badReferrals();
    const api = await emulator({ referrals: bad });
    expect(await walk(client(api.baseUrl))).toMatchObject({
      setAside: 3,
      failure: null,
      ids: { length: bad.length - 3 },
    });
  });

  test('rows that a careless filter lets through are dropped', async () => {
    const server = await scripted(json({ value: seedReferrals() }));
    const answered = await emulator({ referrals: seedReferrals() });
    const [ignored, filtered] = [await walk(client(server.url)), await walk(client(answered.baseUrl))];
    expect(ignored.ids.toSorted()).toEqual(filtered.ids.toSorted());
  });

  test('rows of words that nobody knows are pending', async () => {
    const odd = [
      { status: 'Open', substatus: 'Pending' },
      { status: 'New', substatus: 'Reviewing' },
      { status: 'Paused' },
      { substatus: 'Accepted' },
      { status: 7, substatus: [] },
      { status: 'active', substatus: 'pending' },
      { status: 'Closed', substatus: 'RECEIVED' },
      { direction: 'Sideways' },
    ];
    const left = [
      { status: 'ACTIVE', substatus: 'Accepted' },
      { status: 'closed', substatus: 'whatever' },
      { direction: 'OUTGOING', status: 'New', substatus: 'Pending' },
    ];
    const server = await scripted(json({ value: [...odd, ...left].map((row, n) => ({ id: `r${n}`, ...row })) }));
    expect((await walk(client(server.url))).ids).toEqual(odd.map((_, n) => `r${n}`));
  });

  test.each([[{}], [[]], [{ value: null }], ['text'], [null], [{ value: [{ id: 'a' }], error: { code: 'x' } }]])(
    'an answer of %o is no list',
    async body => {
      const server = await scripted(json(body));
      expect((await walk(client(server.url))).failure).toBeInstanceOf(PartnerCenterError);
    },
  );

  test('newest first when asked so', async () => {
    const server = await scripted(page(['a']));
    for await (const _ of client(server.url).listPending({ newestFirst: true }));
    expect(decodeURIComponent(server.seen[0]?.query ?? '')).toMatch(/\$orderby=createdDateTime desc$/);
  });

  test('each page tells how far the clocks are apart', async () => {
    const date = new Date('2026-11-24T08:00:00Z').toUTCString();
    const server = await scripted(json({ value: [] }, 200, { date }));
    const now = Date.parse('2026-11-24T08:30:00Z');
    for await (const { clockSkewMs } of client(server.url, { clock: () => now }).listPending())
      expect(clockSkewMs).toBe(-30 * 60_000);
  });
});

describe('slim rows', () => {
  test('whole rows where $select is refused, found out once', async () => {
    const api = await emulator({ referrals: manyReferrals(30) });
    api.setFaults({ selectRefused: true });
    const reader = client(api.baseUrl);
    expect((await walk(reader)).ids).toHaveLength(30);
    expect((await walk(reader)).ids).toHaveLength(30);
    expect(reader.calls().list).toBe(5);
  });

  test('a bad filter is no reason to give $select up', async () => {
    const api = await emulator({ referrals: manyReferrals(3) });
    const reader = client(api.baseUrl, { filter: 'nonsense' });
    expect((await walk(reader)).failure).toMatchObject({ name: 'PartnerCenterError', status: 400 });
    expect((await walk(reader)).failure).toMatchObject({ status: 400 });
    expect(api.requests.filter(request => request.query.includes('select'))).toHaveLength(2);
  });

  const html: Answer = response => response.end('<html>');
  test.each<[string, Answer, number]>([
    ['500', json({}, 500), 3],
    ['502 of a gateway', json({}, 502), 3],
    ['400', json({}, 400), 1],
    ['403', json({}, 403), 1],
    ['404', json({}, 404), 1],
    ['a page of HTML', html, 3],
    ['rows without ids', json({ value: [{ status: 'New' }, { status: 'New' }] }), 1],
    ['an error with rows', json({ error: { code: 'x' }, value: [] }), 1],
    ['silence', () => {}, 2],
    ['a cut connection', response => void response.socket?.destroy(), 3],
    ['101', response => void response.socket?.end('HTTP/1.1 101 Switching Protocols\r\n\r\n'), 3],
  ])('where $select is answered by %s, whole rows are asked for', async (_, slim, tries) => {
    const server = await scripted((response, request) => {
      (request.url?.includes('select') ? slim : page(['a']))(response, request);
    });
    const reader = client(server.url, { timeoutMs: 200 });
    expect(await walk(reader)).toMatchObject({ ids: ['a'], failure: null });
    expect(server.seen).toHaveLength(tries + 1);
    await walk(reader);
    await walk(reader);
    expect(server.seen.at(-1)?.query).not.toContain('select');
    const before = server.seen.length;
    await walk(reader);
    expect(server.seen).toHaveLength(before + 1);
  });

  test('throttling and sign-in are no reason to ask for whole rows', async () => {
    const throttled = await scripted(json({}, 429, { 'retry-after': '99' }));
    expect((await walk(client(throttled.url))).failure).toBeInstanceOf(ThrottledError);
    expect(throttled.seen).toHaveLength(1);
    const signedOut = await scripted(json({}, 401));
    expect((await walk(client(signedOut.url))).failure).toBeInstanceOf(SignInNeededError);
    expect(signedOut.seen).toHaveLength(2);
  });
});

describe("the documents' sample requests", () => {
  test.each([
    [
      { top: 10, filter: "(type eq 'Shared' and direction eq 'Incoming')", orderby: 'createdDateTime desc' },
      "?$top=10&$filter=(type eq 'Shared' and direction eq 'Incoming')&$orderby=createdDateTime desc",
      3,
    ],
    [
      { top: 10, filter: "(direction eq 'Incoming' and substatus eq 'Pending')", orderby: 'createdDateTime desc' },
      "?$top=10&$filter=(direction eq 'Incoming' and substatus eq 'Pending')&$orderby=createdDateTime desc",
      7,
    ],
    [
      {
        filter:
          "status eq 'Active' and direction eq 'Outgoing' and type eq 'Shared' and team/any(t:t/email eq 'r2d2@contoso.com')",
        orderby: 'createdDateTime desc',
      },
      "?$filter=status eq 'Active' and direction eq 'Outgoing' and type eq 'Shared' and team/any(t:t/email eq 'r2d2@contoso.com')&$orderby=createdDateTime desc",
      1,
    ],
  ])('%o', async (query, search, rows) => {
    const api = await emulator({ referrals: seedReferrals() });
    expect((await client(api.baseUrl).list(query)).rows).toHaveLength(rows);
    expect(decodeURIComponent(api.requests[0]?.query ?? '')).toBe(search);
  });

  test('$select', async () => {
    const api = await emulator({ referrals: seedReferrals() });
    const { rows, date } = await client(api.baseUrl).list({ select: ['id', 'status', 'customerProfile'] });
    expect(Object.keys(rows[0] as object)).toEqual(['id', 'status', 'customerProfile']);
    expect(Math.abs((date as number) - Date.now())).toBeLessThan(60_000);
  });
});
