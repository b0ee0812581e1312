import { afterEach, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/base/instant.ts';
import { createPlaygroundProxy } from '../sandbox/bot-connector/playground-proxy.ts';
import type { Message, Person } from '../sandbox/bot-connector/world.ts';
import { PEOPLE } from '../sandbox/bot-connector/world.ts';
import { makeReferral } from '../sandbox/referrals-api/make-referral.ts';
import { type BotWorld, createBotWorld, LEADS } from '../support/bot-world.ts';

const [adele, megan] = PEOPLE as [Person, Person];
const CHAT = '19:deals-chat@thread.v2';
const PLACES = [LEADS, CHAT];
const CREATED = Date.parse('2027-03-01T08:00:00Z');
const TENANT_ID = '9a8b7c6d-1111-4222-8333-444455556666';

let story: BotWorld;
const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  await story.close();
});

/** People of Microsoft's Agents Playground: it sends no token and names no tenant, so it comes in through the sandbox's door. */
async function openPlayground() {
  const { connector } = story;
  const door = await createPlaygroundProxy(connector, TENANT_ID);
  closing.push(door.close);

  async function send(place: string, user: Person, more: object): Promise<{ status: number; body: unknown }> {
    const { conversation, channelData, ...activity } = connector.activity(place, user, more) as Record<string, object>;
    const { tenantId: _, ...here } = { ...conversation, id: place } as Record<string, unknown>;
    const { tenant: __, ...data } = channelData as Record<string, unknown>;
    const body = JSON.stringify({ ...activity, conversation: here, channelData: data });
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${door.url}/api/messages`, { method: 'POST', headers, body });
    return { status: response.status, body: await response.json() };
  }

  return {
    async install(place: string) {
      for (const each of connector.world.conversations) if (each.id === place) each.installed = true;
      const members = [{ id: (connector.activity(place, adele, {}) as { recipient: { id: string } }).recipient.id }];
      await send(place, adele, { type: 'installationUpdate', action: 'add' });
      await send(place, adele, { type: 'conversationUpdate', membersAdded: members });
    },
    async say(place: string, text: string) {
      const message = { id: `said-${text}`, type: 'message', text: `<at>Referral Alerts</at> ${text}` };
      const written = { conversationId: place, threadId: message.id, from: adele, at: Date.now(), text, card: null };
      const unread = { summary: null, mentions: [], editedAt: null, edits: 0, views: {} };
      connector.conversation(place).messages.push({ id: message.id, ...written, ...unread });
      expect(await send(place, adele, message)).toMatchObject({ status: 200 });
      return messagesIn(place).at(-1)?.text ?? '';
    },
    async press(place: string, verb: string, user: Person) {
      const card = cardIn(place);
      const { actions } = card.card as { actions: { verb?: string; data?: unknown }[] };
      const action = actions.find(each => each.verb === verb);
      expect(action, `${verb} on the card in ${place}`).toBeDefined();
      const value = { action: { type: 'Action.Execute', verb, data: action?.data }, trigger: 'manual' };
      const invoke = { type: 'invoke', name: 'adaptiveCard/action', replyToId: card.id, value };
      return JSON.stringify((await send(place, user, invoke)).body);
    },
  };
}

const messagesIn = (place: string): Message[] =>
  story.connector.conversation(place).messages.filter(({ from }) => from === 'bot');
/** The lead's card: what can be pressed, or could. */
const cardIn = (place: string): Message =>
  messagesIn(place).find(({ card, edits }) => edits > 0 || JSON.stringify(card ?? '').includes('"details"')) as Message;
const shown = (place: string): string => JSON.stringify(cardIn(place).card);

async function pollAt(instant: number): Promise<void> {
  story.world.advance(instant - Date.now());
  expect(await story.world.poll()).toBeNull();
}

/** What is said beside the cards, since the last look. */
function heard() {
  const seen = new Map(PLACES.map(place => [place, messagesIn(place).length]));
  return (place: string): Message[] => messagesIn(place).slice(seen.get(place));
}

it('plays a lead in a channel and a group chat of the Agents Playground, from binding to its answer', async () => {
  story = await createBotWorld({
    settings: { ONCALL_EMAIL_TO: megan.upn },
    referrals: () => [
      makeReferral({
        customer: 'Fabrikam',
        createdAt: CREATED,
        contact: { firstName: 'Wilhelmina', lastName: 'Wagner' },
      }),
    ],
  });
  const { world } = story;
  const playground = await openPlayground();
  const id = String(world.api.state.referrals[0]?.id);
  const expiry = Date.parse('2027-03-15T00:00:00Z');

  // Added: one greeting each, nothing of the lead.
  for (const place of PLACES) await playground.install(place);
  await pollAt(CREATED + 2 * HOUR);
  expect(PLACES.map(place => messagesIn(place).length)).toEqual([1, 1]);

  // Bound: the lead follows at the next poll, one card in each.
  expect(await playground.say(LEADS, 'use this channel for Sales')).toContain('bound');
  expect(await playground.say(CHAT, 'use this chat please')).toContain('bound');
  const since = heard();
  await pollAt(CREATED + 3 * HOUR);
  for (const place of PLACES) expect(since(place)).toHaveLength(1);
  for (const place of PLACES) expect(shown(place)).toContain('Fabrikam');

  // Claimed in one, seen in both; who comes second is told.
  await playground.press(CHAT, 'claim', adele);
  for (const place of PLACES) expect(shown(place)).toContain('Claimed by Adele Vance');
  const asked = await playground.press(LEADS, 'release', megan);
  expect(asked).toContain('Adele Vance');
  for (const place of PLACES) expect(shown(place)).toContain('Claimed by Adele Vance');

  // Details are for whoever asked.
  expect(await playground.press(LEADS, 'details', megan)).toContain('Wilhelmina');
  expect(JSON.stringify(story.connector.world.calls)).not.toContain('Wilhelmina');

  // Released and put off.
  await playground.press(LEADS, 'release', adele);
  for (const place of PLACES) expect(shown(place)).toContain('"claim"');
  await pollAt(expiry - 7 * DAY - HOUR);
  await playground.press(CHAT, 'snooze', adele);
  for (const place of PLACES) expect(shown(place)).toContain('Snoozed until');

  // The reminder waits for the snooze, then notifies in both: a reply in the channel, a post in the chat.
  const before = heard();
  await pollAt(expiry - 7 * DAY + MINUTE);
  for (const place of PLACES) expect(before(place)).toEqual([]);
  await pollAt(expiry - 6 * DAY);
  for (const place of PLACES) {
    expect(shown(place)).toContain('Reminder');
    expect(shown(place)).not.toContain('Snoozed');
    expect(before(place)).toHaveLength(1);
  }
  expect(before(LEADS)[0]?.threadId).toBe(cardIn(LEADS).id);
  expect(JSON.stringify(before(CHAT)[0]?.card)).toContain(id);

  // Critical calls whoever has it and those on call, by name, in both.
  await playground.press(LEADS, 'claim', adele);
  const calm = heard();
  await pollAt(expiry - 3 * DAY - HOUR);
  await pollAt(expiry - 2 * DAY);
  await playground.press(CHAT, 'claim', adele);
  await pollAt(expiry - 20 * HOUR);
  for (const place of PLACES) {
    expect(shown(place)).toContain('Critical');
    expect(shown(place)).not.toContain('"snooze"');
    expect(
      calm(place)
        .at(-1)
        ?.mentions.map(({ id: who }) => who),
    ).toEqual([adele.objectId, megan.upn]);
  }

  // Answered: both cards say so, and nothing can be pressed.
  const quiet = heard();
  world.api.accept(id);
  await pollAt(expiry - 19 * HOUR);
  for (const place of PLACES) {
    expect(shown(place)).toContain('answered');
    expect(shown(place)).not.toContain('Action.Execute');
    expect(quiet(place)).toEqual([]);
  }
  expect(world.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
});
