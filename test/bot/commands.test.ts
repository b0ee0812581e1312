import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { DAY, HOUR } from '../../src/base/instant.ts';
import type { Message, Person } from '../sandbox/bot-connector/world.ts';
import { PEOPLE } from '../sandbox/bot-connector/world.ts';
import { checkpoint, createRig, GENERAL, LEADS, type Rig, referral, TENANT_ID } from './rig.ts';

const [adele, megan] = PEOPLE as [Person, Person];
const PERSONAL = `a:${megan.objectId}`;
const CHAT = '19:deals-chat@thread.v2';

const STARTER: Message = {
  ...{ id: '', threadId: '', conversationId: LEADS, from: adele, at: 0, text: 'stauts', card: null, summary: null },
  ...{ mentions: [], editedAt: null, edits: 0, views: {} },
};

let rig: Rig;
beforeAll(async () => {
  rig = await createRig(inject('tablesConnectionString'), { admins: [adele.objectId.toUpperCase()] });
});
afterAll(() => rig.close());
beforeEach(() => rig.connector.clear());

const from = (conversation: string): Message[] =>
  rig.connector.conversation(conversation).messages.filter(each => each.from === 'bot');

/** What the bot answered in the thread of what was said. */
async function answers(text: string, conversation = LEADS, user = adele): Promise<Message[]> {
  const { status } = await rig.connector.say(text, conversation, user);
  expect(status).toBe(200);
  const { messages } = rig.connector.conversation(conversation);
  const said = messages.findLast(each => each.from !== 'bot') as Message;
  return messages.filter(each => each.from === 'bot' && each.threadId === said.threadId && each.at >= said.at);
}

test('greets once however often the install is told, and says nothing of referrals', async () => {
  await rig.checkpoints.save([checkpoint('ref-early', rig.now + DAY)]);
  await Promise.all([rig.connector.install(LEADS), rig.connector.install(GENERAL)]);
  expect(from(GENERAL)).toHaveLength(1);
  expect(from(GENERAL)[0]?.text).toContain('use this channel');
  expect(from(LEADS)).toHaveLength(0);
  expect(await rig.bot.channels()).toHaveLength(0);
  const [list] = await answers('list');
  expect(JSON.stringify(list)).not.toMatch(/ref-early|Fabrikam/);
});

test('binds the channel it is told, under a name, and unbinds it', async () => {
  const [answer] = await answers('use this channel for Nordics');
  expect(answer?.text).toContain('Nordics');
  expect(await rig.bot.channels()).toMatchObject([{ id: `bot:${LEADS}`, name: 'Nordics', audience: 'sales' }]);
  await answers('use this channel', GENERAL);
  expect((await rig.bot.channels()).map(({ id }) => id).toSorted()).toEqual(
    [`bot:${GENERAL}`, `bot:${LEADS}`].toSorted(),
  );
  await answers('Use this channel.');
  expect((await rig.bot.channels()).map(({ name }) => name)).toEqual([null, null]);
  await answers('stop', GENERAL);
  expect(await rig.bot.channels()).toMatchObject([{ id: `bot:${LEADS}` }]);
  expect((await answers('stop', GENERAL))[0]?.text).toContain('not bound');
});

test('lets only its administrators bind and unbind', async () => {
  expect((await answers('use this channel', GENERAL, megan))[0]?.text).toContain('administrators');
  expect((await answers('stop', LEADS, megan))[0]?.text).toContain('administrators');
  expect(await rig.bot.channels()).toMatchObject([{ id: `bot:${LEADS}` }]);
});

test('answers status and help in the thread, also in chats and personal ones', async () => {
  await rig.connector.install(PERSONAL);
  await rig.connector.install(CHAT);
  for (const [place, user] of [
    [LEADS, adele],
    [CHAT, adele],
    [PERSONAL, megan],
  ] as const) {
    const [status] = (await answers('status', place, user)).slice(-1);
    expect(status?.text).toMatch(/Last good poll: \w{3} \d/);
    expect(status?.text).toContain('Pending referrals: 3');
    expect((await answers('help', place, user)).at(-1)?.text).toContain('**list**');
  }
});

test('lists what is pending, most urgent first, a page at a time', async () => {
  const many = Array.from({ length: 23 }, (_, i) => checkpoint(`ref-${i}`, rig.now + (24 - i) * DAY + HOUR));
  await rig.checkpoints.save(many);
  const [list] = await answers('list');
  const text = JSON.stringify(list?.card);
  expect(text).toContain('24 pending referrals');
  expect(text.match(/ref-\w+/g)?.slice(0, 3)).toEqual(['ref-early', 'ref-22', 'ref-21']);
  const [next] = ((list as Message).card as { actions: { verb: string; data: object }[] }).actions;
  const pressed = await rig.connector.pressButton({
    conversation: LEADS,
    activityId: list?.id as string,
    ...next,
  } as never);
  expect(pressed.status).toBe(200);
  const page = JSON.stringify((pressed.body as { value: object }).value);
  expect(page).toContain('11 to 20');
  expect(page.match(/ref-\w+/g)?.[0]).toBe('ref-13');
});

test('reads the ten that it shows by name, where nobody was told of them by itself', async () => {
  const nameless = { summary: { customer: null, country: null, value: null, type: 'Independent' } };
  const ids = Array.from({ length: 40 }, (_, i) => `nameless-${String(i).padStart(2, '0')}`);
  await rig.checkpoints.save(ids.map((id, i) => checkpoint(id, rig.now + 2 * HOUR + i, nameless)));
  const named = (id: string) => referral(id, { facts: { ...referral(id).facts, customer: `Customer of ${id}` } });
  rig.partnerCenter.referrals = new Map(ids.map(id => [id, named(id)]));
  rig.partnerCenter.referrals.set('nameless-03', { ...named('nameless-03'), state: 'accepted', substatus: 'Accepted' });
  rig.partnerCenter.referrals.delete('nameless-04');
  rig.partnerCenter.asked.length = 0;
  const [list] = await answers('list');
  const shown = JSON.stringify(list?.card);
  expect(rig.partnerCenter.asked.toSorted()).toEqual(ids.slice(0, 10));
  for (const id of ids.slice(0, 10).filter(id => id !== 'nameless-04')) expect(shown).toContain(`Customer of ${id}`);
  expect(shown).toContain('no longer pending: Accepted');
  expect(shown.match(/Customer not named/g)).toHaveLength(1);

  const more = { conversation: LEADS, activityId: list?.id as string, verb: 'list', data: { page: 1 } };
  const pressed = JSON.stringify((await rig.connector.pressButton(more)).body);
  for (const id of ids.slice(10, 20)) expect(pressed).toContain(`Customer of ${id}`);
  expect(rig.partnerCenter.asked).toHaveLength(20);

  rig.partnerCenter.referrals = null;
  expect(JSON.stringify((await answers('list'))[0]?.card)).toContain('nameless-00');
  await rig.checkpoints.close((await rig.checkpoints.loadOpen()).filter(({ referralId }) => ids.includes(referralId)));
});

test('answers each time with help in one line what it does not understand', async () => {
  for (const text of ['hi', 'what can you do', 'sing me a song', 'hi', 'usethis channel']) {
    const [answer, ...more] = await answers(text);
    expect(answer?.text).toMatch(/^I did not understand that\. Say .+\*\*help\*\*\.$/);
    expect(more).toEqual([]);
  }
  expect((await answers('use this channel please', GENERAL))[0]?.text).toContain('is bound');
  expect((await answers('/help'))[0]?.text).toContain('Mention me and say');
  expect((await answers('stauts'))[0]?.text).toContain('Last good poll');
  await answers('stop', GENERAL);
});

test('answers a message again when its typo is mended', async () => {
  const thread = { conversation: { id: `${LEADS};messageid=17`, conversationType: 'channel', tenantId: TENANT_ID } };
  const text = '<at>Referral Alerts</at> status';
  const edited = rig.connector.activity(LEADS, adele, { type: 'messageUpdate', id: '17', text, ...thread });
  rig.connector.conversation(LEADS).messages.push({ ...STARTER, id: '17', threadId: '17' });
  expect((await rig.connector.send(edited)).status).toBe(200);
  expect(from(LEADS).at(-1)).toMatchObject({ threadId: '17', text: expect.stringContaining('Last good poll') });
});

test('answers beside what was said in a channel that lets nobody reply', async () => {
  rig.connector.conversation(LEADS).moderated = true;
  await rig.connector.say('status', LEADS);
  rig.connector.conversation(LEADS).moderated = false;
  expect(from(LEADS).at(-1)?.text).toContain('Last good poll');
});

test('ignores what is not for it, and other machines', async () => {
  const before = rig.connector.world.calls.length;
  const overheard = rig.connector.activity(LEADS, adele, { type: 'message', text: 'status', entities: [] });
  expect((await rig.connector.send(overheard)).status).toBe(200);
  const machine = { type: 'message', text: '<at>x</at> status', from: { id: '28:another-bot', name: 'Another' } };
  expect((await rig.connector.send(rig.connector.activity(LEADS, adele, machine))).status).toBe(200);
  expect(rig.connector.world.calls.length).toBe(before);
});

test('says that it did not work when the tables are away', async () => {
  const { loadOpen } = rig.checkpoints;
  Object.assign(rig.checkpoints, { loadOpen: () => Promise.reject(new Error('away')) });
  expect((await answers('list'))[0]?.text).toContain('try again');
  Object.assign(rig.checkpoints, { loadOpen });
  expect(JSON.stringify(rig.log.lines)).toContain('bot.turn-failed');
});

test('ends every call to a team it was removed from, and greets it anew', async () => {
  await rig.connector.uninstall(LEADS);
  expect(await rig.bot.channels()).toHaveLength(0);
  const teams = (await rig.conversations.list()).map(({ team }) => team);
  expect(teams).not.toContain(GENERAL);
  await rig.connector.install(LEADS);
  expect(from(GENERAL)).toHaveLength(1);
  expect(await rig.bot.channels()).toHaveLength(0);
});

test('tells a deleted channel no more', async () => {
  await answers('use this channel');
  const channelData = {
    tenant: { id: '9a8b7c6d-1111-4222-8333-444455556666' },
    team: { id: GENERAL },
    channel: { id: LEADS },
  };
  const event = { type: 'conversationUpdate', channelData: { ...channelData, eventType: 'channelDeleted' } };
  await rig.connector.send(rig.connector.activity(GENERAL, adele, event));
  expect(await rig.bot.channels()).toHaveLength(0);
});
