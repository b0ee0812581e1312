import { afterEach, expect, it } from 'vitest';
import { HOUR, MINUTE } from '../../src/base/instant.ts';
import type { Message, Person } from '../sandbox/bot-connector/world.ts';
import { PEOPLE } from '../sandbox/bot-connector/world.ts';
import { createOnCallCalendar } from '../sandbox/on-call-calendar.ts';
import { makeReferral } from '../sandbox/referrals-api/make-referral.ts';
import { type BotWorld, createBotWorld, GENERAL, LEADS } from '../support/bot-world.ts';

const [adele, megan, alex] = PEOPLE as [Person, Person, Person];

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

it('at critical it calls whoever is on shift, not all of on-call', async () => {
  const calendar = await createOnCallCalendar();
  story = await createBotWorld({
    now: '2027-03-02T10:00:00Z',
    settings: { ONCALL_EMAIL_TO: adele.upn, ONCALL_CALENDAR_URL: calendar.calendarUrl },
    referrals: () => [makeReferral({ customer: 'Fabrikam', expiresAt: Date.parse('2027-03-04T00:00:00Z') })],
  });
  const { connector, world } = story;
  await connector.install(LEADS);
  await connector.say('use this channel', LEADS);
  await world.poll();
  world.moveTo('2027-03-03T00:00:00Z');
  await world.poll();
  const [reply] = connector.conversation(LEADS).messages.slice(-1);
  expect(reply?.threadId).not.toBe(reply?.id);
  expect(reply?.mentions.map(({ id }) => id)).toEqual([alex.upn]);
  await calendar.close();
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

  // Two are left, few enough to be told one by one.
  world.api.accept(String(world.api.state.referrals[0]?.id));
  await pollUntil('2027-03-08T06:00:00Z');
  expect(cardOf('Reminder')).toBeDefined();
  const posts = connector.world.calls.filter(
    ({ kind, body }) => kind === 'post' && JSON.stringify(body).includes('Reminder'),
  );
  expect(posts).toHaveLength(2);

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

const oneLead = () => [makeReferral({ customer: 'Fabrikam', createdAt: Date.parse('2027-03-01T08:00:00Z') })];
const botAlone = { TEAMS_WEBHOOK_URL: '', ONCALL_TEAMS_WEBHOOK_URL: '', EMAIL_TO: '' };
const alarms = () => JSON.stringify(story.world.teams.posts('operator'));

/** Polls once, after some minutes. */
async function pollIn(minutes: number): Promise<void> {
  story.world.advance(minutes * MINUTE);
  expect(await story.world.poll()).toBeNull();
}

it.each([403, 404, 401])('what a channel refused (%i) follows as soon as it is bound again', async answer => {
  story = await createBotWorld({ settings: botAlone, referrals: oneLead });
  const { connector, cardOf } = story;
  await connector.install(LEADS);
  await connector.say('use this channel', LEADS);
  connector.faults.push({ kind: 'post', conversationId: LEADS, answer, times: 1 });
  await pollIn(0);
  expect(cardOf('Fabrikam')).toBeUndefined();
  expect(alarms()).toContain('Teams');
  await connector.install(LEADS);
  await connector.say('use this channel', LEADS);
  await pollIn(5);
  expect(textOf(cardOf('Fabrikam'))).toContain('New lead');
});

it('what a channel refused follows within the hour where nobody does anything', async () => {
  story = await createBotWorld({ settings: botAlone, referrals: oneLead });
  const { connector, cardOf } = story;
  await connector.install(LEADS);
  await connector.say('use this channel', LEADS);
  connector.conversation(LEADS).installed = false;
  for (let i = 0; i < 6; i++) await pollIn(5);
  connector.conversation(LEADS).installed = true;
  for (let i = 0; i < 13; i++) await pollIn(5);
  expect(textOf(cardOf('Fabrikam'))).toContain('New lead');
});

it('leads follow a team to another region as soon as somebody speaks there', async () => {
  story = await createBotWorld({ settings: botAlone, referrals: oneLead });
  const { connector, cardOf } = story;
  await connector.install(LEADS);
  await connector.say('use this channel', LEADS);
  connector.move('fr');
  await pollIn(0);
  expect(cardOf('Fabrikam')).toBeUndefined();
  await connector.say('status', LEADS);
  await pollIn(5);
  expect(textOf(cardOf('Fabrikam'))).toContain('New lead');
});

it.each<[string, (connector: BotWorld['connector']) => Promise<unknown>]>([
  ['nobody has bound one', async () => {}],
  ['the last one was stopped', connector => bound(connector).then(() => connector.say('stop', LEADS))],
  ['its channel was deleted', connector => bound(connector).then(() => connector.happen('channelDeleted', LEADS))],
  ['its team was deleted', connector => bound(connector).then(() => connector.happen('teamDeleted', LEADS))],
  ['the app was removed', connector => bound(connector).then(() => connector.uninstall(LEADS))],
  [
    'it was disallowed there',
    connector => bound(connector).then(() => connector.happen('channelMemberRemoved', LEADS)),
  ],
])('with the bot alone and no channel that hears, the operator hears in the same poll: %s', async (_, before) => {
  story = await createBotWorld({ settings: botAlone, referrals: oneLead });
  await before(story.connector);
  await story.world.poll();
  expect(alarms()).toMatch(/nobody|Nobody/);
  expect(story.cardOf('Fabrikam')).toBeUndefined();
});

async function bound(connector: BotWorld['connector']): Promise<void> {
  await connector.install(LEADS);
  await connector.say('use this channel', LEADS);
}

it.each([502, 500, 'reset', 429] as const)(
  'the edit of a claim that failed (%s) is made up for at the next poll',
  async answer => {
    story = await createBotWorld({ settings: botAlone, referrals: oneLead });
    const { connector, counts, cardOf, world } = story;
    await connector.install(LEADS);
    for (const place of [LEADS, GENERAL]) await connector.say('use this channel', place);
    await pollIn(0);
    const [there, here] = [cardOf('Fabrikam', GENERAL), cardOf('Fabrikam')] as [Message, Message];
    connector.faults.push({ kind: 'edit', conversationId: GENERAL, answer, times: 9 });
    const data = { referralId: String(world.api.state.referrals[0]?.id) };
    await connector.pressButton({ conversation: LEADS, activityId: here.id, verb: 'claim', data });
    expect(textOf(here)).toContain('Claimed by Adele Vance');
    expect(textOf(there)).not.toContain('Claimed by Adele Vance');
    await pollIn(5);
    expect(textOf(there)).not.toContain('Claimed by Adele Vance');
    connector.faults.length = 0;
    const before = counts();
    await pollIn(5);
    expect(textOf(there)).toContain('Claimed by Adele Vance');
    await pollIn(5);
    expect(counts()).toEqual({ ...before, edits: before.edits + 1 });
  },
);

it('a card that is gone when a claim runs out is posted anew, once', async () => {
  story = await createBotWorld({ settings: botAlone, referrals: oneLead });
  const { connector, counts, cardOf, world } = story;
  await connector.install(LEADS);
  await connector.say('use this channel', LEADS);
  await pollIn(0);
  const card = cardOf('Fabrikam') as Message;
  const data = { referralId: String(world.api.state.referrals[0]?.id) };
  await connector.pressButton({ conversation: LEADS, activityId: card.id, verb: 'claim', data });
  connector.conversation(LEADS).messages.splice(connector.conversation(LEADS).messages.indexOf(card), 1);
  const before = counts();
  await pollIn(49 * 60);
  await pollIn(5);
  expect(counts()).toEqual({ posts: before.posts + 1, edits: before.edits + 1, replies: before.replies });
  expect(textOf(cardOf('Fabrikam'))).toContain('"claim"');
});

it('a snooze that runs out with nothing due is taken off the card', async () => {
  story = await createBotWorld({ settings: botAlone, referrals: oneLead });
  const { connector, counts, cardOf, world } = story;
  await connector.install(LEADS);
  await connector.say('use this channel', LEADS);
  await pollIn(0);
  const card = cardOf('Fabrikam') as Message;
  const data = { referralId: String(world.api.state.referrals[0]?.id) };
  await connector.pressButton({ conversation: LEADS, activityId: card.id, verb: 'snooze', data });
  expect(textOf(card)).toContain('Snoozed');
  const before = counts();
  await pollIn(24 * 60 + 5);
  await pollIn(5);
  expect(textOf(card)).not.toContain('Snoozed');
  expect(counts()).toEqual({ ...before, edits: before.edits + 1 });
});

it('a digest stands for the replies, never for the edits', async () => {
  story = await createBotWorld({ settings: { ...botAlone, DIGEST_ABOVE: '3' }, referrals: oneLead });
  const { connector, counts, cardOf, world } = story;
  await bound(connector);
  await pollIn(0);
  const customers = ['Adatum', 'Litware', 'Proseware', 'Tailspin'];
  for (const customer of customers) {
    world.api.add(makeReferral({ customer, createdAt: Date.now() }));
    await pollIn(5);
  }
  const cards = ['Fabrikam', ...customers].map(customer => cardOf(customer) as Message);
  const before = counts();
  world.moveTo('2027-03-08T12:00:00Z');
  expect(await world.poll()).toBeNull();
  expect(counts()).toEqual({ posts: before.posts + 1, edits: before.edits + 5, replies: before.replies });
  for (const card of cards) expect(textOf(card)).toContain('Reminder');
});
