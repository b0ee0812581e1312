import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { DAY } from '../../src/base/instant.ts';
import type { BoundChannel } from '../../src/bot/bot-channel.ts';
import { PEOPLE, type Person } from '../sandbox/bot-connector/world.ts';
import { createRig, GENERAL, LEADS, message, type Rig } from './rig.ts';

const [adele] = PEOPLE as [Person];
const CHAT = '19:deals-chat@thread.v2';
const PARTNERS = '19:partners-leads@thread.tacv2';

let rig: Rig;
beforeAll(async () => {
  rig = await createRig(inject('tablesConnectionString'));
});
afterAll(() => rig.close());

/** Two channels of one team and a group chat, all bound. */
beforeEach(async () => {
  rig.connector.reset();
  for (const { team } of await rig.conversations.list()) await rig.conversations.removeTeam(team);
  for (const place of [LEADS, CHAT]) await rig.connector.install(place);
  for (const place of [LEADS, GENERAL, CHAT]) await rig.connector.say('use this channel', place);
  rig.connector.clear();
});

const bound = async () => (await rig.bot.channels()).map(({ id }) => id.slice('bot:'.length)).toSorted();
const all = [LEADS, GENERAL, CHAT].toSorted();
const channelOf = async (place: string): Promise<BoundChannel> => {
  const found = (await rig.bot.channels()).find(({ id }) => id === `bot:${place}`);
  if (!found) throw new Error(`${place} is not bound`);
  return found;
};
const tellIn = async (place: string) => (await channelOf(place)).deliver(message('ref-1', rig.now, rig.now + DAY));

test('being disallowed in one channel ends that channel and no other', async () => {
  await rig.connector.happen('channelMemberRemoved', LEADS);
  expect(await bound()).toEqual([GENERAL, CHAT].toSorted());
  expect(await tellIn(GENERAL)).toMatchObject({ state: 'delivered' });
});

test('somebody else who leaves ends nothing', async () => {
  for (const eventType of ['channelMemberRemoved', 'teamMemberRemoved']) {
    const told = rig.connector.activity(LEADS, adele, {
      type: 'conversationUpdate',
      membersRemoved: [{ id: `29:${adele.objectId}` }],
    });
    await rig.connector.send({ ...told, channelData: { ...(told.channelData as object), eventType } });
  }
  expect(await bound()).toEqual(all);
});

test.each([
  ['uninstalled from its team', () => rig.connector.uninstall(LEADS), [CHAT]],
  ['uninstalled from a chat', () => rig.connector.uninstall(CHAT), [LEADS, GENERAL]],
  ['its team erased for good', () => rig.connector.happen('teamHardDeleted', LEADS), [CHAT]],
])('is told of no more: %s', async (_, happen, left) => {
  await happen();
  expect(await bound()).toEqual(left.toSorted());
});

test('an upgrade of the app removes nothing', async () => {
  for (const action of ['remove-upgrade', 'add-upgrade']) {
    await rig.connector.send(rig.connector.activity(GENERAL, adele, { type: 'installationUpdate', action }));
  }
  expect(await bound()).toEqual(all);
  expect(rig.connector.world.calls).toEqual([]);
});

test.each([
  ['channel', 'channelDeleted', 'channelRestored', [GENERAL, CHAT]],
  ['team', 'teamDeleted', 'teamRestored', [CHAT]],
] as const)('a deleted %s rests until it is restored', async (_, gone, back, left) => {
  await rig.connector.happen(gone, LEADS);
  expect(await bound()).toEqual([...left].toSorted());
  await rig.connector.happen(gone, LEADS);
  await rig.connector.happen(back, LEADS);
  expect(await bound()).toEqual(all);
  expect(await tellIn(LEADS)).toMatchObject({ state: 'delivered' });
});

test('a channel that was deleted before its team stays deleted when the team comes back', async () => {
  await rig.connector.happen('channelDeleted', LEADS);
  await rig.connector.happen('teamDeleted', GENERAL);
  expect(await bound()).toEqual([CHAT]);
  await rig.connector.happen('teamRestored', GENERAL);
  expect(await bound()).toEqual([GENERAL, CHAT].toSorted());
});

test('where somebody speaks, nothing is deleted: the event of its return may have been lost', async () => {
  await rig.connector.happen('teamDeleted', LEADS);
  for (const place of [LEADS, GENERAL]) rig.connector.conversation(place).deleted = false;
  await rig.connector.say('status', LEADS);
  expect(await bound()).toEqual([LEADS, CHAT].toSorted());
});

const speaking: readonly (readonly [string, () => Promise<unknown>])[] = [
  ['a command', () => rig.connector.say('status', LEADS)],
  ['words that are not for the bot', () => said({ type: 'message', text: 'good morning', entities: [] })],
  ['a pressed button', () => press()],
  ['a renamed channel', () => said({ type: 'conversationUpdate', channelData: { eventType: 'channelRenamed' } })],
  ['an install told once more', () => said({ type: 'installationUpdate', action: 'add' })],
];
const said = (more: object) => {
  const told = rig.connector.activity(LEADS, adele, { type: 'message', text: 'x', entities: [] });
  const { channelData, ...others } = more as { channelData?: object };
  return rig.connector.send({ ...told, ...others, channelData: { ...(told.channelData as object), ...channelData } });
};
const press = () => rig.connector.pressButton({ conversation: LEADS, activityId: 'x', verb: 'claim', data: {} });

test.each(speaking)('follows its team to another region: %s', async (_, speak) => {
  rig.connector.move('fr');
  expect(await tellIn(LEADS)).not.toMatchObject({ state: 'delivered' });
  const before = (await channelOf(LEADS)).mark;
  rig.now += 60_000;
  expect(await speak()).toMatchObject({ status: 200 });
  expect(await tellIn(LEADS)).toMatchObject({ state: 'delivered' });
  expect(await tellIn(GENERAL)).toMatchObject({ state: 'delivered' });
  expect((await channelOf(LEADS)).mark).not.toBe(before);
  expect((await rig.conversations.find(CHAT, CHAT))?.serviceUrl).toContain('/emea/');
});

test('follows nobody whose token is not good, and nobody to a host that is not Teams’', async () => {
  rig.connector.move('fr');
  const activity = rig.connector.activity(LEADS, adele, { type: 'message', text: 'status', entities: [] });
  expect((await rig.connector.send(activity, { authorization: 'Bearer nonsense' })).status).toBe(401);
  const serviceUrl = 'https://evil.example/fr/';
  const claims = rig.connector.claims({ serviceurl: serviceUrl });
  expect((await rig.connector.send({ ...activity, serviceUrl }, { claims })).status).toBe(403);
  for (const { serviceUrl: kept } of await rig.conversations.list())
    expect(kept).toBe(rig.connector.serviceUrl.replace('/fr/', '/emea/'));
});

test('says when people changed where a channel leads, so that what it refused is tried again at once', async () => {
  const first = (await channelOf(LEADS)).mark;
  const changes = [
    () => rig.connector.say('use this channel', LEADS),
    () => rig.connector.install(LEADS),
    async () => {
      await rig.connector.happen('channelDeleted', LEADS);
      await rig.connector.happen('channelRestored', LEADS);
    },
  ];
  let last = first;
  for (const change of changes) {
    rig.now += 60_000;
    await change();
    const { mark } = await channelOf(LEADS);
    expect(mark).not.toBe(last);
    last = mark;
  }
  rig.now += 60_000;
  await rig.connector.say('status', LEADS);
  expect((await channelOf(LEADS)).mark).toBe(last);
});

test('a channel that two teams share is told once, and stopped in either', async () => {
  const inTeam = (team: string, text: string) => {
    const told = rig.connector.activity(PARTNERS, adele, {
      type: 'message',
      text: `<at>Bot</at> ${text}`,
      entities: [],
    });
    return rig.connector.send({ ...told, channelData: { ...(told.channelData as object), team: { id: team } } });
  };
  await rig.connector.install(PARTNERS);
  await inTeam('19:host@thread.tacv2', 'use this channel');
  rig.now += 60_000;
  await inTeam('19:guest@thread.tacv2', 'use this channel for Both');
  expect(await bound()).toEqual([...all, PARTNERS].toSorted());
  expect(await channelOf(PARTNERS)).toMatchObject({ name: 'Both' });
  await inTeam('19:host@thread.tacv2', 'stop');
  expect(await bound()).toEqual(all);
});
