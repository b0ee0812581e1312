import { afterEach, expect, it } from 'vitest';
import { HOUR, MINUTE } from '../../src/base/instant.ts';
import { makeReferral } from '../sandbox/referrals-api/make-referral.ts';
import { textOf } from '../support/read-card.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
afterEach(() => world.close());

const customers = ['Adatum', 'Fabrikam', 'Litware', 'Northwind'];
const told = () =>
  world.teams.posts('sales').map(({ card }) => customers.find(customer => textOf(card).includes(customer)));

it('a walk that its time cut short asks from the other end at the next poll, and so in turn', async () => {
  world = await createWorld({
    pageSize: 1,
    referrals: () => customers.map((customer, i) => makeReferral({ customer, createdAt: Date.now() - (4 - i) * HOUR })),
    settings: { EMAIL_TO: '' },
  });
  const short = { walk: -1 };
  for (const expected of [['Adatum'], ['Adatum', 'Northwind']]) {
    // Across processes: the table remembers where the last one began.
    world.restart({}, short);
    expect((await world.poll())?.message).toMatch(/takes too long/);
    expect(told()).toEqual(expected);
    world.advance(5 * MINUTE);
  }
  world.api.accept(String(world.api.state.referrals[0]?.id));
  expect(await world.poll()).not.toBeNull();
  expect(told()).toEqual(['Adatum', 'Northwind', 'Fabrikam']);

  world.restart();
  world.advance(5 * MINUTE);
  expect(await world.poll()).toBeNull();
  expect(told().filter(customer => customer === 'Litware')).toHaveLength(1);
});
