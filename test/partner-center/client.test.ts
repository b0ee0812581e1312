import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import {
  IncompleteWalkError,
  NotAllowedError,
  PartnerCenterError,
  ReferralNotFoundError,
  SignInNeededError,
  ThrottledError,
  TimedOutError,
} from '../../src/model/errors.ts';
import { createReferralsClient, type ReferralsClientOptions } from '../../src/partner-center/client.ts';
import { makeReferral, manyReferrals } from '../sandbox/referrals-api/make-referral.ts';
import { createReferralsApi, type ReferralsApiOptions } from '../sandbox/referrals-api/referrals-api.ts';
import { badReferrals, seedReferrals } from '../sandbox/referrals-api/seed.ts';
import { keepingLog } from '../support/keeping-log.ts';
import { type Answer, json, page, scriptedServer } from './scripted-server.ts';

const FILTER = "direction eq 'Incoming' and substatus eq 'Pending'";
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

function client(apiUrl: string, options: Partial<ReferralsClientOptions> = {}) {
  const log = keepingLog();
  const refreshed: string[] = [];
  const tokens = {
    get: async () => 'token-1',
    refresh: async (rejected: string) => {
      refreshed.push(rejected);
      return 'token-2';
    },
  };
  const made = createReferralsClient({
    apiUrl,
    filter: FILTER,
    tokens,
    log,
    clock: Date.now,
    pauseMs: 1,
    ...options,
  });
  return { ...made, log, refreshed };
}

async function emulator(options: ReferralsApiOptions = {}) {
  const api = await createReferralsApi(options);
  closers.push(api.close);
  return api;
}

async function scripted(...answers: Answer[]) {
  const server = await scriptedServer(...answers);
  closers.push(server.close);
  return server;
}

async function walk(reader: { listPending: ReturnType<typeof createReferralsClient>['listPending'] }) {
  const ids: string[] = [];
  let setAside = 0;
  let failure: unknown = null;
  try {
    for await (const found of reader.listPending()) {
      ids.push(...found.referrals.map(referral => referral.id));
      setAside += found.setAside;
    }
  } catch (error) {
    failure = error;
  }
  return { ids, setAside, failure };
}

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

  test.each(['loops', 'fails', 'cut', 'foreign-host'] as const)(
    'a page that %s: what was read is handed over',
    async brokenPage => {
      const api = await emulator({ referrals: manyReferrals(60) });
      api.setFaults({ brokenPage });
      const { ids, failure } = await walk(client(api.baseUrl));
      expect(ids.length).toBe(brokenPage === 'loops' ? 50 : 25);
      expect(failure).toBeInstanceOf(
        ['loops', 'foreign-host'].includes(brokenPage) ? IncompleteWalkError : PartnerCenterError,
      );
    },
  );

  test.each([
    'http://api.partner.microsoft.com/v1.0/referrals?$skiptoken=abc',
    'https://api.partner.microsoft.com:443/v1.0/engagements/referrals?$skiptoken=abc',
    'http://127.0.0.1/somewhere/else?$skiptoken=abc',
    '/v1.0/engagements/referrals?$skiptoken=abc',
    '?$skiptoken=abc',
    'ftp://API.Partner.Microsoft.com/?$skiptoken=abc#top',
  ])('the link %s is followed on our own address', async link => {
    const server = await scripted(page(['a'], link), page(['b']));
    expect(await walk(client(`${server.url}/v1.0/engagements/`))).toEqual({
      ids: ['a', 'b'],
      setAside: 0,
      failure: null,
    });
    expect(server.seen[1]).toMatchObject({ path: '/v1.0/engagements/referrals', query: '?$skiptoken=abc' });
  });

  test.each([
    ['https://partner.example.com/referrals?$skiptoken=abc'],
    ['http://api.partner.microsoft.com.example.com/referrals?$skiptoken=abc'],
    ['http://api.partner.microsoft.com@example.com/referrals?$skiptoken=abc'],
    ['file:///etc/passwd?$skiptoken=abc'],
    ['https://api.partner.microsoft.com/v1.0/referrals#?$skiptoken=abc'],
    ['https://api.partner.microsoft.com/v1.0/referrals?'],
    ['//example.com/?$skiptoken=abc'],
    ['http://'],
    ['http://api.partner.microsoft.com/v1.0/referrals'],
    [7],
    [{ href: 'x' }],
  ])('the link %s ends the walk as incomplete', async link => {
    const server = await scripted(page(['a'], link));
    const { ids, failure } = await walk(client(server.url));
    expect(ids).toEqual(['a']);
    expect(failure).toBeInstanceOf(IncompleteWalkError);
    expect(server.seen).toHaveLength(1);
  });

  test('a link to another server, even on this machine, never takes the token there', async () => {
    const foreign = await scripted(page(['b']));
    const server = await scripted(page(['a'], `${foreign.url}/referrals?$skiptoken=abc`));
    expect((await walk(client(server.url))).failure).toBeInstanceOf(IncompleteWalkError);
    expect(foreign.seen).toEqual([]);
  });

  test('a redirect is not followed', async () => {
    const foreign = await scripted(page(['b']));
    const server = await scripted(json({}, 302, { location: `${foreign.url}/` }));
    expect((await walk(client(server.url))).failure).toMatchObject({ name: 'PartnerCenterError', status: 302 });
    expect(foreign.seen).toEqual([]);
  });

  test.each([[null], [''], [undefined]])('no next link: %s', async link => {
    const server = await scripted(page(['a'], link));
    expect(await walk(client(server.url))).toEqual({ ids: ['a'], setAside: 0, failure: null });
  });

  test.each(['@odata.nextLink', 'odata.nextLink', 'nextLink', 'NEXTLINK', '@OData.NextLink', 'next.nextlink'])(
    'the next link may be called %s',
    async name => {
      const first = { value: [{ id: 'a' }], '@odata.other': 1, [name]: '?$skiptoken=abc' };
      const server = await scripted(json(first), page(['b'], null));
      expect((await walk(client(server.url))).ids).toEqual(['a', 'b']);
    },
  );

  test.each([
    [`$skiptoken=a+b/c==&x=%2B%2b%7e'q'|{}[]^\`"<>\\`, `$skiptoken=a+b/c==&x=%2B%2b%7e'q'|{}[]^\`"<>\\`],
    ['$skiptoken=a b?c=ä\u{1F600}', '$skiptoken=a%20b?c=%C3%A4%F0%9F%98%80'],
    ['$skiptoken=%zz%', '$skiptoken=%zz%'],
    ['$skiptoken=a#b', '$skiptoken=a'],
  ])('the query %s goes out byte for byte, but for what no request can hold', async (query, sent) => {
    const asked: (string | undefined)[] = [];
    const noting =
      (answer: Answer): Answer =>
      (response, request) => {
        asked.push(request.url);
        answer(response, request);
      };
    const link = `http://api.partner.microsoft.com/v1.0/referrals?${query}`;
    const server = await scripted(noting(page(['a'], link)), noting(page(['b'])));
    expect((await walk(client(`${server.url}/v1.0/engagements`))).ids).toEqual(['a', 'b']);
    expect(asked[1]).toBe(`/v1.0/engagements/referrals?${sent}`);
  });

  test('more than fifty pages without anything new are too many, fifty are not', async () => {
    const link = (n: number) => `?$skiptoken=${n}`;
    const barren = (pages: number) => Array.from({ length: pages }, (_, n) => page(['a'], link(n + 1)));
    const patient = await scripted(page(['a'], link(0)), ...barren(50), page(['b']));
    expect(await walk(client(patient.url))).toMatchObject({ failure: null, ids: { length: 52 } });
    const endless = await scripted(page(['a'], link(0)), ...barren(60), page(['b']));
    expect((await walk(client(endless.url))).failure).toBeInstanceOf(IncompleteWalkError);
    expect(endless.seen).toHaveLength(52);
  });

  test('pages of what is not pending are news, too: a careless filter is read to its end', async () => {
    const closed = (n: number) =>
      json({ value: [{ id: `c${n}`, status: 'Closed', substatus: 'Won' }], nextLink: `?$skiptoken=${n}` });
    const server = await scripted(...Array.from({ length: 80 }, (_, n) => closed(n)), page(['b']));
    expect(await walk(client(server.url))).toMatchObject({ ids: ['b'], failure: null });
  });

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

  const MARK = '\ufeff';
  const marked =
    (body: unknown, status = 200): Answer =>
    response => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(MARK + JSON.stringify(body));
    };

  test('a byte order mark before the JSON is nothing, on any page, by id and before an error', async () => {
    const row = { id: 'a', status: 'New', substatus: 'Pending' };
    const server = await scripted(marked({ value: [row], nextLink: '?$skiptoken=1' }), marked({ value: [row] }));
    expect(await walk(client(server.url))).toMatchObject({ ids: ['a', 'a'], failure: null });
    const whole = await scripted(marked(row));
    expect((await client(whole.url).get('a')).state).toBe('pending');
    const gone = await scripted(marked({ error: { code: 'itemNotFound' } }, 404));
    await expect(client(gone.url).get('a')).rejects.toMatchObject({ own: true });
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

describe('failures', () => {
  const good = json({ id: 'abc' });

  test.each([408, 500, 502, 503, 504, 429, 509])('%i passes after a pause', async status => {
    const server = await scripted(json({}, status), good);
    expect((await client(server.url).get('abc')).id).toBe('abc');
    expect(server.seen).toHaveLength(2);
    const [first, second] = server.seen.map(request => request.headers['client-request-id']);
    expect(first).not.toBe(second);
  });

  test('a connection that is cut, half a body and HTML pass too', async () => {
    const cut: Answer = response => response.socket?.destroy();
    const half: Answer = response => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"id":');
      setTimeout(() => response.socket?.destroy(), 10);
    };
    const html: Answer = response => response.end('<html>Bad gateway</html>');
    for (const answer of [cut, half, html]) {
      const server = await scripted(answer, good);
      expect((await client(server.url).get('abc')).id).toBe('abc');
      expect(server.seen).toHaveLength(2);
    }
  });

  test.each([
    [400, PartnerCenterError],
    [403, NotAllowedError],
    [409, PartnerCenterError],
    [422, PartnerCenterError],
    [501, PartnerCenterError],
  ])('%i is not tried again', async (status, kind) => {
    const server = await scripted(json({ error: { code: 'x', message: 'secret words' } }, status));
    const failure = await client(server.url)
      .get('abc')
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(kind);
    expect(server.seen).toHaveLength(1);
    expect(String(failure)).not.toContain('secret words');
  });

  test('a failure that lasts ends after a few tries, with its status', async () => {
    const server = await scripted(json({}, 502));
    await expect(client(server.url).get('abc')).rejects.toMatchObject({ name: 'PartnerCenterError', status: 502 });
    expect(server.seen).toHaveLength(3);
  });

  test('Retry-After is waited for when it is short, passed on when it is long', async () => {
    const soon = await scripted(json({}, 429, { 'retry-after': '1' }), good);
    expect((await client(soon.url).get('abc')).id).toBe('abc');
    const long = await scripted(json({ message: 'Rate limit is exceeded. Try again in 321 seconds.' }, 429));
    const failure = client(long.url).get('abc');
    await expect(failure).rejects.toBeInstanceOf(ThrottledError);
    await expect(failure).rejects.toMatchObject({ retryAfterSeconds: 321 });
    expect(long.seen).toHaveLength(1);
  });

  test('a Retry-After date is measured by the clock of who sent it', async () => {
    const date = new Date('2020-01-01T00:00:00Z').toUTCString();
    const until = new Date('2020-01-01T00:05:00Z').toUTCString();
    const server = await scripted(json({}, 503, { date, 'retry-after': until }));
    await expect(client(server.url).get('abc')).rejects.toMatchObject({ status: 503 });
    expect(server.seen).toHaveLength(1);
  });

  test('a silent server and one that never ends its body time out', async () => {
    const silent: Answer = () => {};
    const endless: Answer = response => {
      response.writeHead(200);
      response.write('{');
    };
    for (const answer of [silent, endless]) {
      const server = await scripted(answer);
      await expect(client(server.url, { timeoutMs: 200 }).get('abc')).rejects.toBeInstanceOf(TimedOutError);
      expect(server.seen).toHaveLength(2);
    }
  });

  test('nobody listens', async () => {
    const server = await scriptedServer(good);
    await server.close();
    await expect(client(server.url).get('abc')).rejects.toThrow('Partner Center: the connection failed (ECONNREFUSED)');
  });

  test('a body beyond all measure is not read to its end', async () => {
    const flood: Answer = response => {
      const chunk = Buffer.alloc(1024 * 1024, 'x');
      const more = () => {
        while (response.writable && response.write(chunk));
        response.once('drain', more);
      };
      more();
    };
    const server = await scripted(flood);
    await expect(client(server.url).get('abc')).rejects.toThrow('too large');
    expect(server.seen).toHaveLength(1);
  });

  test('a packed body that nobody asked for is unpacked, a bomb is not, and what is no gzip is no answer', async () => {
    const packed =
      (body: Buffer): Answer =>
      response => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
        response.end(body);
      };
    const server = await scripted(
      packed(gzipSync('{"id":"abc"}')),
      packed(gzipSync(Buffer.alloc(40 * 1024 * 1024, ' '))),
      packed(Buffer.from('{')),
    );
    const reader = client(server.url);
    expect((await reader.get('abc')).id).toBe('abc');
    expect(server.seen[0]?.headers['accept-encoding']).toBe('identity');
    await expect(reader.get('abc')).rejects.toThrow('the answer is too large');
    expect(server.seen).toHaveLength(2);
    await expect(reader.get('abc', { retry: false })).rejects.toThrow('answered no JSON');
  });

  test('401: one renewal, then sign-in is needed', async () => {
    const server = await scripted(json({}, 401), good);
    const reader = client(server.url);
    expect((await reader.get('abc')).id).toBe('abc');
    expect(reader.refreshed).toEqual(['token-1']);
    expect(server.seen.map(request => request.headers.authorization)).toEqual(['Bearer token-1', 'Bearer token-2']);

    const refusing = await scripted(json({ error: { code: '900421' } }, 401));
    const failure = client(refusing.url).get('abc');
    await expect(failure).rejects.toBeInstanceOf(SignInNeededError);
    await expect(failure).rejects.toThrow('multi-factor');
    expect(refusing.seen).toHaveLength(2);
  });

  test('neither log nor error tells a token, an address or a body', async () => {
    const server = await scripted(
      json({ error: { code: 'accessDenied', message: 'Alex Example' } }, 403, { 'request-id': 'r-1' }),
    );
    const reader = client(server.url);
    const failure = await reader.get('abc').catch((error: unknown) => error);
    const told = JSON.stringify([reader.log.lines, String(failure), (failure as Error).stack]);
    expect(reader.log.lines[0]?.fields).toMatchObject({ status: 403, code: 'accessDenied', requestId: 'r-1' });
    expect(told).not.toMatch(/token-\d|Alex Example|127\.0\.0\.1/);
  });
});
