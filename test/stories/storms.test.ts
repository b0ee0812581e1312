import { afterEach, expect, it } from 'vitest';
import { HOUR, MINUTE } from '../../src/base/instant.ts';
import { createAcs } from '../sandbox/acs/acs.ts';
import { makeReferral } from '../sandbox/referrals-api/make-referral.ts';
import { createBotWorld, LEADS } from '../support/bot-world.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
let close: () => Promise<unknown>;
afterEach(() => close());

it('25 leads of one day: few messages, every critical one named, bounded incidents, everyone told', async () => {
  world = await createWorld();
  close = () => world.close();
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

it('the same through the bot and Azure Communication Services', { timeout: 60_000 }, async () => {
  const acs = await createAcs();
  acs.course.push(...Array.from({ length: 99 }, () => 'Succeeded' as const));
  const story = await createBotWorld();
  close = () => Promise.all([story.close(), acs.close()]);
  world = story.world;
  const { connector, counts } = story;
  const createdAt = Date.now() - HOUR;
  const leads = Array.from({ length: 25 }, (_, n) => makeReferral({ customer: `Storm ${n}`, createdAt }));
  world.api.add(...leads);
  world.restart({
    TEAMS_WEBHOOK_URL: '',
    ONCALL_TEAMS_WEBHOOK_URL: '',
    SMTP_URL: '',
    ACS_ENDPOINT: acs.url,
    AZURE_CLIENT_ID: story.settings.BOT_APP_ID ?? '',
  });
  await connector.install(LEADS);
  await connector.say('use this channel', LEADS);
  const count = () => ({ posts: counts().posts + counts().replies, mails: acs.operations.size });
  const begin = count();
  let before = begin;
  for (let hours = 0; hours <= 13 * 24; hours += 12) {
    expect(await world.poll()).toBeNull();
    const now = count();
    expect(now.posts - before.posts).toBeLessThanOrEqual(2);
    expect(now.mails - before.mails).toBeLessThanOrEqual(2);
    before = now;
    world.advance(12 * HOUR);
  }
  // new, 7d, 3d as one each; critical named in as few as show them all
  const posts = connector.conversation(LEADS).messages.filter(({ from, card }) => from === 'bot' && card);
  const last = (texts: readonly string[]) => texts.slice(-2).join();
  const cards = last(posts.map(({ card }) => JSON.stringify(card)));
  const mails = last([...acs.operations.values()].map(({ message }) => JSON.stringify(message)));
  for (const { id } of leads) {
    expect(cards).toContain(String(id));
    expect(mails).toContain(String(id));
  }
  expect(count().posts - begin.posts).toBeLessThanOrEqual(5);
  expect(count().mails).toBeLessThanOrEqual(5);
  expect((await world.app.health()).body).toMatchObject({ undelivered: 0, untold: 0 });
});
