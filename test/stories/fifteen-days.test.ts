import { afterEach, expect, it } from 'vitest';
import { HOUR } from '../../src/base/instant.ts';
import { makeReferral } from '../sandbox/referrals-api/make-referral.ts';
import { textOf } from '../support/read-card.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
afterEach(() => world.close());

/** What a channel was told of a customer, card by card. */
function toldOf(channel: string, customer: string): string[] {
  const cards = world.teams.posts(channel).map(({ card }) => card);
  return cards.filter(card => textOf(card).startsWith(customer)).map(textOf);
}

it('grows louder over fifteen days, each step once, and falls silent when answered', async () => {
  const start = Date.parse('2027-03-01T09:00:00Z');
  world = await createWorld();
  world.api.add(
    makeReferral({ customer: 'Adatum', createdAt: start }),
    makeReferral({ customer: 'Fabrikam', createdAt: start - 20 * HOUR }),
    makeReferral({ customer: 'Litware', createdAt: start - 40 * HOUR, type: 'Shared' }),
  );
  const litware = world.api.state.referrals.find(({ customerProfile }) =>
    JSON.stringify(customerProfile).includes('Litware'),
  );

  for (let hours = 0; hours <= 15 * 24; hours += 3) {
    expect(await world.poll()).toBeNull();
    if (hours === 9 * 24) world.api.accept(String(litware?.id));
    world.advance(3 * HOUR);
  }

  for (const customer of ['Adatum', 'Fabrikam']) {
    expect(toldOf('sales', customer)).toEqual([
      expect.stringContaining('New lead'),
      expect.stringContaining('7 days left'),
      expect.stringContaining('3 days left'),
      expect.stringMatching(/24 hours left|1 day left/),
      expect.stringMatching(/expired/i),
    ]);
    expect(toldOf('oncall', customer)).toHaveLength(2);
  }
  expect(toldOf('sales', 'Litware')).toEqual([
    expect.stringContaining('New co-sell'),
    expect.stringContaining('7 days left'),
    expect.stringContaining('3 days left'),
    expect.stringMatching(/accepted/i),
  ]);
  expect(toldOf('oncall', 'Litware')).toEqual([]);
  expect(world.mail.state.mails).toHaveLength(14);
  expect(world.teams.posts('operator')).toEqual([]);

  const posts = world.teams.state.posts.length;
  expect(await world.poll()).toBeNull();
  expect(world.teams.state.posts).toHaveLength(posts);
});
