import { afterEach, expect, test } from 'vitest';
import { DAY, MINUTE } from '../../src/base/instant.ts';
import { makeReferral } from '../sandbox/referrals-api/make-referral.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
afterEach(() => world.close());

test('what is over is erased after 90 days, and not before', async () => {
  world = await createWorld({ referrals: () => [makeReferral({ customer: 'Adatum Corporation' })] });
  const id = String(world.api.state.referrals[0]?.id);
  await world.poll();
  world.api.accept(id);
  world.advance(5 * MINUTE);
  await world.poll();
  world.advance(89 * DAY);
  expect(await world.poll()).toBe(null);
  expect(await world.tableText()).toContain(id);
  world.advance(2 * DAY);
  expect(await world.poll()).toBe(null);
  expect(await world.tableText()).not.toMatch(new RegExp(`${id}|Adatum`));
});
