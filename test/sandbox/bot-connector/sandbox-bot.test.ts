import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterEach, expect, it } from 'vitest';
import { createPlaygroundProxy } from './playground-proxy.ts';
import { createSandboxBot, type SandboxBot } from './sandbox-bot.ts';

const LEADS = '19:sales-leads@thread.tacv2';

let teams: SandboxBot;
const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

type Activity = Record<string, unknown> & { conversation: { id: string; tenantId?: string } };

/** A bot that answers whatever it is told to. */
async function listen(
  answer: (activity: Activity) => unknown,
): Promise<{ url: string; heard: Activity[]; tokens: string[] }> {
  const heard: Activity[] = [];
  const tokens: string[] = [];
  const server = createServer(async (request, response) => {
    const activity = (await json(request)) as Activity;
    heard.push(activity);
    tokens.push(request.headers.authorization ?? '');
    response.end(JSON.stringify(answer(activity) ?? {}));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, heard, tokens };
}

/** A token of the bot's, as the platform would give it. */
async function token(): Promise<string> {
  const { IDENTITY_ENDPOINT, IDENTITY_HEADER } = teams.connector.identityEnvironment;
  const query = new URLSearchParams({
    'api-version': '2019-08-01',
    resource: 'https://api.botframework.com',
    client_id: teams.settings.BOT_APP_ID as string,
  });
  const response = await fetch(`${IDENTITY_ENDPOINT}?${query}`, { headers: { 'x-identity-header': IDENTITY_HEADER } });
  return ((await response.json()) as { access_token: string }).access_token;
}

async function call(method: string, path: string, body?: object, bearer?: string): Promise<Response> {
  const authorization = `Bearer ${bearer ?? (await token())}`;
  return await fetch(`${teams.connector.serviceUrl}v3/conversations/${path}`, {
    method,
    headers: { authorization, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
}

const content = { type: 'AdaptiveCard', version: '1.5', body: [] };
const message = { type: 'message', attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }] };

it('takes posts, edits and replies of a bot that is installed and has a token', async () => {
  teams = await createSandboxBot();
  closing.push(teams.close);
  const bot = await listen(() => ({}));
  const path = `${encodeURIComponent(LEADS)}/activities`;
  expect((await call('POST', path, message)).status).toBe(403);
  await teams.begin(bot.url);
  // Teams tells of an install twice, in no certain order.
  expect(bot.heard.map(({ type }) => type).toSorted()).toEqual(['conversationUpdate', 'installationUpdate', 'message']);
  expect(bot.tokens.every(value => value.startsWith('Bearer ey'))).toBe(true);

  expect((await call('POST', path, message, 'nonsense')).status).toBe(401);
  const { id } = (await (await call('POST', path, message)).json()) as { id: string };
  expect((await call('PUT', `${path}/${id}`, message)).status).toBe(200);
  expect((await call('PUT', `${path}/none`, message)).status).toBe(404);
  const thread = `${encodeURIComponent(`${LEADS};messageid=${id}`)}/activities`;
  expect((await call('POST', thread, { type: 'message', text: 'six hours left' })).status).toBe(201);
  expect(teams.cards().map(({ card }) => card)).toEqual([
    content,
    expect.objectContaining({ fallbackText: 'six hours left' }),
  ]);
  expect((await call('GET', `${encodeURIComponent(LEADS)}/members`)).status).toBe(200);
  expect((await call('POST', 'nowhere/activities', message)).status).toBe(404);
  expect((await call('POST', path, { ...message, text: 'x'.repeat(60_000) })).status).toBe(413);
});

it('brings a pressed button to the bot, and its answer to whoever pressed it', async () => {
  teams = await createSandboxBot();
  closing.push(teams.close);
  const bot = await listen(({ type, value }) => {
    if (type !== 'invoke') return {};
    const { verb } = (value as { action: { verb: string } }).action;
    return verb === 'details'
      ? { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: content }
      : { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'too late' };
  });
  await teams.begin(bot.url);
  const posted = await call('POST', `${encodeURIComponent(LEADS)}/activities`, message);
  const card = `bot-${((await posted.json()) as { id: string }).id}`;
  expect(await teams.press({ card, verb: 'details', data: { referralId: 'r' } })).toEqual({ card: content });
  expect(await teams.press({ card, verb: 'claim', data: {} })).toEqual({ text: 'too late' });
  expect(await teams.press({ card: 'bot-none', verb: 'claim', data: {} })).toBeNull();
});

it('signs what the Playground sends', async () => {
  teams = await createSandboxBot();
  closing.push(teams.close);
  const bot = await listen(() => ({ heard: true }));
  teams.connector.connect(bot.url);
  const proxy = await createPlaygroundProxy(teams.connector, 'our-tenant');
  closing.push(proxy.close);
  const response = await fetch(`${proxy.url}/api/messages`, {
    method: 'POST',
    body: JSON.stringify({
      type: 'message',
      serviceUrl: 'http://localhost:56150/_connector',
      conversation: { id: 'c' },
    }),
  });
  expect(await response.json()).toEqual({ heard: true });
  expect(bot.heard[0]).toMatchObject({
    conversation: { id: 'c', tenantId: 'our-tenant' },
    channelData: { tenant: { id: 'our-tenant' } },
  });
  const [, payload = ''] = (bot.tokens[0] as string).split('.');
  expect(JSON.parse(Buffer.from(payload, 'base64url').toString()).serviceurl).toBe('http://localhost:56150/_connector');
});
