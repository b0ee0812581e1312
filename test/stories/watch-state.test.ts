import { afterEach, beforeEach, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/base/instant.ts';
import { makeReferral } from '../sandbox/referrals-api/make-referral.ts';
import { type CountingProxy, createCountingProxy } from '../support/counting-proxy.ts';
import { textOf } from '../support/read-card.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
let proxy: CountingProxy;
/** Requests to the tables that are refused, by method and path. */
let refused: RegExp | null = null;
let restart: () => void;

beforeEach(async () => {
  refused = null;
  world = await createWorld({ referrals: () => [makeReferral({ customer: 'Adatum' })] });
  const [endpoint = ''] = /http:\/\/[^/;]+/.exec(world.tables.connectionString) ?? [];
  proxy = await createCountingProxy(endpoint, {
    before: ({ method, path }) => (refused?.test(`${method} ${path}`) ? 403 : 'pass'),
  });
  restart = () =>
    world.restart({
      TABLES_CONNECTION_STRING: world.tables.connectionString.replaceAll(endpoint, proxy.url),
      CHECKPOINT_RETENTION_DAYS: '2',
    });
  restart();
});
afterEach(async () => {
  await proxy.close();
  await world.close();
});

const alarms = () => world.teams.posts('operator').map(({ card }) => textOf(card));

it.each([
  ['written', /^(PUT|POST|MERGE|PATCH) .*WatchState/],
  ['read', /^GET .*WatchState/],
  ['read or written', / .*WatchState/],
])(
  'a watch state that cannot be %s: leads are told, and the operator hears of it in the same poll, once',
  async (_, which) => {
    expect(await world.poll()).toBeNull();
    restart();
    world.api.add(makeReferral({ customer: 'Fabrikam' }));
    refused = which;
    for (let polls = 0; polls < 3; polls += 1) {
      expect((await world.poll())?.message).toMatch(/watch state/i);
      world.advance(5 * MINUTE);
    }
    expect(world.teams.posts('sales')).toHaveLength(2);
    expect(alarms()).toEqual([expect.stringContaining('watch state cannot be read or written')]);

    world.advance(DAY);
    await world.poll();
    expect(alarms()).toHaveLength(2);

    refused = null;
    world.advance(5 * MINUTE);
    expect(await world.poll()).toBeNull();
    expect(alarms().at(-1)).toContain('can be read and written again');
    expect((await world.app.health()).status).toBe(200);
  },
);

it('housekeeping that fails keeps no heartbeat back, and is a trouble of its own', async () => {
  expect(await world.poll()).toBeNull();
  world.api.accept(String(world.api.state.referrals[0]?.id));
  world.advance(5 * MINUTE);
  expect(await world.poll()).toBeNull();
  world.advance(3 * DAY);
  refused = /closed/;
  expect(await world.poll()).toBeNull();
  expect((await world.app.health()).status).toBe(200);
  expect(alarms()).toEqual([expect.stringContaining('Old checkpoints cannot be erased')]);

  refused = null;
  world.advance(HOUR);
  expect(await world.poll()).toBeNull();
  expect(alarms().at(-1)).toContain('erased again');
  expect(await world.tableText()).not.toContain('Adatum');
});
