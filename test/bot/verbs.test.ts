import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { DAY, HOUR } from '../../src/base/instant.ts';
import type { BoundChannel } from '../../src/bot/bot-channel.ts';
import type { Checkpoint } from '../../src/model/checkpoint.ts';
import type { BotAnswer } from '../sandbox/bot-connector/bot-connector.ts';
import type { Message, Person } from '../sandbox/bot-connector/world.ts';
import { PEOPLE } from '../sandbox/bot-connector/world.ts';
import { createFaultProxy, type FaultProxy } from '../support/fault-proxy.ts';
import { CONTACT, checkpoint, createRig, GENERAL, LEADS, message, type Rig, referral, VIEW } from './rig.ts';

const [adele, megan] = PEOPLE as [Person, Person];

let rig: Rig;
let id: string;
let number = 0;
beforeAll(async () => {
  rig = await createRig(inject('tablesConnectionString'));
  await rig.connector.install(LEADS);
  await rig.connector.say('use this channel', LEADS);
  await rig.connector.say('use this channel', GENERAL);
});
afterAll(() => rig.close());

/** A pending referral, told in both channels as a poll would have done it. */
beforeEach(async () => {
  rig.connector.clear();
  rig.connector.faults.length = 0;
  id = `ref-${++number}`;
  rig.partnerCenter.referrals = new Map([[id, referral(id)]]);
  rig.partnerCenter.asked.length = 0;
  const expiryAt = rig.now + 10 * DAY;
  const channels: BoundChannel[] = await rig.bot.channels();
  const deliveries = await Promise.all(
    channels.map(async channel => {
      const outcome = await channel.deliver(message(id, rig.now, expiryAt));
      const { reference } = outcome as { reference: string };
      return { alert: 'new', channel: channel.id, state: 'delivered' as const, attempts: 1, at: rig.now, reference };
    }),
  );
  await rig.checkpoints.save([checkpoint(id, expiryAt, { deliveries, rest: { until: rig.now + DAY, under: 'x' } })]);
});

const cardIn = (conversation: string): Message => rig.connector.conversation(conversation).messages[0] as Message;
const textOf = (value: unknown) => JSON.stringify(value);
const edits = () => rig.connector.world.calls.filter(({ kind }) => kind === 'edit').length;
const kept = async (): Promise<Checkpoint> => (await rig.checkpoints.find(id)) as Checkpoint;

async function press(verb: string, user = adele, conversation = LEADS): Promise<BotAnswer & { said: string }> {
  const shown = cardIn(conversation);
  const { actions } = shown.card as { actions: { verb?: string; data?: unknown }[] };
  const data = actions.find(action => action.verb === verb)?.data ?? { referralId: id };
  const answer = await rig.connector.pressButton({ conversation, activityId: shown.id, verb, data, user });
  expect(answer.status).toBe(200);
  return { ...answer, said: textOf(answer.body) };
}

test('a pending card offers to claim, to see details and to snooze', () => {
  const { actions } = cardIn(LEADS).card as { actions: { type: string; verb?: string; data?: unknown }[] };
  expect(actions.map(({ verb }) => verb)).toEqual(['claim', 'details', 'snooze', undefined]);
  expect(actions[0]?.data).toEqual({ referralId: id });
});

test('details shows contacts to whoever asked, and to nobody else', async () => {
  const { body, said } = await press('details');
  expect(body).toMatchObject({ statusCode: 200, type: 'application/vnd.microsoft.card.adaptive' });
  expect(said).toContain(CONTACT.name);
  expect(edits()).toBe(0);
  expect(textOf(rig.connector.world.calls)).not.toContain(CONTACT.name);
  expect(textOf(cardIn(LEADS).card)).not.toContain(CONTACT.name);
  const back = await rig.connector.pressButton({
    ...{ conversation: LEADS, activityId: cardIn(LEADS).id, verb: 'back', data: { referralId: id } },
  });
  expect(textOf(back.body)).toContain('"claim"');
});

test('a claim stands on everybody’s card, in the checkpoint, and is given back by a release', async () => {
  const { said } = await press('claim');
  expect(said).toContain('Claimed by Adele Vance');
  expect(edits()).toBe(2);
  for (const place of [LEADS, GENERAL]) {
    expect(textOf(cardIn(place).card)).toContain('Claimed by Adele Vance');
    expect(textOf(cardIn(place).card)).toContain('"release"');
  }
  const { claim, rest } = await kept();
  expect(claim).toEqual({ by: adele.objectId, name: 'Adele Vance', at: rig.now, until: rig.now + 48 * HOUR });
  expect(rest).toBeUndefined();

  await press('release', adele, GENERAL);
  expect((await kept()).claim).toBeUndefined();
  expect(edits()).toBe(4);
  for (const place of [LEADS, GENERAL]) expect(textOf(cardIn(place).card)).toContain('"claim"');
});

test.each([
  [502, undefined],
  [500, undefined],
  ['reset', undefined],
  [429, 60],
] as const)(
  'what an edit that fails (%s) did not show is noted, and taken back when it did',
  async (answer, retryAfter) => {
    rig.connector.faults.push({
      ...{ kind: 'edit', conversationId: GENERAL, answer, times: 9 },
      ...(retryAfter && { retryAfter }),
    });
    expect((await press('claim')).said).toContain('Claimed by Adele Vance');
    const behind = () => kept().then(({ deliveries }) => deliveries.filter(({ editAt }) => editAt !== undefined));
    expect(await behind()).toMatchObject([{ channel: `bot:${GENERAL}`, editAt: rig.now }]);
    rig.connector.faults.length = 0;
    await press('release');
    expect(await behind()).toEqual([]);
    expect(textOf(cardIn(GENERAL).card)).toContain('"claim"');
  },
);

test.each([400, 403, 404])(
  'a card that cannot be edited any more (%i) is posted anew, and known from then on',
  async answer => {
    rig.connector.faults.push({ kind: 'edit', conversationId: GENERAL, answer, times: 1 });
    await press('claim');
    const anew = rig.connector.conversation(GENERAL).messages.at(-1) as Message;
    expect(textOf(anew.card)).toContain('Claimed by Adele Vance');
    expect((await kept()).deliveries).toContainEqual(expect.objectContaining({ reference: anew.id }));
    await press('release');
    expect(textOf(anew.card)).toContain('"claim"');
    expect(anew.edits).toBe(1);
  },
);

test('a colleague’s claim is released by who is asked once more and means it, and they are told', async () => {
  await press('claim');
  const asked = await press('release', megan);
  expect(asked.said).toContain('Release the claim of Adele Vance?');
  expect(asked.said).toContain('and is told if you release it');
  expect((await kept()).claim?.by).toBe(adele.objectId);
  expect(edits()).toBe(2);

  const { actions } = (asked.body as { value: { actions: { title: string; verb: string; data: object }[] } }).value;
  const [yes, back] = actions as [(typeof actions)[0], (typeof actions)[0]];
  const here = { conversation: LEADS, activityId: cardIn(LEADS).id, user: megan };
  expect(textOf((await rig.connector.pressButton({ ...here, ...back })).body)).toContain('Claimed by Adele Vance');
  const released = await rig.connector.pressButton({ ...here, ...yes });
  expect(textOf(released.body)).toContain('"claim"');
  expect((await kept()).claim).toBeUndefined();
  expect(edits()).toBe(4);
  const told = rig.connector.conversation(LEADS).messages.at(-1) as Message;
  expect(told).toMatchObject({ threadId: cardIn(LEADS).id, mentions: [{ id: adele.objectId }] });
  expect(textOf(told.card)).toMatch(/Megan Bowen has released your claim on Fabrikam/);

  await rig.connector.pressButton({ ...here, ...yes });
  expect(edits()).toBe(4);
});

test('a stale view releases nothing', async () => {
  await press('claim');
  const stale = (cardIn(LEADS).card as { actions: { verb?: string; data: object }[] }).actions.find(
    ({ verb }) => verb === 'release',
  )?.data as object;
  await press('release');
  rig.now += HOUR;
  const here = { conversation: LEADS, activityId: cardIn(LEADS).id, verb: 'release' };
  const nobody = await rig.connector.pressButton({ ...here, data: stale });
  expect(textOf(nobody.body)).toContain('Nothing was released');
  await press('claim', megan);
  for (const data of [stale, { ...stale, sure: true }, { referralId: id, sure: true }]) {
    for (const user of [adele, megan].filter(user => user === adele || 'claim' in data)) {
      const answer = await rig.connector.pressButton({ ...here, data, user });
      expect(textOf(answer.body)).toMatch(/Nothing was released|Release the claim of Megan Bowen/);
    }
  }
  expect((await kept()).claim?.by).toBe(megan.objectId);
  rig.now += HOUR;
  await press('release', megan);
  await press('claim', megan);
  const old = await rig.connector.pressButton({ ...here, data: stale, user: megan });
  expect(textOf(old.body)).toContain('Nothing was released');
  expect((await kept()).claim?.by).toBe(megan.objectId);
});

test('a claim ends with the referral, and one past its date that is still pending can be claimed', async () => {
  const { expiry } = await kept();
  rig.now = expiry.at - HOUR;
  await press('claim');
  expect((await kept()).claim?.until).toBe(expiry.at);
  rig.now = expiry.at + HOUR;
  await press('claim', megan);
  expect((await kept()).claim).toMatchObject({ by: megan.objectId, until: rig.now + 48 * HOUR });
});

test('offers to snooze until the critical step, and no longer', async () => {
  const offered = () => (cardIn(LEADS).card as { actions: { verb?: string }[] }).actions.map(({ verb }) => verb);
  const { expiry } = await kept();
  rig.now = expiry.at - DAY - 1;
  await press('claim');
  expect(offered()).toContain('snooze');
  rig.now = expiry.at - DAY;
  await press('release');
  expect(offered()).not.toContain('snooze');
});

test('a second claimer is told who has it; a second click changes nothing', async () => {
  await press('claim');
  expect((await press('claim')).said).toContain('Claimed by Adele Vance');
  const second = await rig.connector.pressButton({
    ...{ conversation: LEADS, activityId: cardIn(LEADS).id, verb: 'claim', data: { referralId: id }, user: megan },
  });
  expect(textOf(second.body)).toContain('Adele Vance has this one');
  expect((await kept()).claim?.by).toBe(adele.objectId);
  expect(edits()).toBe(2);
});

test('of two at once one has it', async () => {
  const claims = await Promise.all(
    PEOPLE.map(user =>
      rig.connector.pressButton({
        ...{ conversation: LEADS, activityId: cardIn(LEADS).id, verb: 'claim', data: { referralId: id }, user },
      }),
    ),
  );
  const { claim } = await kept();
  const winners = claims.filter(({ body }) => (body as { type: string }).type.endsWith('adaptive'));
  expect(winners).toHaveLength(1);
  expect(textOf(winners[0]?.body)).toContain(`Claimed by ${claim?.name}`);
  for (const { body } of claims) expect(textOf(body)).toContain(claim?.name);
  expect(edits()).toBe(2);
});

test('a claim that ran out is free', async () => {
  await press('claim');
  rig.now += 49 * HOUR;
  expect((await press('claim', megan)).said).toContain('Claimed by Megan Bowen');
});

test('snooze lasts a day and never past the critical step', async () => {
  expect((await press('snooze')).said).toContain('Snoozed until');
  expect((await kept()).snoozedUntil).toBe(rig.now + DAY);
  expect(edits()).toBe(2);
  const { expiry } = await kept();
  rig.now = expiry.at - 30 * HOUR;
  await press('snooze');
  expect((await kept()).snoozedUntil).toBe(expiry.at - DAY);
  rig.now = expiry.at - 20 * HOUR;
  expect((await press('snooze')).said).toContain('too soon to be snoozed');
  expect((await kept()).snoozedUntil).toBe(expiry.at - DAY);
});

test('nothing is claimed, snoozed or shown of a referral that is no longer pending', async () => {
  for (const verb of ['claim', 'details', 'snooze', 'release']) {
    for (const gone of [referral(id, { state: 'accepted' }), referral(id, { state: 'expired' }), null]) {
      rig.partnerCenter.referrals = new Map(gone ? [[id, gone]] : []);
      const { said } = await press(verb);
      expect(said).toMatch(/no longer pending/i);
      expect(said).not.toContain('Action.Execute');
      expect(said).not.toContain(CONTACT.name);
    }
  }
  expect(rig.partnerCenter.asked).toHaveLength(12);
  const { claim, snoozedUntil } = await kept();
  expect([claim, snoozedUntil, edits()]).toEqual([undefined, undefined, 0]);
});

test('nothing changes while Partner Center is away, and the answer says so', async () => {
  rig.partnerCenter.referrals = null;
  expect((await press('claim')).said).toContain('does not answer');
  expect((await kept()).claim).toBeUndefined();
});

test('an old card’s button, a made-up id and an unknown verb do no harm', async () => {
  const shown = { conversation: LEADS, activityId: cardIn(LEADS).id };
  expect(
    (await rig.connector.pressButton({ ...shown, verb: 'claim', data: { referralId: '../secrets' } })).status,
  ).toBe(200);
  expect((await rig.connector.pressButton({ ...shown, verb: 'claim', data: {} })).status).toBe(200);
  expect((await rig.connector.pressButton({ ...shown, verb: 'nonsense', data: { referralId: id } })).status).toBe(501);
  expect(rig.partnerCenter.asked).toHaveLength(0);
  expect(
    (await rig.connector.pressButton({ ...shown, activityId: 'gone', verb: 'claim', data: { referralId: id } })).status,
  ).toBe(200);
  expect((await kept()).claim?.name).toBe('Adele Vance');
});

test('a claim stands although a card could not be edited', async () => {
  rig.connector.faults.push({ kind: 'edit', answer: 500, times: 2 });
  expect((await press('claim')).said).toContain('Claimed by Adele Vance');
  expect((await kept()).claim?.by).toBe(adele.objectId);
});

test('the log holds no person, no customer, no token and no address', async () => {
  await press('details');
  await press('claim');
  rig.partnerCenter.referrals = null;
  await press('snooze');
  rig.connector.faults.push({ kind: 'edit', answer: 500, times: 2 });
  rig.partnerCenter.referrals = new Map([[id, referral(id)]]);
  await press('release');
  const lines = JSON.stringify(rig.log.lines);
  expect(lines).toContain('bot.verb-failed');
  expect(lines).toContain('bot.edit-failed');
  expect(lines).not.toMatch(/eyJ|Bearer|https?:|Wilhelmina|fabrikam|please call|Adele/i);
});

describe('tables that take their time', () => {
  let proxy: FaultProxy;
  let slow: Rig;
  beforeAll(async () => {
    const tables = inject('tablesConnectionString');
    const port = /TableEndpoint=http:\/\/[^:]+:(\d+)/.exec(tables)?.[1] ?? '';
    proxy = await createFaultProxy(Number(port));
    slow = await createRig(tables.replace(`:${port}/`, `:${proxy.port}/`), { answerMs: 300 });
    slow.partnerCenter.referrals = new Map([['ref-slow', referral('ref-slow')]]);
    await slow.connector.install(LEADS);
    await slow.checkpoints.save([checkpoint('ref-slow', slow.now + 10 * DAY)]);
  });
  afterAll(async () => {
    proxy.fault = 'pass';
    await slow.close();
    await proxy.close();
  });

  test.each([
    // Each call is quick enough, all of them together are not.
    ['claim', 'delay'],
    ['snooze', 'delay'],
    ['details', 'swallow'],
    ['list', 'swallow'],
  ] as const)('keep nobody who pressed %s waiting for longer than Teams does (%s)', async (verb, fault) => {
    proxy.fault = fault;
    const data = { referralId: 'ref-slow', page: 0 };
    const answer = await slow.connector.pressButton({ conversation: LEADS, activityId: 'x', verb, data, user: adele });
    expect(answer).toMatchObject({ status: 200, body: { value: VIEW.words.bot.didNotWork() } });
  });
});
