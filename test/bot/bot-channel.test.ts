import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { DAY, HOUR } from '../../src/base/instant.ts';
import { createBotAdapter } from '../../src/bot/adapter.ts';
import { type BoundChannel, createBotChannel } from '../../src/bot/bot-channel.ts';
import { createTeamsGateway } from '../../src/bot/gateway.ts';
import type { Conversation } from '../../src/model/conversation-store.ts';
import type { ConnectorCall, Message } from '../sandbox/bot-connector/world.ts';
import { PEOPLE } from '../sandbox/bot-connector/world.ts';
import {
  APP_ID,
  checkpoint,
  createRig,
  GENERAL,
  LEADS,
  message,
  type Rig,
  referral,
  STEPS,
  TENANT_ID,
  VIEW,
} from './rig.ts';

const onCall = ['megan@contoso.example'];
const IDENTITY = {
  appId: APP_ID,
  tenantId: TENANT_ID,
  credential: { kind: 'managed-identity' as const },
  authorityUrl: 'https://login.microsoftonline.com',
  tokenScope: 'https://api.botframework.com/.default',
};
const deps = { onCall: [], steps: STEPS, view: VIEW, handlingOf: async () => ({}) };

let rig: Rig;
let channel: BoundChannel;
beforeAll(async () => {
  rig = await createRig(inject('tablesConnectionString'), { onCall });
  await rig.connector.install(LEADS);
  await rig.connector.say('use this channel', LEADS);
  [channel] = (await rig.bot.channels()) as [BoundChannel];
});
afterAll(() => rig.close());
beforeEach(() => {
  rig.connector.clear();
  rig.connector.faults.length = 0;
});

const posted = (): Message[] => rig.connector.conversation(LEADS).messages;
const made = (kind: ConnectorCall['kind']) => rig.connector.world.calls.filter(call => call.kind === kind).length;
const counts = () => [made('post'), made('edit'), made('reply')];
const expiry = () => rig.now + 10 * DAY;
const escalation = (i: number) => ({ kind: 'escalation' as const, step: STEPS[i] as (typeof STEPS)[number] });

async function tellNew(id = 'ref-1'): Promise<string> {
  const outcome = await channel.deliver(message(id, rig.now, expiry()));
  if (outcome.state !== 'delivered') throw new Error(JSON.stringify(outcome));
  return outcome.reference as string;
}

test('gives a referral a thread of its own and answers its activity id', async () => {
  const [first, second] = [await tellNew('ref-1'), await tellNew('ref-2')];
  expect(counts()).toEqual([2, 0, 0]);
  expect(posted().map(({ id, threadId }) => [id, threadId])).toEqual([
    [first, first],
    [second, second],
  ]);
  expect(JSON.stringify(posted()[0]?.card)).toContain('ref-1');
  expect(posted()[0]?.summary).toContain('Fabrikam');
});

test('a post that Teams takes without telling its id is delivered, and what follows is a post of its own', async () => {
  rig.connector.faults.push({ kind: 'post', answer: 202, afterwards: true, times: 1 });
  const first = await channel.deliver(message('ref-1', rig.now, expiry()));
  expect(first).toEqual({ state: 'delivered' });
  const previous = 'reference' in first ? first.reference : undefined;
  const told = message('ref-1', rig.now, rig.now + 6 * DAY, escalation(0), previous);
  expect(await channel.deliver(told)).toMatchObject({ state: 'delivered', reference: expect.any(String) });
  expect(counts()).toEqual([2, 0, 0]);
});

test('an escalation edits the card in place and adds one reply to its thread', async () => {
  const previous = await tellNew();
  const told = message('ref-1', rig.now, rig.now + 6 * DAY, escalation(0), previous);
  expect(await channel.deliver(told)).toEqual({ state: 'delivered', reference: previous });
  expect(counts()).toEqual([1, 1, 1]);
  const [card, reply] = posted();
  expect(JSON.stringify(card?.card)).toContain('Reminder');
  expect(reply?.threadId).toBe(previous);
  expect(reply?.text).toContain('6 days left');
  expect(reply?.mentions).toEqual([]);
});

test('critical calls on-call and whoever claimed it by name', async () => {
  const [adele] = PEOPLE;
  const claim = { by: adele?.objectId as string, name: 'Adele Vance', at: rig.now, until: rig.now + HOUR };
  await rig.checkpoints.save([checkpoint('ref-claimed', expiry(), { claim })]);
  const previous = await tellNew('ref-claimed');
  await channel.deliver(message('ref-claimed', rig.now, rig.now + 20 * HOUR, escalation(2), previous));
  expect(posted()[1]?.mentions).toEqual([
    { id: adele?.objectId, name: 'Adele Vance' },
    { id: 'megan@contoso.example', name: 'megan' },
  ]);
  expect(JSON.stringify(posted()[0]?.card)).toContain('Claimed by Adele Vance');
  expect(JSON.stringify(posted()[0]?.card)).toContain('"release"');
});

test('a mention that Teams does not know costs the mention, not the reply', async () => {
  const previous = await tellNew();
  onCall.push('nobody@contoso.example');
  const told = message('ref-1', rig.now, rig.now + HOUR, escalation(2), previous);
  expect(await channel.deliver(told)).toMatchObject({ state: 'delivered' });
  onCall.pop();
  expect(posted()).toHaveLength(2);
  expect(posted().at(-1)).toMatchObject({ threadId: previous, mentions: [] });
});

test('answered and expired edit the card without a word, and take its buttons away', async () => {
  for (const [kind, exit] of [
    ['answered', 'accepted'],
    ['expired', 'expired'],
  ] as const) {
    rig.connector.clear();
    const previous = await tellNew();
    await channel.deliver(message('ref-1', rig.now, expiry(), { kind, exit }, previous));
    expect(counts()).toEqual([1, 1, 0]);
    expect(JSON.stringify(posted()[0]?.card)).not.toContain('Action.Execute');
    expect(JSON.stringify(posted()[0]?.card)).toContain(kind);
  }
});

test('posts anew when the card is gone', async () => {
  const outcome = await channel.deliver(message('ref-1', rig.now, rig.now + DAY, escalation(2), 'no-such-activity'));
  expect(outcome).toEqual({ state: 'delivered', reference: posted()[0]?.id });
  expect(counts()).toEqual([1, 1, 0]);
});

test.each([
  [400, 'BadArgument'],
  [403, 'ServiceError'],
  [404, 'ActivityNotFoundInConversation'],
] as const)('posts anew a card that cannot be edited: %i %s', async (answer, code) => {
  for (const told of [
    message('ref-1', rig.now, expiry(), escalation(0), await tellNew()),
    message('ref-1', rig.now, expiry(), { kind: 'answered', exit: 'accepted' }, await tellNew()),
  ]) {
    rig.connector.clear();
    rig.connector.faults.push({ kind: 'edit', answer, code, times: 1 });
    expect(await channel.deliver(told)).toEqual({ state: 'delivered', reference: posted()[0]?.id });
    expect(counts()).toEqual([1, 1, 0]);
  }
  rig.connector.clear();
  rig.connector.faults.push({ kind: 'edit', answer, code, times: 1 });
  const refreshed = await channel.refresh(message('ref-1', rig.now, expiry(), {}, 'gone'));
  expect(refreshed).toEqual({ state: 'delivered', reference: posted()[0]?.id });
});

test('a card whose edit fails for now is not posted anew', async () => {
  for (const answer of [500, 503, 'reset'] as const) {
    const previous = await tellNew();
    rig.connector.clear();
    rig.connector.faults.push({ kind: 'edit', answer, times: 1 });
    expect(await channel.deliver(message('ref-1', rig.now, expiry(), escalation(0), previous))).toMatchObject({
      state: 'retry',
    });
    expect(posted()).toEqual([]);
  }
});

test('a critical card that is posted, not edited, calls those on call', async () => {
  await channel.deliver(message('ref-1', rig.now, rig.now + HOUR, escalation(2)));
  expect(posted()[0]?.mentions).toEqual([{ id: 'megan@contoso.example', name: 'megan' }]);
  onCall.push('nobody@contoso.example');
  await channel.deliver(message('ref-1', rig.now, rig.now + HOUR, escalation(2)));
  onCall.pop();
  expect(posted()[1]?.mentions).toEqual([]);
  expect(posted()[1]?.card).not.toHaveProperty('msteams');
});

test.each(['19:deals-chat@thread.v2', '19:meeting_weekly@thread.v2'])(
  'where there are no threads an escalation is a post of its own: %s',
  async place => {
    await rig.connector.install(place);
    await rig.connector.say('use this channel', place);
    rig.connector.clear();
    const here = (await rig.bot.channels()).find(({ id }) => id === `bot:${place}`) as BoundChannel;
    const first = await here.deliver(message('ref-1', rig.now, expiry()));
    const { reference } = first as { reference: string };
    const told = message('ref-1', rig.now, rig.now + 20 * HOUR, escalation(2), reference);
    expect(await here.deliver(told)).toEqual({ state: 'delivered', reference });
    expect(counts()).toEqual([2, 1, 0]);
    const [card, said] = rig.connector.conversation(place).messages as [Message, Message];
    expect(JSON.stringify(card.card)).toContain('Critical');
    const words = JSON.stringify(said.card);
    for (const part of ['Fabrikam', '20 h', 'ref-1', 'https://partner.example/leads/ref-1'])
      expect(words).toContain(part);
    expect(said.mentions).toEqual([{ id: 'megan@contoso.example', name: 'megan' }]);
    await rig.connector.say('stop', place);
  },
);

test.each([
  ['moderated', 403],
  ['gone', 404],
  ['of another kind', 400],
] as const)('where the thread is %s an escalation is a post of its own', async (_, answer) => {
  const previous = await tellNew();
  rig.connector.faults.push({ kind: 'reply', answer, times: 2 });
  const told = message('ref-1', rig.now, rig.now + 6 * DAY, escalation(0), previous);
  expect(await channel.deliver(told)).toEqual({ state: 'delivered', reference: previous });
  expect(posted().at(-1)).toMatchObject({ summary: expect.stringContaining('6 days left') });
  expect(posted().at(-1)?.threadId).not.toBe(previous);
  rig.connector.faults.length = 0;
});

test('follows a channel that lets nobody reply', async () => {
  const leads = rig.connector.conversation(LEADS);
  const previous = await tellNew();
  leads.moderated = true;
  const told = message('ref-1', rig.now, rig.now + 6 * DAY, escalation(0), previous);
  expect(await channel.deliver(told)).toMatchObject({ state: 'delivered' });
  leads.moderated = false;
  expect(posted()).toHaveLength(2);
});

test('a refresh edits and says nothing', async () => {
  const previous = await tellNew();
  await channel.refresh(message('ref-1', rig.now, expiry(), {}, previous));
  expect(counts()).toEqual([1, 1, 0]);
});

test('a digest is one post', async () => {
  const rows = Array.from({ length: 12 }, (_, i) => message(`ref-${i}`, rig.now, expiry()).alert);
  const digest = {
    kind: 'digest' as const,
    key: 'd',
    now: rig.now,
    of: { kind: 'new' as const, step: null },
    total: 12,
    rows,
    mayBeRepeat: false,
  };
  expect(await channel.deliver(digest)).toMatchObject({ state: 'delivered' });
  expect(counts()).toEqual([1, 0, 0]);
  expect(posted()[0]?.summary).toMatch(/^12 new referrals/);
});

test('leaves to the poll what fails for now', async () => {
  for (const answer of [408, 412, 425, 429, 500, 502, 503, 504]) {
    rig.connector.clear();
    rig.connector.faults.push({ answer, times: 1 });
    expect(await channel.deliver(message('ref-1', rig.now, expiry()))).toMatchObject({ state: 'retry' });
    expect(made('post')).toBe(1);
  }
});

test('hands a long Retry-After to the poll instead of waiting', async () => {
  rig.connector.faults.push({ answer: 429, retryAfter: 120, times: 1 });
  const outcome = await channel.deliver(message('ref-1', rig.now, expiry()));
  expect(outcome).toMatchObject({ state: 'retry', retryAt: rig.now + 120_000 });
  expect(made('post')).toBe(1);
});

test.each([
  ['reset', 'doubtful'],
  [400, 'rejected'],
  [413, 'rejected'],
  [401, 'refused'],
  [403, 'refused'],
  [404, 'refused'],
  [405, 'refused'],
] as const)('%s is %s', async (answer, state) => {
  rig.connector.faults.push({ answer, code: 'SomeWord', times: 2 });
  const outcome = await channel.deliver(message('ref-1', rig.now, expiry()));
  expect(outcome).toMatchObject({ state });
  if (answer !== 'reset') expect(outcome).toEqual({ state, reason: `Teams answered ${answer} SomeWord` });
  expect(JSON.stringify(outcome)).not.toMatch(/http|Bearer/);
  rig.connector.faults.length = 0;
});

test('an edit that got no answer is tried again without doubt, a post or reply that got none is doubtful', async () => {
  const previous = await tellNew();
  const told = message('ref-1', rig.now, rig.now + 6 * DAY, escalation(0), previous);
  for (const [kind, state] of [
    ['edit', 'retry'],
    ['reply', 'doubtful'],
  ] as const) {
    rig.connector.faults.push({ kind, answer: 'reset', afterwards: true, times: 1 });
    expect(await channel.deliver(told)).toMatchObject({ state });
  }
});

/** The same channel, where somebody else stands at the address of Teams. */
async function channelAt(serviceUrl: string): Promise<BoundChannel> {
  const known = (await rig.conversations.find(GENERAL, LEADS)) as Conversation;
  const teams = createTeamsGateway(createBotAdapter(IDENTITY));
  return createBotChannel({ ...known, serviceUrl }, { ...deps, gateway: async () => teams });
}

test('what cannot have arrived is no doubt', async () => {
  const elsewhere = await channelAt('http://127.0.0.1:9/emea/');
  expect(await elsewhere.deliver(message('ref-1', rig.now, expiry()))).toMatchObject({ state: 'retry' });
});

describe('an answer that is none of Teams', () => {
  type Answer = (response: ServerResponse) => unknown;
  const says =
    (status: number, type: string, body: string): Answer =>
    response =>
      response.writeHead(status, { 'content-type': type }).end(body);
  const page = { state: 'refused', reason: 'Teams answered 200 with a page, not an answer' };
  let answer: Answer;
  let server: Server;
  let elsewhere: BoundChannel;
  beforeAll(async () => {
    server = createServer((request, response) => void request.resume().on('end', () => answer(response)));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    elsewhere = await channelAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}/emea/`);
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  test.each<[string, Answer, object]>([
    ['a page', says(200, 'text/html', '<html>Sign in</html>'), page],
    ['a page as XHTML', says(200, 'application/xhtml+xml', '<?xml version="1.0"?><p>'), page],
    ['a page that is called JSON', says(200, 'application/json', '\n<!doctype html><p>Blocked'), page],
    ['half an object', says(201, 'application/json', '{"id":'), { state: 'delivered' }],
    ['words', says(200, 'text/plain', 'ok'), { state: 'delivered' }],
    ['nothing', says(200, 'application/json', ''), { state: 'delivered' }],
  ])('%s: what is new', async (_, given, outcome) => {
    answer = given;
    expect(await elsewhere.deliver(message('ref-1', rig.now, expiry()))).toEqual(outcome);
  });

  test('a page in answer to an edit settles nothing, half an object does', async () => {
    const told = message('ref-1', rig.now, expiry(), {}, 'activity-1');
    answer = says(200, 'text/html', '<html>');
    expect(await elsewhere.refresh(told)).toEqual(page);
    answer = says(200, 'application/json', '{"id":');
    expect(await elsewhere.refresh(told)).toEqual({ state: 'delivered', reference: 'activity-1' });
  });

  test('one without an end is read no further than Teams ever writes, and leaves a doubt', async () => {
    let written = 0;
    answer = response => {
      const chunk = 'x'.repeat(1 << 16);
      const more = () => {
        // Far more than fits into the buffers on the way.
        while (!response.destroyed && written < 200 << 20) {
          written += chunk.length;
          if (!response.write(chunk)) return;
        }
        response.end();
      };
      response.writeHead(201, { 'content-type': 'application/json' }).on('drain', more);
      more();
    };
    expect(await elsewhere.deliver(message('ref-1', rig.now, expiry()))).toMatchObject({ state: 'doubtful' });
    expect(written).toBeLessThan(100 << 20);
  });
});

test('the plainest form holds nothing that a customer wrote', async () => {
  const alert = message('ref-1', rig.now, rig.now + HOUR, escalation(2));
  expect(await channel.deliver({ ...alert, plainest: true })).toMatchObject({ state: 'delivered' });
  const [plain] = posted();
  expect(JSON.stringify(plain)).not.toMatch(/Fabrikam|robots/);
  expect(JSON.stringify(plain)).toContain('ref-1');
  expect(JSON.stringify(plain)).toContain('https://partner.example/leads/ref-1');
});

test('the channel never sees a person of the customer', async () => {
  await tellNew();
  const { contacts, notes } = referral('ref-1');
  const seen = JSON.stringify(posted());
  for (const text of [...contacts.flatMap(contact => Object.values(contact)), notes]) expect(seen).not.toContain(text);
});
