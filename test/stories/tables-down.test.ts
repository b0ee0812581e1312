import { afterEach, beforeEach, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/base/instant.ts';
import { makeReferral } from '../sandbox/referrals-api/make-referral.ts';
import { type CountingProxy, createCountingProxy } from '../support/counting-proxy.ts';
import { textOf } from '../support/read-card.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
let proxy: CountingProxy;
let isDown = false;

const leadWith = (left: number, customer: string) =>
  makeReferral({ customer, createdAt: Date.now() + left - 14 * DAY, expiresAt: Date.now() + left });

beforeEach(async () => {
  isDown = false;
  world = await createWorld({ settings: { EMAIL_TO: '', SMTP_URL: '', EMAIL_FROM: '' } });
  const [endpoint = ''] = /http:\/\/[^/;]+/.exec(world.tables.connectionString) ?? [];
  proxy = await createCountingProxy(endpoint, { before: () => (isDown ? 403 : 'pass') });
  world.restart({
    TABLES_CONNECTION_STRING: world.tables.connectionString.replaceAll(endpoint, proxy.url),
    ONCALL_PAGER_URL: world.pager.enqueueUrl,
    ONCALL_PAGER_KEY: world.pager.routingKey,
  });
});
afterEach(async () => {
  await proxy.close();
  await world.close();
});

const posts = (place: 'sales' | 'oncall' | 'operator') => world.teams.posts(place).map(({ card }) => textOf(card));
const incidents = () => [...world.pager.state.incidents].map(([key, { resolved }]) => [key, resolved]);
const naming = (texts: readonly string[], id: unknown) => texts.filter(text => text.includes(String(id)));

it('leads in their last day reach pager, on-call and operator while the tables are down for a week end', async () => {
  const [urgent, calm] = [leadWith(30 * HOUR, 'Adatum'), leadWith(9 * DAY, 'Fabrikam')];
  world.api.add(urgent);
  world.api.add(calm);
  isDown = true;
  expect((await world.poll())?.message).toMatch(/Table Storage/);
  expect([posts('sales'), posts('oncall')]).toEqual([[], []]);
  expect(posts('operator').join()).toMatch(/2 pending, the earliest expires 20\d\d-\d\d-\d\d \d\d:\d\d UTC:/);

  world.advance(7 * HOUR);
  for (let polls = 0; polls < 3; polls += 1) {
    expect(await world.poll()).not.toBeNull();
    world.advance(5 * MINUTE);
  }
  const told = naming(posts('oncall'), urgent.id);
  expect(told).toHaveLength(1);
  expect(told[0]).not.toMatch(/Adatum|Fabrikam/);
  expect(naming(posts('operator'), urgent.id)).toHaveLength(1);
  expect(naming(posts('oncall'), calm.id)).toEqual([]);
  expect(posts('sales')).toEqual([]);
  expect(incidents()).toEqual([[urgent.id, false]]);

  world.advance(6 * HOUR);
  expect(await world.poll()).not.toBeNull();
  expect(naming(posts('oncall'), urgent.id)).toHaveLength(2);

  world.api.accept(String(urgent.id));
  isDown = false;
  expect(await world.poll()).toBeNull();
  expect(incidents()).toEqual([[urgent.id, true]]);
  expect(naming(posts('sales'), calm.id)).toHaveLength(1);
});

it('sales hears of them where none of these takes it', async () => {
  const lead = leadWith(20 * HOUR, 'Adatum');
  world.api.add(lead);
  isDown = true;
  for (const place of ['oncall', 'operator'] as const) world.teams.setFaults({ gone: true }, place);
  world.pager.setFaults({ down: true });
  expect(await world.poll()).not.toBeNull();
  expect(naming(posts('sales'), lead.id)).toHaveLength(1);
  world.advance(5 * MINUTE);
  expect(await world.poll()).not.toBeNull();
  expect(naming(posts('sales'), lead.id)).toHaveLength(1);
});

it('on-call is woken once in six hours while the tables come and go', async () => {
  const lead = leadWith(20 * HOUR, 'Adatum');
  world.api.add(lead);
  for (let polls = 0; polls < 6; polls += 1) {
    isDown = polls % 2 === 0;
    await world.poll();
    world.advance(5 * MINUTE);
  }
  // Once while they were away, and once by itself when they were back.
  expect(naming(posts('oncall'), lead.id)).toHaveLength(2);
});

it('with the tables back the incident of a lead that is only hidden stays open', async () => {
  const [hidden, other] = [leadWith(20 * HOUR, 'Adatum'), leadWith(9 * DAY, 'Fabrikam')];
  world.api.add(hidden, other);
  expect(await world.poll()).toBeNull();
  isDown = true;
  world.advance(5 * MINUTE);
  expect(await world.poll()).not.toBeNull();
  isDown = false;
  world.api.setFaults({ byId: { [String(hidden.id)]: 403 }, hiddenFromList: true });
  world.advance(5 * MINUTE);
  expect(await world.poll()).toBeNull();
  expect(incidents()).toEqual([[hidden.id, false]]);
});

it('every incident of a storm ends with it, also when the pager takes nothing at first', async () => {
  const leads = Array.from({ length: 12 }, (_, i) => leadWith(20 * HOUR + i * MINUTE, `Fourth Coffee ${i}`));
  world.api.add(...leads);
  isDown = true;
  expect(await world.poll()).not.toBeNull();
  expect(incidents()).toHaveLength(11);

  for (const { id } of leads) world.api.accept(String(id));
  isDown = false;
  world.pager.setFaults({ down: true });
  world.advance(5 * MINUTE);
  await world.poll();
  expect(world.pager.state.refused).toHaveLength(1);
  world.pager.setFaults({ down: false });
  world.advance(5 * MINUTE);
  await world.poll();
  expect(incidents().filter(([, resolved]) => !resolved)).toEqual([]);
});

it.each([
  ['cuts us off is asked once a poll, and ends all as soon as it answers', { reset: true }, [1, 0, 0], 0],
  ['rejects what it is sent is not asked for ever', { down: 413 }, [2, 0, 0], 2],
])('a pager that %s', async (_, fault, asked, unresolved) => {
  const leads = [leadWith(20 * HOUR, 'Adatum'), leadWith(21 * HOUR, 'Fabrikam')];
  world.api.add(...leads);
  isDown = true;
  expect(await world.poll()).not.toBeNull();
  expect(incidents()).toHaveLength(2);
  for (const { id } of leads) world.api.accept(String(id));
  isDown = false;

  world.pager.setFaults(fault);
  for (const times of asked) {
    const before = world.pager.state.refused.length;
    world.advance(5 * MINUTE);
    await world.poll();
    expect(world.pager.state.refused.length - before).toBe(times);
    world.pager.setFaults({ reset: false, down: false });
  }
  expect(incidents().filter(([, resolved]) => !resolved)).toHaveLength(unresolved);
});
