import { afterEach, describe, expect, it } from 'vitest';
import { createApp } from '../../src/app/app.ts';
import { openTable } from '../../src/azure/tables.ts';
import { DAY, HOUR, MINUTE } from '../../src/base/instant.ts';
import { makeReferral } from '../sandbox/referrals-api/make-referral.ts';
import { createCountingProxy } from '../support/counting-proxy.ts';
import { textOf } from '../support/read-card.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
afterEach(() => world.close());

const QUIET = { EMAIL_TO: '' };
const START = Date.parse('2027-03-01T09:00:00Z');
const sales = () => world.teams.posts('sales').map(({ card }) => textOf(card));
const operator = () => world.teams.posts('operator').map(({ card }) => textOf(card));
const table = (name: string) => openTable({ connectionString: world.tables.connectionString }, name);
const lead = (customer: string, days = 13) =>
  makeReferral({ customer, createdAt: START - DAY, expiresAt: START + days * DAY });

describe('what a row cannot hold or nobody can read', () => {
  it('a customer’s name of 33,000 letters: everybody is told, once', async () => {
    world = await createWorld({
      referrals: () => [lead('Adatum'), lead('W'.repeat(33_000)), lead('Fabrikam')],
      settings: QUIET,
    });
    for (let polls = 0; polls < 3; polls += 1) {
      expect(await world.poll()).toBeNull();
      world.advance(5 * MINUTE);
    }
    expect(sales()).toHaveLength(3);
    expect(operator()).toEqual([]);
  });

  it.each([
    ['400 to one row, but not without its words', /Fabrikam/, 'could only be saved without what people wrote'],
    ['400 to one row in every form', /RowKey\W+%ID%/, 'does not take at all'],
  ])('%s: told once, its steps too, and the operator hears of it', async (_, pattern, text) => {
    world = await createWorld({
      referrals: () => [lead('Adatum'), lead('Fabrikam'), lead('Litware')],
      settings: QUIET,
    });
    const id = String(world.api.state.referrals[1]?.id);
    const refused = new RegExp(pattern.source.replace('%ID%', id));
    const proxy = await createCountingProxy(world.tables.url, {
      keepBodies: true,
      before: ({ method, body }) => (method !== 'GET' && refused.test(body ?? '') ? 400 : 'pass'),
    });
    world.restart({ TABLES_CONNECTION_STRING: world.tables.connectionString.replace(world.tables.url, proxy.url) });
    for (let polls = 0; polls < 3; polls += 1) {
      expect(await world.poll()).toBeNull();
      world.advance(5 * MINUTE);
    }
    expect(sales()).toHaveLength(3);
    expect(operator()[0]).toContain(text);
    world.moveTo('2027-03-07T09:05:00Z');
    expect(await world.poll()).toBeNull();
    expect(sales()).toHaveLength(6);
    await proxy.close();
  });

  it.each(['[[', '{}', 'null', '["new"]'])(
    'a row whose deliveries are %j: told as perhaps a repeat, the others as ever',
    async deliveries => {
      world = await createWorld({ referrals: () => [lead('Adatum'), lead('Fabrikam')], settings: QUIET });
      expect(await world.poll()).toBeNull();
      const rowKey = String(world.api.state.referrals[0]?.id);
      await table('ReferralCheckpoints').updateEntity(
        { partitionKey: 'open', rowKey, deliveries, restUntil: '' },
        'Merge',
      );
      for (let polls = 0; polls < 3; polls += 1) {
        world.restart();
        world.advance(5 * MINUTE);
        expect(await world.poll()).toBeNull();
      }
      expect(sales().slice(2)).toEqual([expect.stringMatching(/Adatum[\s\S]*may be a repeat/)]);
      expect(operator()).toEqual([expect.stringContaining('1 row could not be read'), expect.anything()]);
    },
  );

  it('a row whose expiry nobody can read, while Partner Center is away: it is the one that its other dates name', async () => {
    world = await createWorld({ referrals: () => [lead('Adatum')], settings: QUIET });
    expect(await world.poll()).toBeNull();
    const rowKey = String(world.api.state.referrals[0]?.id);
    await table('ReferralCheckpoints').updateEntity(
      { partitionKey: 'open', rowKey, expiryAt: 'soon', restUntil: '' },
      'Merge',
    );
    world.api.setFaults({ down: true });
    for (let polls = 0; polls < 6; polls += 1) {
      world.advance(6 * HOUR);
      expect(await world.poll()).not.toBeNull();
    }
    expect(sales()).toHaveLength(1);
    expect(world.teams.posts('oncall')).toEqual([]);
    world.moveTo('2027-03-07T09:05:00Z');
    await world.poll();
    expect(sales()[1]).toMatch(/Adatum[\s\S]*answer by the end of Sat 13 Mar[\s\S]*could not be confirmed/);
  });

  it.each(['', '{', 'null', '"good"'])(
    'a watch state that is %j: leads are told, it is mended, and the operator hears of it once',
    async state => {
      world = await createWorld({ referrals: () => [lead('Adatum')], settings: QUIET });
      expect(await world.poll()).toBeNull();
      await table('WatchState').updateEntity({ partitionKey: 'watch', rowKey: 'state', state }, 'Merge');
      world.restart();
      world.api.add(lead('Fabrikam'));
      for (let polls = 0; polls < 3; polls += 1) {
        world.advance(5 * MINUTE);
        await world.poll();
      }
      expect(sales()).toHaveLength(2);
      expect((await world.app.health()).status).toBe(200);
      expect(operator().filter(text => text.includes('watch state cannot be read'))).toHaveLength(1);
    },
  );
});

describe('our clock', () => {
  /** An app in the same world whose clock is wrong. */
  const appAt = (skew: number) => createApp(world.env, { log: world.log, clock: () => Date.now() + skew });

  it.each([
    ['thirty days ahead', 30 * DAY],
    ['thirteen days ahead', 13 * DAY],
    ['seven days ahead', 7 * DAY],
  ])('%s in one poll: the operator hears of it, nothing is closed, and every step still comes', async (_, skew) => {
    world = await createWorld({ referrals: () => [lead('Adatum'), lead('Fabrikam')], settings: QUIET });
    expect(await world.poll()).toBeNull();
    world.api.add(lead('Litware'));
    world.advance(5 * MINUTE);
    await expect(appAt(skew).poll()).rejects.toThrow(/clock/);
    expect(operator()).toEqual([expect.stringMatching(/clock[\s\S]*ahead/)]);
    expect(sales().some(text => /expired|has passed/i.test(text))).toBe(false);
    // Without another poll nobody watches.
    world.restart();
    world.advance(20 * MINUTE);
    expect((await world.app.health()).status).toBe(503);

    expect(await world.poll()).toBeNull();
    expect((await world.app.health()).body).toMatchObject({ pending: 3 });
    expect((await world.app.health()).status).toBe(200);
    for (const [days, count] of [
      [6, 3],
      [10, 3],
      [12, 3],
    ] as const) {
      const before = sales().length;
      world.moveTo(new Date(START + days * DAY + 10 * MINUTE).toISOString());
      expect(await world.poll()).toBeNull();
      expect(sales().length - before).toBe(count);
    }
    expect(operator().some(text => /clock/i.test(text) && /right again|over/i.test(text))).toBe(true);
  });

  it('ahead, and then Partner Center away: nothing is told as expired, for nobody says that it is right again', async () => {
    world = await createWorld({ referrals: () => [lead('Adatum')], settings: QUIET });
    expect(await world.poll()).toBeNull();
    const app = appAt(30 * DAY);
    await expect(app.poll()).rejects.toThrow(/clock/);
    // Another process, whose clock is right.
    expect(await world.poll()).toBeNull();
    world.api.setFaults({ forbidden: true });
    await expect(app.poll()).rejects.toThrow(/Partner Center/);
    expect(sales().some(text => /expired|has passed/i.test(text))).toBe(false);
    world.api.setFaults({ forbidden: false });
    expect(await world.poll()).toBeNull();
    expect((await world.app.health()).body).toMatchObject({ pending: 1 });
  });

  it('ahead while a channel refuses: what waits there waits for no later moment than any other', async () => {
    world = await createWorld({ referrals: () => [lead('Adatum')], settings: QUIET });
    world.teams.setFaults({ gone: true }, 'sales');
    await world.poll();
    world.advance(5 * MINUTE);
    await expect(appAt(20 * DAY).poll()).rejects.toThrow(/clock/);
    world.teams.setFaults({ gone: false }, 'sales');
    world.restart();
    world.advance(70 * MINUTE);
    await world.poll();
    expect(sales()).toHaveLength(1);
  });

  it('behind: what was told counts', async () => {
    world = await createWorld({ referrals: () => [lead('Adatum')], settings: QUIET });
    expect(await world.poll()).toBeNull();
    world.advance(5 * MINUTE);
    await expect(appAt(-2 * HOUR).poll()).rejects.toThrow(/behind/);
    expect(sales()).toHaveLength(1);
  });

  it('nine minutes off is no trouble', async () => {
    world = await createWorld({ referrals: () => [lead('Adatum')], settings: QUIET });
    await appAt(9 * MINUTE).poll();
    await appAt(-9 * MINUTE).poll();
    expect([sales().length, operator()]).toEqual([1, []]);
  });
});
