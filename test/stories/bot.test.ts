import { afterEach, expect, it } from 'vitest';
import { HOUR, MINUTE } from '../../src/base/instant.ts';
import type { Message, Person } from '../sandbox/bot-connector/world.ts';
import { PEOPLE } from '../sandbox/bot-connector/world.ts';
import { makeReferral } from '../sandbox/referrals-api/make-referral.ts';
import { type BotWorld, createBotWorld, LEADS } from '../support/bot-world.ts';

const [adele, megan] = PEOPLE as [Person, Person];

let story: BotWorld;
afterEach(() => story.close());

const textOf = (message: Message | undefined) => JSON.stringify(message?.card);

/** Polls every twelve hours until then. */
async function pollUntil(instant: string): Promise<void> {
  for (;;) {
    expect(await story.world.poll()).toBeNull();
    const left = Date.parse(instant) - Date.now();
    if (left <= 0) return;
    story.world.advance(Math.min(12 * HOUR, left));
  }
}

it('one card tells the whole story of a lead, and every call to Teams is accounted for', async () => {
  story = await createBotWorld({
    settings: { ONCALL_EMAIL_TO: megan.upn },
    referrals: () => [makeReferral({ customer: 'Fabrikam', createdAt: Date.parse('2027-03-01T08:00:00Z') })],
  });
  const { connector, world, counts, cardOf } = story;
  await connector.install(LEADS);
  expect(await world.poll()).toBeNull();
  expect(counts()).toEqual({ posts: 1, edits: 0, replies: 0 });
  await connector.say('use this channel for Sales', LEADS);
  expect(counts()).toEqual({ posts: 1, edits: 0, replies: 1 });

  await pollUntil('2027-03-07T18:00:00Z');
  expect(counts()).toEqual({ posts: 2, edits: 0, replies: 1 });
  const card = cardOf('Fabrikam') as Message;
  expect(textOf(card)).toContain('New lead');

  await pollUntil('2027-03-08T12:00:00Z');
  expect(counts()).toEqual({ posts: 2, edits: 1, replies: 2 });
  expect(textOf(card)).toContain('Reminder');
  const thread = () =>
    connector.conversation(LEADS).messages.filter(({ id, threadId }) => threadId === card.id && id !== card.id);
  expect(thread()).toHaveLength(1);

  await pollUntil('2027-03-11T12:00:00Z');
  const [referral] = world.api.state.referrals;
  const id = String(referral?.id);
  await connector.pressButton({
    conversation: LEADS,
    activityId: card.id,
    verb: 'claim',
    data: { referralId: id },
    user: adele,
  });
  expect(counts()).toEqual({ posts: 2, edits: 2, replies: 2 });
  expect(textOf(card)).toContain('Claimed by Adele Vance');

  await pollUntil('2027-03-13T06:00:00Z');
  expect(counts()).toEqual({ posts: 2, edits: 2, replies: 2 });

  await pollUntil('2027-03-13T12:05:00Z');
  expect(counts()).toEqual({ posts: 2, edits: 3, replies: 3 });
  expect(textOf(card)).toContain('Warning');
  expect(textOf(card)).not.toContain('Claimed by');
  expect(textOf(card)).toContain('"claim"');

  await pollUntil('2027-03-14T02:00:00Z');
  expect(counts()).toEqual({ posts: 2, edits: 4, replies: 4 });
  expect(textOf(card)).toContain('Critical');
  expect(thread().at(-1)?.mentions).toEqual([{ id: megan.upn, name: 'megan' }]);

  world.api.accept(id);
  await pollUntil('2027-03-16T00:00:00Z');
  expect(counts()).toEqual({ posts: 2, edits: 5, replies: 4 });
  expect(textOf(card)).toContain('answered');
  expect(textOf(card)).not.toContain('Action.Execute');
  expect(cardOf('Fabrikam')?.id).toBe(card.id);
});

it('a claim quiets what comes while it lasts, but never critical; the answered card says who had it', async () => {
  story = await createBotWorld({
    settings: { ONCALL_EMAIL_TO: megan.upn },
    referrals: () => [makeReferral({ customer: 'Fabrikam', createdAt: Date.parse('2027-03-01T08:00:00Z') })],
  });
  const { connector, world, counts, cardOf } = story;
  await connector.install(LEADS);
  await connector.say('use this channel', LEADS);
  await pollUntil('2027-03-13T18:00:00Z');
  const before = counts();
  const card = cardOf('Fabrikam') as Message;
  const id = String(world.api.state.referrals[0]?.id);
  await connector.pressButton({
    conversation: LEADS,
    activityId: card.id,
    verb: 'claim',
    data: { referralId: id },
    user: adele,
  });
  await pollUntil('2027-03-14T06:00:00Z');
  expect(counts()).toEqual({ ...before, edits: before.edits + 2, replies: before.replies + 1 });
  const reply = connector.conversation(LEADS).messages.at(-1);
  expect(reply?.mentions.map(({ id: who }) => who)).toEqual([adele.objectId, megan.upn]);
  expect(textOf(card)).toContain('Critical');
  expect(textOf(card)).toContain('Claimed by Adele Vance');

  world.api.accept(id);
  await pollUntil('2027-03-14T12:00:00Z');
  expect(textOf(card)).toContain('answered by Adele Vance');
});

it('snooze keeps quiet for a day, then tells the step that is due', async () => {
  story = await createBotWorld({
    referrals: () => [makeReferral({ customer: 'Fabrikam', createdAt: Date.parse('2027-03-01T08:00:00Z') })],
  });
  const { connector, world, counts, cardOf } = story;
  await connector.install(LEADS);
  await connector.say('use this channel', LEADS);
  await pollUntil('2027-03-07T18:00:00Z');
  const id = String(world.api.state.referrals[0]?.id);
  const card = cardOf('Fabrikam') as Message;
  await connector.pressButton({ conversation: LEADS, activityId: card.id, verb: 'snooze', data: { referralId: id } });
  const before = counts();
  await pollUntil('2027-03-08T12:00:00Z');
  expect(counts()).toEqual(before);
  await pollUntil('2027-03-08T18:10:00Z');
  expect(counts()).toEqual({ ...before, edits: before.edits + 1, replies: before.replies + 1 });
  expect(textOf(card)).toContain('Reminder');
  expect(textOf(card)).not.toContain('Snoozed');
});

it('a channel bound late is told the backlog; a flood is a digest whose referrals get their own cards at a step', async () => {
  story = await createBotWorld({
    settings: { DIGEST_ABOVE: '2' },
    referrals: () =>
      ['Adatum', 'Fabrikam', 'Litware'].map((customer, i) =>
        makeReferral({ customer, createdAt: Date.parse('2027-03-01T08:00:00Z') - i * HOUR }),
      ),
  });
  const { connector, world, counts, cardOf } = story;
  await connector.install(LEADS);
  await pollUntil('2027-03-02T00:00:00Z');
  expect(counts()).toEqual({ posts: 1, edits: 0, replies: 0 });
  await connector.say('use this channel', LEADS);
  await pollUntil('2027-03-02T06:00:00Z');
  expect(counts()).toEqual({ posts: 2, edits: 0, replies: 1 });
  expect(textOf(connector.conversation(LEADS).messages.at(-1))).toContain('3 new referrals');

  await pollUntil('2027-03-08T06:00:00Z');
  expect(cardOf('Reminder')).toBeDefined();
  const posts = connector.world.calls.filter(
    ({ kind, body }) => kind === 'post' && JSON.stringify(body).includes('Reminder'),
  );
  expect(posts).toHaveLength(3);

  await connector.uninstall(LEADS);
  const calls = connector.world.calls.length;
  await pollUntil('2027-03-16T00:00:00Z');
  expect(connector.world.calls).toHaveLength(calls);
  expect(world.log.lines.some(({ event }) => event === 'bot.turn-failed')).toBe(false);
});

it('a lost channel is one trouble, however many referrals', async () => {
  story = await createBotWorld({
    referrals: () =>
      Array.from({ length: 5 }, (_, i) =>
        makeReferral({ customer: `Tailspin ${i}`, createdAt: Date.parse('2027-03-01T08:00:00Z') }),
      ),
  });
  const { connector, world } = story;
  await connector.install(LEADS);
  await connector.say('use this channel', LEADS);
  const leads = connector.conversation(LEADS);
  leads.deleted = true;
  expect(await world.poll()).toBeNull();
  world.advance(5 * MINUTE);
  expect(await world.poll()).toBeNull();
  expect(world.teams.posts('operator')).toHaveLength(1);
  expect(world.teams.posts('sales')).toHaveLength(5);
});

it('tells a backlog also when the bot is the only way to reach people, the most urgent as critical', async () => {
  story = await createBotWorld({
    settings: { TEAMS_WEBHOOK_URL: '', ONCALL_TEAMS_WEBHOOK_URL: '', EMAIL_TO: '' },
    referrals: () => [
      makeReferral({ customer: 'Adatum', createdAt: Date.parse('2027-03-01T08:00:00Z') }),
      makeReferral({ customer: 'Fabrikam', createdAt: Date.parse('2027-02-16T12:00:00Z') }),
    ],
  });
  const { connector, world, cardOf } = story;
  expect(await world.poll()).toBeNull();
  await connector.install(LEADS);
  await connector.say('use this channel', LEADS);
  world.advance(5 * MINUTE);
  expect(await world.poll()).toBeNull();
  expect(textOf(cardOf('Adatum'))).toContain('New lead');
  expect(textOf(cardOf('Fabrikam'))).toContain('Critical');
  const posts = connector.world.calls.length;
  world.advance(5 * MINUTE);
  expect(await world.poll()).toBeNull();
  expect(connector.world.calls).toHaveLength(posts);
});

it('keeps a claim that is made while the poll is still telling others', async () => {
  story = await createBotWorld({
    referrals: () =>
      ['Adatum', 'Fabrikam', 'Litware'].map(customer =>
        makeReferral({ customer, createdAt: Date.parse('2027-03-01T08:00:00Z') }),
      ),
  });
  const { connector, world } = story;
  await connector.install(LEADS);
  await connector.say('use this channel', LEADS);
  const polling = world.poll();
  const cards = () => connector.conversation(LEADS).messages.filter(({ card }) => card !== null);
  await expect.poll(() => cards().length, { timeout: 10_000, interval: 20 }).toBe(1);
  const [first] = cards() as [Message];
  const { data } = (first.card as { actions: { verb?: string; data: { referralId: string } }[] }).actions[0] as {
    data: { referralId: string };
  };
  const answer = await connector.pressButton({ conversation: LEADS, activityId: first.id, verb: 'claim', data });
  expect(JSON.stringify(answer.body)).toContain('Claimed by Adele Vance');
  expect(textOf(first)).toContain('Claimed by Adele Vance');
  expect(await polling).toBeNull();
  world.advance(5 * MINUTE);
  expect(await world.poll()).toBeNull();
  expect(cards()).toHaveLength(3);
  await connector.pressButton({ conversation: LEADS, activityId: first.id, verb: 'release', data });
  expect(textOf(first)).toContain('"claim"');
  expect(first.edits).toBe(2);
});
