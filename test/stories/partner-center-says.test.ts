import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { openTable } from '../../src/azure/tables.ts';
import { DAY, HOUR, MINUTE } from '../../src/base/instant.ts';
import { makeReferral, manyReferrals } from '../sandbox/referrals-api/make-referral.ts';
import { stateOf, textOf } from '../support/read-card.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
afterEach(() => world.close());

const START = Date.parse('2027-03-01T09:00:00Z');
const QUIET = { EMAIL_TO: '' };
const idOf = (row: Record<string, unknown> | undefined) => String(row?.id);
const sales = () => world.teams.posts('sales').map(({ card }) => textOf(card));
const operator = () => world.teams.posts('operator').map(({ card }) => textOf(card));

/** What the detail endpoint says of when it expires. */
async function expiryOf(id: string): Promise<{ at: string; source: string }> {
  return (
    (await world.app.detail({ id, accept: '', authorization: null })).body as { expiry: { at: string; source: string } }
  ).expiry;
}

describe('an expiry that only by-id names', () => {
  const expiresAt = START + 4 * DAY;

  it('stands on the first card, is the detail’s, and its steps come by it', async () => {
    world = await createWorld({
      referrals: () => [makeReferral({ customer: 'Adatum', createdAt: START - DAY, expiresAt })],
      settings: QUIET,
    });
    world.api.setFaults({ undated: true });
    const id = idOf(world.api.state.referrals[0]);
    expect(await world.poll()).toBeNull();
    expect(sales()).toHaveLength(1);
    expect(stateOf(world.teams.posts('sales')[0]?.card)).toContain('Thu 4 Mar');
    expect(await expiryOf(id)).toMatchObject({ at: '2027-03-05T09:00:00.000Z', source: 'reported' });

    world.api.resetCounts();
    world.moveTo('2027-03-02T09:05:00Z');
    await world.poll();
    world.advance(5 * MINUTE);
    world.api.resetCounts();
    await world.poll();
    expect([world.api.counts.get, sales().length]).toEqual([0, 2]);
    world.moveTo('2027-03-04T09:05:00Z');
    await world.poll();
    expect(world.teams.posts('oncall')).toHaveLength(1);
  });

  it('is read once for rows that the edition before had estimated, also when they rest', async () => {
    world = await createWorld({
      referrals: () => [makeReferral({ customer: 'Adatum', createdAt: START - DAY, expiresAt })],
      settings: QUIET,
    });
    const id = idOf(world.api.state.referrals[0]);
    world.api.setFaults({ undated: true });
    const table = openTable({ connectionString: world.tables.connectionString }, 'ReferralCheckpoints');
    await table.createTable();
    await table.createEntity({
      partitionKey: 'open',
      rowKey: id,
      createdAt: '2027-02-28T09:00:00.000Z',
      firstSeenAt: '2027-02-28T10:00:00.000Z',
      expiryAt: '2027-03-14T00:00:00.000Z',
      expirySource: 'estimated',
      deliveries: JSON.stringify([['new', 'teams', 'delivered', 1, START - HOUR]]),
      restUntil: '2027-03-07T00:00:00.000Z',
      restUnder: '7d:reminder,3d:warning,24h:critical,teams,oncall-teams',
    });
    await world.poll();
    expect(await expiryOf(id)).toMatchObject({ at: '2027-03-05T09:00:00.000Z' });
    expect(sales()).toEqual([expect.stringMatching(/moved/i)]);
    world.api.resetCounts();
    world.advance(5 * MINUTE);
    await world.poll();
    expect(world.api.counts.get).toBe(0);
    world.moveTo('2027-03-04T09:05:00Z');
    await world.poll();
    expect(world.teams.posts('oncall')).toHaveLength(1);
  });

  it('is asked for at every poll until by-id answers, and a refusal is an answer', async () => {
    world = await createWorld({
      referrals: () => [makeReferral({ customer: 'Adatum', createdAt: START - DAY })],
      settings: QUIET,
    });
    const id = idOf(world.api.state.referrals[0]);
    world.api.setFaults({ byId: { [id]: 500 } });
    const asked: number[] = [];
    for (const answer of [500, 500, 403, 403]) {
      world.api.setFaults({ byId: { [id]: answer } });
      world.api.resetCounts();
      await world.poll();
      asked.push(world.api.counts.get > 0 ? 1 : 0);
      world.advance(5 * MINUTE);
    }
    expect(asked).toEqual([1, 1, 1, 0]);
  });
});

describe('an expiry that moves', () => {
  it('two weeks later after the last step was told: read whole in that poll, steps anew, and the card says so', async () => {
    const first = START + 20 * HOUR;
    const second = first + 14 * DAY;
    world = await createWorld({
      referrals: () => [makeReferral({ customer: 'Adatum', createdAt: START - 10 * DAY, expiresAt: first })],
    });
    expect(await world.poll()).toBeNull();
    const [row] = world.api.state.referrals;
    Object.assign(row as object, { expirationDateTime: new Date(second).toISOString() });
    world.advance(5 * MINUTE);
    world.api.resetCounts();
    expect(await world.poll()).toBeNull();
    expect([world.api.counts.get, sales().length]).toEqual([1, 1]);
    for (const [before, count] of [
      [7, 2],
      [3, 3],
      [1, 4],
    ] as const) {
      world.moveTo(new Date(second - before * DAY + 5 * MINUTE).toISOString());
      expect(await world.poll()).toBeNull();
      expect(sales()).toHaveLength(count);
    }
    expect(sales()[1]).toMatch(/moved/i);
    expect(sales()[2]).not.toMatch(/moved/i);
    expect(world.teams.posts('oncall')).toHaveLength(2);
    // Mail that carries an id which was used before may be dropped as a repeat.
    const ids = world.mail.state.mails.map(({ headers }) => headers['message-id']);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('in the list alone: the earlier date governs', async () => {
    const first = START + 3.5 * DAY;
    world = await createWorld({
      referrals: () => [makeReferral({ customer: 'Adatum', createdAt: START - 10 * DAY, expiresAt: first })],
      settings: QUIET,
    });
    await world.poll();
    const id = idOf(world.api.state.referrals[0]);
    world.api.setFaults({ undated: true });
    world.advance(5 * MINUTE);
    await world.poll();
    expect(await expiryOf(id)).toMatchObject({ at: new Date(first).toISOString(), source: 'reported' });
  });
});

it('tells what is still listed two days after its estimated expiry once more, as critical', async () => {
  world = await createWorld({
    // The sandbox expires what is New; Partner Center's words may be written in any case.
    referrals: () => [makeReferral({ customer: 'Adatum', createdAt: START - 12.5 * DAY, status: 'new' })],
    settings: QUIET,
  });
  for (let days = 0; days < 5; days += 1) {
    expect(await world.poll()).toBeNull();
    world.advance(DAY);
  }
  expect(sales()).toHaveLength(2);
  expect(sales()[1]).toMatch(/date has passed and Partner Center still shows it/);
  expect(world.teams.posts('oncall')).toHaveLength(2);
});

describe('what Partner Center no longer shows', () => {
  const all = (answer: number | 'page') =>
    world.api.setFaults({
      byId: Object.fromEntries(world.api.state.referrals.map(row => [idOf(row), answer])),
      hiddenFromList: true,
    });

  it.each([
    ['twelve leads, 404', 12, 404],
    ['twelve leads, 403', 12, 403],
    ['three leads, 410', 3, 410],
    ['five leads, a gateway’s page', 5, 'page'],
    ['one lead, 404, and a list without filter that is empty', 1, 404],
  ] as const)('%s: we may be blind, and nothing is closed', async (_, count, answer) => {
    world = await createWorld({ referrals: () => manyReferrals(count), settings: QUIET });
    expect(await world.poll()).toBeNull();
    const told = world.teams.posts('sales').length;
    all(answer);
    for (let polls = 0; polls < 3; polls += 1) {
      world.advance(5 * MINUTE);
      expect((await world.poll())?.message).toMatch(/hidden/);
    }
    expect(operator()).toEqual([expect.stringContaining(`${count} of ${count}`)]);
    expect(world.teams.posts('sales')).toHaveLength(told);
    world.advance(20 * MINUTE);
    expect((await world.app.health()).status).toBe(503);
    world.api.setFaults({ byId: {}, hiddenFromList: false });
    expect(await world.poll()).toBeNull();
    expect(world.teams.posts('sales')).toHaveLength(told);
    expect((await world.app.health()).body).toMatchObject({ pending: count });
  });

  it('one of two: gone when two polls hear it, said once, and its incident resolved', async () => {
    world = await createWorld({
      referrals: () =>
        ['Adatum', 'Fabrikam'].map(customer =>
          makeReferral({ customer, createdAt: START - 10 * DAY, expiresAt: START + 20 * HOUR }),
        ),
      settings: { ...QUIET, ONCALL_PAGER_URL: '', ONCALL_PAGER_KEY: '' },
    });
    await world.poll();
    const before = sales().length;
    const id = idOf(world.api.state.referrals[0]);
    world.api.remove(id);
    world.advance(5 * MINUTE);
    expect(await world.poll()).toBeNull();
    expect(sales()).toHaveLength(before);
    world.advance(5 * MINUTE);
    expect(await world.poll()).toBeNull();
    expect(sales().slice(before)).toEqual([expect.stringMatching(/no longer shows this/)]);
    world.advance(5 * MINUTE);
    expect(await world.poll()).toBeNull();
    expect(sales()).toHaveLength(before + 1);
  });

  it('one HTML 404 by id: still open', async () => {
    world = await createWorld({
      referrals: () => ['Adatum', 'Fabrikam'].map(customer => makeReferral({ customer })),
      settings: QUIET,
    });
    await world.poll();
    const id = idOf(world.api.state.referrals[0]);
    world.api.setFaults({ byId: { [id]: 'page' }, hiddenFromList: true });
    for (let polls = 0; polls < 4; polls += 1) {
      world.advance(5 * MINUTE);
      expect(await world.poll()).toBeNull();
    }
    expect((await world.app.health()).body).toMatchObject({ pending: 2 });
  });

  it('twelve forbidden, six accepted, two new: each gets its own', async () => {
    world = await createWorld({ referrals: () => manyReferrals(18), settings: QUIET });
    await world.poll();
    const ids = world.api.state.referrals.map(idOf);
    world.api.setFaults({ byId: Object.fromEntries(ids.slice(0, 12).map(id => [id, 403])), hiddenFromList: true });
    for (const id of ids.slice(12)) world.api.accept(id);
    world.api.add(makeReferral({ customer: 'Adatum' }), makeReferral({ customer: 'Fabrikam' }));
    world.advance(5 * MINUTE);
    await world.poll();
    const cards = sales();
    for (const customer of ['Adatum', 'Fabrikam']) expect(cards.some(card => card.includes(customer))).toBe(true);
    expect((await world.app.health()).body).toMatchObject({ pending: 14 });
    world.moveTo('2027-03-08T09:05:00Z');
    await world.poll();
    expect(sales().filter(card => /could not be confirmed/.test(card)).length).toBeGreaterThan(0);
  });

  it('what could not be confirmed until a day after its expiry is told as expired, with that doubt, and closed', async () => {
    world = await createWorld({
      referrals: () =>
        ['Adatum', 'Fabrikam'].map(customer =>
          makeReferral({ customer, createdAt: START - 10 * DAY, expiresAt: START + 3.5 * DAY }),
        ),
      settings: QUIET,
    });
    await world.poll();
    const id = idOf(world.api.state.referrals[0]);
    world.api.setFaults({ byId: { [id]: 403 }, hiddenFromList: true });
    for (let hours = 0; hours < 5 * 24; hours += 6) {
      world.advance(6 * HOUR);
      await world.poll();
    }
    const ends = sales().filter(card => /expired/i.test(card));
    expect(ends).toHaveLength(2);
    expect(ends.filter(card => /could not be confirmed/.test(card))).toHaveLength(1);
    expect((await world.app.health()).body).toMatchObject({ pending: 0 });
  });
});

describe('a list that lags behind what by-id says', () => {
  it('keeps nobody waiting and nobody awake: what was answered is told to nobody, and is not untold', async () => {
    world = await createWorld({
      referrals: () => [
        makeReferral({ customer: 'Adatum', createdAt: START - 13 * DAY, expiresAt: START + 20 * HOUR }),
      ],
      settings: QUIET,
    });
    const { baseUrl } = world.api;
    const ahead = createServer(async ({ url = '', headers }, response) => {
      const answer = await fetch(new URL(url, baseUrl), { headers: { authorization: headers.authorization ?? '' } });
      const body = (await answer.json()) as object;
      const row = url.includes('?') ? body : { ...body, status: 'Active', substatus: 'Accepted' };
      const date = String(answer.headers.get('date'));
      response.writeHead(answer.status, { 'content-type': 'application/json', date }).end(JSON.stringify(row));
    });
    await new Promise<void>(resolve => ahead.listen(0, '127.0.0.1', resolve));
    const { port } = ahead.address() as AddressInfo;
    world.restart({ REFERRALS_API_URL: `http://127.0.0.1:${port}${new URL(baseUrl).pathname}` });
    try {
      for (let minutes = 0; minutes <= 60; minutes += 5) {
        expect(await world.poll()).toBeNull();
        world.advance(5 * MINUTE);
      }
      expect([sales(), operator(), world.teams.posts('oncall')]).toEqual([[], [], []]);
      expect(await world.app.health()).toMatchObject({ status: 200, body: { untold: 0, troubles: [] } });
    } finally {
      ahead.closeAllConnections();
      ahead.close();
    }
  });
});
