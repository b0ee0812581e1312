import { afterEach, expect, it } from 'vitest';
import { HOUR, MINUTE } from '../../src/base/instant.ts';
import { makeReferral } from '../sandbox/referrals-api/make-referral.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
afterEach(() => world.close());

it('25 leads of one day: few messages, every critical one named, bounded incidents, everyone told', async () => {
  world = await createWorld();
  const createdAt = Date.now() - HOUR;
  const leads = Array.from({ length: 25 }, (_, n) => makeReferral({ customer: `Storm ${n}`, createdAt }));
  world.api.add(...leads);
  world.restart({
    ONCALL_PAGER_KEY: world.pager.routingKey,
    ONCALL_PAGER_URL: world.pager.enqueueUrl,
    ONCALL_EMAIL_TO: 'oncall@contoso.example.com',
  });
  const count = () => ({
    sales: world.teams.posts('sales').length,
    oncall: world.teams.posts('oncall').length,
    mails: world.mail.state.mails.length,
    pages: world.pager.state.events.length,
  });
  let before = count();
  for (let hours = 0; hours <= 13 * 24; hours += 12) {
    expect(await world.poll()).toBeNull();
    const now = count();
    expect(now.sales - before.sales).toBeLessThanOrEqual(2);
    expect(now.oncall - before.oncall).toBeLessThanOrEqual(2);
    expect(now.mails - before.mails).toBeLessThanOrEqual(4);
    expect(now.pages - before.pages).toBeLessThanOrEqual(11);
    before = now;
    world.advance(12 * HOUR);
  }
  // new, 7d, 3d as one each; critical named in two
  expect(count()).toEqual({ sales: 5, oncall: 2, mails: 7, pages: 11 });
  const critical = JSON.stringify(world.teams.posts('oncall').map(({ card }) => card));
  const pages = JSON.stringify(world.pager.state.events);
  for (const lead of leads) {
    expect(critical).toContain(String(lead.id));
    expect(pages).toContain(String(lead.id));
  }
  const body = (await world.app.health()).body;
  expect(body).toMatchObject({ undelivered: 0, untold: 0 });

  // The shared incident ends with the last of those that share it.
  const incidents = [...world.pager.state.incidents.values()];
  const shared = incidents.filter(({ dedupKey }) => !leads.some(({ id }) => id === dedupKey));
  expect(shared).toHaveLength(1);
  const own = new Set(incidents.map(({ dedupKey }) => dedupKey));
  const sharing = leads.filter(({ id }) => !own.has(String(id)));
  expect(sharing).toHaveLength(15);
  for (const { id } of sharing.slice(1)) world.api.accept(String(id));
  await world.poll();
  expect(shared[0]?.resolved).toBe(false);
  world.api.accept(String(sharing[0]?.id));
  world.advance(5 * MINUTE);
  await world.poll();
  expect(
    [...world.pager.state.incidents.values()].find(({ dedupKey }) => dedupKey === shared[0]?.dedupKey)?.resolved,
  ).toBe(true);
});
