import { install } from '@sinonjs/fake-timers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeReferral, manyReferrals } from './make-referral.ts';
import { createReferralsApi, type ReferralsApi } from './referrals-api.ts';
import { customerName, DAY, isPending, type ReferralResource } from './resource.ts';
import { badReferrals, seedReferrals } from './seed.ts';

interface Page {
  value: ReferralResource[];
  '@odata.nextLink'?: string;
}

let api: ReferralsApi;
beforeEach(async () => {
  api = await createReferralsApi({ referrals: seedReferrals() });
});
afterEach(() => api.close());

const headers = { authorization: 'Bearer some-token' };

function request(query: string): Promise<Response> {
  return fetch(`${api.baseUrl}/referrals${query}`, { headers });
}

async function list(query: string): Promise<Page> {
  const response = await request(query);
  expect(response.status).toBe(200);
  return (await response.json()) as Page;
}

function customers(page: Page): string[] {
  return page.value.map(customerName);
}

describe("the documents' sample requests", () => {
  test('recent inbound co-sell opportunities', async () => {
    const page = await list(
      "?$top=10&$filter=(type eq 'Shared' and direction eq 'Incoming')&$orderby=createdDateTime desc",
    );
    expect(customers(page)).toEqual(['City Power & Light', 'Tailspin Toys', 'Adatum Corporation']);
  });

  test('inbound leads that nobody answered', async () => {
    const page = await list(
      "?$top=10&$filter=(direction eq 'Incoming' and substatus eq 'Pending')&$orderby=createdDateTime desc",
    );
    expect(page.value).toHaveLength(7);
    expect(page.value.every(isPending)).toBe(true);
    expect(customers(page).at(-1)).toBe('Northwind Traders');
  });

  test("a seller's own active co-sell opportunities", async () => {
    const page = await list(
      "?$filter=status eq 'Active' and direction eq 'Outgoing' and type eq 'Shared' and team/any(t:t/email eq 'r2d2@contoso.com')&$orderby=createdDateTime desc",
    );
    expect(customers(page)).toEqual(['Woodgrove Bank']);
  });

  test('the examples of the option table', async () => {
    const [first] = api.state.referrals;
    expect((await list(`?$filter=engagementId eq '${first?.engagementId}'`)).value).toHaveLength(1);
    expect((await list("?$filter=status eq 'New' and qualification eq 'SalesQualified'")).value).toHaveLength(3);
    expect(
      customers(await list("?$filter=customerProfile/address/country eq 'US' and direction eq 'Incoming'")),
    ).toContain('City Power & Light');
    const slim = await list('?$select=id,status,customerProfile');
    expect(Object.keys(slim.value[0] as object)).toEqual(['id', 'status', 'customerProfile']);
  });
});

describe('pages', () => {
  test('are linked in the documented form until the last one', async () => {
    api.add(...manyReferrals(225));
    const seen = new Set<unknown>();
    let pages = 0;
    let query = '?$orderby=createdDateTime asc';
    for (;;) {
      const page = await list(query);
      pages += 1;
      for (const row of page.value) seen.add(row.id);
      const link = page['@odata.nextLink'];
      if (link === undefined) break;
      expect(link).toMatch(/^http:\/\/api\.partner\.microsoft\.com\/v1\.0\/referrals\?\$skiptoken=[\w-]+$/);
      query = new URL(link).search;
    }
    expect([pages, seen.size]).toEqual([10, 236]);
    expect(api.counts.list).toBe(10);
  });

  test('can repeat a row, fail, loop, break off or lead to a foreign host', async () => {
    api.state.pageSize = 5;
    const first = await list('');
    const second = new URL(first['@odata.nextLink'] as string).search;
    api.setFaults({ duplicates: true });
    expect((await list(second)).value[0]?.id).toBe(first.value.at(-1)?.id);
    api.setFaults({ brokenPage: 'fails' });
    expect((await request(second)).status).toBe(500);
    api.setFaults({ brokenPage: 'loops' });
    expect(new URL((await list(second))['@odata.nextLink'] as string).search).toBe(second);
    api.setFaults({ brokenPage: 'cut' });
    await expect((await request(second)).json()).rejects.toThrow(SyntaxError);
    api.setFaults({ brokenPage: 'foreign-host' });
    expect(new URL((await list(''))['@odata.nextLink'] as string).host).toBe('partner.example.com');
  });
});

test.each([
  '?$filter=id eq',
  "?$filter=name eq 'x'",
  "?$filter=contains(status,'N')",
  '?$orderby=name asc',
  '?$select=secrets',
  '?$top=none',
  '?$skip=5',
  '?$count=true',
  '?$expand=team',
])('refuses %s', async query => {
  const response = await request(query);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ error: { code: 'invalidRequest' } });
});

test('one referral by id, with its tag in body and header', async () => {
  const [first] = api.state.referrals;
  const response = await request(`/${first?.id}`);
  const body = (await response.json()) as ReferralResource;
  expect(body).toMatchObject({ id: first?.id, status: 'New', details: { currency: 'CAD' } });
  expect(body.eTag).toMatch(/^".+"$/);
  expect(response.headers.get('etag')).toBe(body.eTag);
  expect(response.headers.get('request-id')).toMatch(/^[0-9a-f-]{36}$/);
  expect((await list('')).value[0]).not.toHaveProperty('eTag');
  expect((await request('/00000000-0000-4000-8000-000000000000')).status).toBe(404);
});

test('rows nobody would think of come through as they are', async () => {
  api.add(...badReferrals());
  api.state.pageSize = 100;
  const page = await list("?$filter=direction eq 'Incoming' and substatus eq 'Pending'&$orderby=createdDateTime asc");
  expect(page.value.filter(row => typeof row.id !== 'string')).toHaveLength(3);
});

describe('trouble', () => {
  test.each([
    [{ throttled: 7 }, 429, { statusCode: 429 }],
    [{ down: true }, 503, { error: { code: 'serviceNotAvailable' } }],
    [{ down: 500 }, 500, { error: { code: 'generalException' } }],
    [{ signedOut: true }, 401, { error: { code: '900421' } }],
    [{ tokenRefused: true }, 401, { error: { code: 'unauthenticated' } }],
    [{ forbidden: true }, 403, { error: { code: 'accessDenied' } }],
  ] as const)('%o', async (faults, status, body) => {
    api.setFaults(faults);
    const response = await request('');
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject(body);
    if (status === 429) expect(response.headers.get('retry-after')).toBe('7');
  });

  test('refuses $select, hides everything, moves its clock', async () => {
    api.setFaults({ selectRefused: true });
    expect((await request('?$select=id')).status).toBe(400);
    api.setFaults({ listHidden: true, dateSkewMinutes: 60 });
    const response = await request('');
    expect(await response.json()).toMatchObject({ value: [] });
    expect(Date.parse(response.headers.get('date') as string) - Date.now()).toBeGreaterThan(3_500_000);
    expect((await request(`/${api.state.referrals[0]?.id}`)).status).toBe(404);
  });

  test('hangs or cuts the line, for one kind of request, for a number of times', async () => {
    api.setFaults({ reset: true, scope: 'get', times: 1 });
    const id = String(api.state.referrals[0]?.id);
    await list('');
    await expect(request(`/${id}`)).rejects.toThrow();
    expect((await request(`/${id}`)).status).toBe(200);
    api.setFaults({ reset: false, hang: true, scope: 'all', times: 1 });
    await expect(fetch(`${api.baseUrl}/referrals`, { headers, signal: AbortSignal.timeout(50) })).rejects.toThrow(
      'timeout',
    );
  });
});

test('only tokens that were issued for it, with proof of a second factor, are taken', async () => {
  const exp = Date.now() / 1_000 + 60;
  const issued: Record<string, object> = {
    good: { aud: 'https://api.partner.microsoft.com', exp, amr: ['pwd', 'mfa'] },
    foreign: { aud: 'https://graph.microsoft.com', exp, amr: ['mfa'] },
    old: { aud: 'https://api.partner.microsoft.com', exp: exp - 120, amr: ['mfa'] },
    weak: { aud: 'https://api.partner.microsoft.com', exp, amr: ['pwd'] },
  };
  const strict = await createReferralsApi({ readToken: token => issued[token] ?? null });
  const status = async (token?: string) =>
    (await fetch(`${strict.baseUrl}/referrals`, token ? { headers: { authorization: `Bearer ${token}` } } : {})).status;
  expect(await status('good')).toBe(200);
  for (const token of ['foreign', 'old', 'weak', 'unknown', undefined]) expect(await status(token)).toBe(401);
  expect(strict.requests.map(({ token }) => token)).toEqual(['good', 'foreign', 'old', 'weak', 'unknown', null]);
  await strict.close();
});

test('people answer, and time runs out', async () => {
  const clock = install({ now: Date.now(), toFake: ['Date'] });
  try {
    const [first, second] = api.state.referrals.filter(isPending);
    let changes = 0;
    api.onChange(() => {
      changes += 1;
    });
    expect(api.accept(String(first?.id))).toMatchObject({ status: 'Active', substatus: 'Accepted' });
    expect(changes).toBe(1);
    const response = await fetch(`${api.url}/admin/referrals/${second?.id}/decline`, { method: 'POST' });
    expect(await response.json()).toMatchObject({ status: 'Closed', substatus: 'Declined' });
    const added = api.addLeads(30);
    expect(new Set(added.map(customerName)).size).toBe(30);
    clock.setSystemTime(Date.now() + 15 * DAY);
    expect(api.state.referrals.filter(isPending)).toHaveLength(0);
    expect(api.state.referrals.filter(row => row.substatus === 'Expired')).toHaveLength(5 + 30);
    expect(await list("?$filter=status eq 'New'")).toMatchObject({ value: [] });
  } finally {
    clock.uninstall();
  }
});

test('troubles can be switched over HTTP', async () => {
  const change = { down: true, times: 2, nonsense: 1, slow: null };
  const response = await fetch(`${api.url}/admin/faults`, { method: 'PATCH', body: JSON.stringify(change) });
  expect(await response.json()).toMatchObject({ down: true, times: 2, slow: false });
  expect(api.faults).not.toHaveProperty('nonsense');
  expect([(await request('')).status, (await request('')).status, (await request('')).status]).toEqual([503, 503, 200]);
  const added = await fetch(`${api.url}/admin/referrals?count=3`, { method: 'POST' });
  expect(await added.json()).toHaveLength(3);
});

test('a referral without a reported end expires at a midnight', () => {
  const createdAt = Date.parse('2026-01-05T16:20:00Z');
  const old = makeReferral({ createdAt });
  api.add(old);
  expect(api.find(String(old.id))).toMatchObject({
    substatus: 'Expired',
    closedDateTime: '2026-01-19T00:00:00.0000000Z',
  });
});
