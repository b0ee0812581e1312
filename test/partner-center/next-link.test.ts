import { describe, expect, test } from 'vitest';
import { IncompleteWalkError, PartnerCenterError } from '../../src/model/errors.ts';
import { manyReferrals } from '../sandbox/referrals-api/make-referral.ts';
import { client, emulator, scripted, walk } from './client-rig.ts';
import { type Answer, json, page } from './scripted-server.ts';

describe('the next link', () => {
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
});
