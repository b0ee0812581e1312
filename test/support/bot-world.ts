import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type BotConnector, createBotConnector } from '../sandbox/bot-connector/bot-connector.ts';
import type { ConnectorCall, Message } from '../sandbox/bot-connector/world.ts';
import { takeIdentity } from './platform-identity.ts';
import { createWorld, type World, type WorldOptions } from './world.ts';

const APP_ID = '3f0c2a1e-1111-4222-8333-444455556666';
const TENANT_ID = '9a8b7c6d-1111-4222-8333-444455556666';

export const LEADS = '19:sales-leads@thread.tacv2';
export const GENERAL = '19:sales-general@thread.tacv2';

export interface BotWorld {
  readonly world: World;
  readonly connector: BotConnector;
  /** Settings of the bot, for `world.restart`. */
  readonly settings: Readonly<Record<string, string>>;
  /** How many posts, edits and replies the bot made so far, answers to commands included. */
  counts(): { posts: number; edits: number; replies: number };
  /** The card of a referral as it stands in a channel, by its customer. */
  cardOf(customer: string, conversation?: string): Message | undefined;
  close(): Promise<void>;
}

// Its keys take long to make: one stand-in serves all worlds.
let shared: Promise<BotConnector> | null = null;

async function sharedConnector(): Promise<BotConnector> {
  shared ??= createBotConnector({ appId: APP_ID, tenantId: TENANT_ID });
  const connector = await shared;
  await takeIdentity(connector.identityEnvironment);
  connector.reset();
  return connector;
}

/** The whole app with a bot: what Teams sends comes in over a socket, as it would through the platform. */
export async function createBotWorld(options: WorldOptions = {}): Promise<BotWorld> {
  const connector = await sharedConnector();
  const settings = {
    BOT_APP_ID: APP_ID,
    BOT_TENANT_ID: TENANT_ID,
    BOT_OPENID_METADATA_URL: connector.openIdMetadataUrl,
    BOT_SERVICE_HOSTS: '127.0.0.1',
  };
  const world = await createWorld({ ...options, settings: { ...settings, ...options.settings } });
  const server = createServer((request, response) => {
    void text(request)
      .then(body => world.app.messages({ authorization: request.headers.authorization ?? null, body }))
      .then(({ status, headers, body }) => response.writeHead(status, { ...headers }).end(JSON.stringify(body)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  connector.connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api/messages`);
  const made = (kind: ConnectorCall['kind']) => connector.world.calls.filter(call => call.kind === kind).length;

  return {
    ...{ world, connector, settings },
    counts: () => ({ posts: made('post'), edits: made('edit'), replies: made('reply') }),
    cardOf: (customer, conversation = LEADS) =>
      connector
        .conversation(conversation)
        .messages.find(({ card, id, threadId }) => id === threadId && JSON.stringify(card ?? '').includes(customer)),
    async close() {
      server.close();
      server.closeAllConnections();
      await world.close();
    },
  };
}
