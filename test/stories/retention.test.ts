import { afterEach, expect, it } from 'vitest';
import { DAY } from '../../src/instant.ts';
import { makeReferral } from '../sandbox/referrals-api/make-referral.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
afterEach(() => world.close());

it('erases what is known of a referral 90 days after it was closed', async () => {
  world = await createWorld({ referrals: () => [makeReferral({ customer: 'Adatum' })] });
  const id = String(world.api.state.referrals[0]?.id);
  await world.poll();
  world.api.accept(id);
  await world.poll();
  expect(await world.tableText()).toContain('Adatum');

  world.advance(89 * DAY);
  await world.poll();
  expect(await world.tableText()).toContain('Adatum');

  world.advance(2 * DAY);
  await world.poll();
  expect(await world.tableText()).not.toContain('Adatum');
  expect(await world.tableText()).not.toContain(id);
});
