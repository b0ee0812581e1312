import type { Served } from '../serve.ts';
import { type BotConnector, createBotConnector } from './bot-connector.ts';
import { createPlaygroundProxy } from './playground-proxy.ts';
import { PEOPLE, type Person } from './world.ts';

const APP_ID = '3f0c2a1e-7b1d-4c62-9a35-0d5f8e6b4a71';
const TENANT_ID = '9a8b7c6d-2e4f-4b1a-8c3d-5e6f70819243';

/** The channel that hears of referrals in the sandbox. */
const LEADS = '19:sales-leads@thread.tacv2';

/** A message of the bot as the console shows it. */
export interface BotCard {
  readonly id: string;
  readonly at: number;
  readonly editedAt: number | null;
  readonly card: Readonly<Record<string, unknown>>;
}

/** What pressing a button brings to the one who pressed it. */
export interface PressAnswer {
  readonly card?: object;
  readonly text?: string;
}

export interface SandboxBot {
  readonly connector: BotConnector;
  /** App settings that make the product a bot here; the environment of the platform among them. */
  readonly settings: Readonly<Record<string, string>>;
  /** Adds the bot to a team and binds its channel, as people would. */
  begin(functionsUrl: string): Promise<void>;
  /** Cards and replies in the bound channel, oldest first. */
  cards(): BotCard[];
  /** Presses a button of a card as one of the team; null when there is no such card. */
  press(press: { readonly card: string; readonly verb: string; readonly data: unknown }): Promise<PressAnswer | null>;
  /** Lets Microsoft 365 Agents Playground talk to the bot, until closed. */
  openPlaygroundDoor(): Promise<Served>;
  onChange(listener: () => void): () => void;
  close(): Promise<void>;
}

/** Teams with the product's bot in it, for the sandbox. */
export async function createSandboxBot(): Promise<SandboxBot> {
  const connector = await createBotConnector({ appId: APP_ID, tenantId: TENANT_ID });
  const channel = connector.conversation(LEADS);
  return {
    connector,
    settings: {
      ...connector.identityEnvironment,
      // The bot tells the sales channel, and one telling is enough.
      TEAMS_WEBHOOK_URL: '',
      BOT_APP_ID: APP_ID,
      BOT_TENANT_ID: TENANT_ID,
      BOT_OPENID_METADATA_URL: connector.openIdMetadataUrl,
      BOT_SERVICE_HOSTS: '127.0.0.1,localhost',
    },
    async begin(functionsUrl) {
      connector.connect(`${functionsUrl}/api/messages`);
      await connector.install(LEADS);
      await connector.say('use this channel', LEADS);
    },
    cards: () =>
      channel.messages
        .filter(({ from, card, threadId, id }) => from === 'bot' && (card !== null || threadId !== id))
        .filter(({ threadId }) => channel.messages.find(({ id }) => id === threadId)?.from === 'bot')
        .map(({ id, at, editedAt, card, text }) => ({ id: `bot-${id}`, at, editedAt, card: card ?? replyCard(text) })),
    async press({ card, verb, data }) {
      const activityId = card.replace(/^bot-/, '');
      if (!channel.messages.some(({ id }) => id === activityId)) return null;
      const user = PEOPLE[0] as Person;
      const { status, body } = await connector.pressButton({ conversation: LEADS, activityId, verb, data, user });
      return answerOf(status, body);
    },
    openPlaygroundDoor: () => createPlaygroundProxy(connector, TENANT_ID),
    onChange: connector.onChange,
    close: connector.close,
  };
}

function answerOf(status: number, body: unknown): PressAnswer {
  const { type, value } = (body ?? {}) as { type?: string; value?: unknown };
  if (status === 200 && type === 'application/vnd.microsoft.card.adaptive') return { card: value as object };
  if (status === 200 && typeof value === 'string') return { text: value };
  return { text: `The bot answered ${status}.` };
}

/** A reply in words, shown like a card. */
function replyCard(text: string | null): Readonly<Record<string, unknown>> {
  const body = [{ type: 'TextBlock', text: text ?? '', wrap: true }];
  return { type: 'AdaptiveCard', version: '1.5', fallbackText: text ?? '', body };
}
