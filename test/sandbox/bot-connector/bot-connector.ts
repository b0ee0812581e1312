import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import type { JWTPayload } from 'jose';
import { createSigner, type Signer } from '../authority/signer.ts';
import { createListeners } from '../listeners.ts';
import { type Bindings, serve, type Tls } from '../serve.ts';
import { addConnectorRoutes, type ConnectorFault } from './connector-routes.ts';
import { addIdentityRoutes, type IdentityState } from './identity.ts';
import {
  type ConversationState,
  createWorld,
  type Message,
  PEOPLE,
  type Person,
  teamsId,
  type World,
} from './world.ts';

export interface BotConnectorOptions {
  readonly appId: string;
  readonly tenantId: string;
  /** Where the bot listens; may be set later with `connect`. */
  readonly botUrl?: string;
  readonly port?: number;
  readonly tls?: Tls;
  /** What this cloud calls its Bot Connector: issuer of its tokens, audience of the bot's. The public cloud's unless given. */
  readonly service?: string;
}

export interface BotAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly milliseconds: number;
}

export interface PressOptions {
  readonly conversation: string;
  readonly activityId: string;
  readonly verb: string;
  readonly data?: unknown;
  readonly user?: Person;
}

export type TeamsEvent =
  | 'channelDeleted'
  | 'channelRestored'
  | 'teamDeleted'
  | 'teamRestored'
  | 'teamHardDeleted'
  | 'channelMemberRemoved';

export interface BotConnector {
  readonly url: string;
  readonly port: number;
  /** What the bot is told to call, as it is now. */
  readonly serviceUrl: string;
  readonly openIdMetadataUrl: string;
  /** What the platform gives to the bot's process: the identity endpoint and its secret. */
  readonly identityEnvironment: { readonly IDENTITY_ENDPOINT: string; readonly IDENTITY_HEADER: string };
  /** For a bot with a password: the authority is `url`, which must then be https. */
  readonly password: string;
  readonly world: World;
  readonly identity: IdentityState;
  readonly signer: Signer;
  readonly faults: ConnectorFault[];
  /** While set, the keys cannot be read. */
  setKeysDown(down: boolean): void;
  readonly keyReads: () => number;
  connect(botUrl: string): void;
  conversation(id: string): ConversationState;
  /** The app is added to a team (by the id of any of its channels) or to a chat: told twice, as Teams does. */
  install(conversation: string): Promise<BotAnswer[]>;
  uninstall(conversation: string): Promise<BotAnswer[]>;
  /** A channel or its team is deleted or restored, or the app disallowed in one channel of its team. */
  happen(event: TeamsEvent, channel: string): Promise<BotAnswer>;
  /** Teams serves the tenant from another region from now on; the old one sends the bot away. */
  move(region: string): void;
  /** Writes to the bot; in channels and group chats with a mention. */
  say(text: string, conversation: string, user?: Person, thread?: string): Promise<BotAnswer>;
  /** Presses a card's button as `user`. */
  pressButton(options: PressOptions): Promise<BotAnswer>;
  /** Sends an activity as it is, with a token over these claims unless another authorization is given. */
  send(activity: object, options?: { claims?: JWTPayload; authorization?: string | null }): Promise<BotAnswer>;
  /** The claims of a right token. */
  claims(changes?: JWTPayload): JWTPayload;
  /** An activity of Teams' making in this conversation. */
  activity(conversation: string, user: Person, more: object): Record<string, unknown>;
  /** Forgets messages and calls. */
  clear(): void;
  /** As new: the app is installed nowhere. */
  reset(): void;
  onChange(listener: () => void): () => void;
  close(): Promise<void>;
}

const PUBLIC_CLOUD = 'https://api.botframework.com';

/** Stand-in for Teams and its Bot Connector: takes a bot's calls and sends it signed activities. */
export async function createBotConnector(options: BotConnectorOptions): Promise<BotConnector> {
  const { appId, tenantId, service = PUBLIC_CLOUD } = options;
  const world = createWorld();
  const listeners = createListeners();
  const faults: ConnectorFault[] = [];
  const [signer, identitySigner] = await Promise.all([createSigner('Bot Framework'), createSigner('Entra')]);
  const [header, password, botId] = [randomUUID(), randomUUID(), `28:${appId}`];
  let botUrl = options.botUrl ?? '';
  let keysDown = false;
  let keyReads = 0;
  let messages = 0;
  let region = 'emea';

  const app = new Hono<Bindings>();
  app.get('/.well-known/openidconfiguration', context =>
    keysDown ? context.json({}, 503) : context.json({ issuer: service, jwks_uri: `${served.url}/keys` }),
  );
  app.get('/keys', context => {
    keyReads += 1;
    return context.json({ keys: signer.keys().map(key => ({ ...key, endorsements: ['msteams'] })) });
  });
  const identity = addIdentityRoutes(app, { appId, tenantId, header, password, service, signer: identitySigner });
  const { changed } = listeners;
  addConnectorRoutes(app, {
    appId,
    botId,
    service,
    world,
    signer: identitySigner,
    faults,
    region: () => region,
    changed,
  });
  const served = await serve(app, {
    ...(options.port && { port: options.port }),
    ...(options.tls && { tls: options.tls }),
  });
  const serviceUrl = () => `${served.url}/${region}/`;

  function conversation(id: string): ConversationState {
    const found = world.conversations.find(each => each.id === id);
    if (!found) throw new Error(`no conversation ${id}`);
    return found;
  }

  function claims(changes: JWTPayload = {}): JWTPayload {
    const now = Math.floor(Date.now() / 1000);
    return {
      iss: service,
      aud: appId,
      serviceurl: serviceUrl(),
      nbf: now,
      exp: now + 3600,
      ...changes,
    };
  }

  async function send(
    activity: object,
    { claims: given, authorization }: { claims?: JWTPayload; authorization?: string | null } = {},
  ): Promise<BotAnswer> {
    const bearer = authorization === undefined ? `Bearer ${await signer.sign(given ?? claims())}` : authorization;
    const begin = performance.now();
    const response = await fetch(botUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(bearer !== null && { authorization: bearer }) },
      body: JSON.stringify(activity),
    });
    const text = await response.text();
    changed();
    return { status: response.status, body: parse(text), milliseconds: performance.now() - begin };
  }

  function activity(id: string, user: Person, more: object): Record<string, unknown> {
    const place = conversation(id);
    const team = world.teams.find(({ id: teamId }) => teamId === place.teamId);
    const conversationType = place.kind === 'meeting' ? 'groupChat' : place.kind;
    return {
      id: `f:${randomUUID()}`,
      timestamp: new Date().toISOString(),
      channelId: 'msteams',
      serviceUrl: serviceUrl(),
      from: { id: teamsId(user), name: user.name, aadObjectId: user.objectId },
      recipient: { id: botId, name: 'Referral Alerts' },
      conversation: { id, conversationType, tenantId, ...(place.kind !== 'personal' && { isGroup: true }) },
      channelData: {
        tenant: { id: tenantId },
        ...(team && { team: { id: team.id, name: team.name }, channel: { id } }),
      },
      ...more,
    };
  }

  function together(id: string): ConversationState[] {
    const { teamId } = conversation(id);
    return teamId === null ? [conversation(id)] : world.conversations.filter(each => each.teamId === teamId);
  }

  async function tellInstall(id: string, installed: boolean): Promise<BotAnswer[]> {
    const places = together(id);
    for (const place of places) place.installed = installed;
    changed();
    const user = PEOPLE[0] as Person;
    const first = (places[0] as ConversationState).id;
    const members = [{ id: botId }];
    const events = [
      { type: 'installationUpdate', action: installed ? 'add' : 'remove' },
      { type: 'conversationUpdate', ...(installed ? { membersAdded: members } : { membersRemoved: members }) },
    ];
    return await Promise.all(
      events.map(event => {
        const told = activity(first, user, event);
        const data = told.channelData as { team?: object };
        return send({
          ...told,
          channelData: { ...data, ...(data.team && { settings: { selectedChannel: { id: first } } }) },
        });
      }),
    );
  }

  async function happen(event: TeamsEvent, id: string): Promise<BotAnswer> {
    const place = conversation(id);
    if (event === 'channelDeleted' || event === 'channelRestored') place.deleted = event === 'channelDeleted';
    if (event === 'channelMemberRemoved') place.installed = false;
    if (event.startsWith('team')) {
      for (const each of together(id)) each.deleted = event !== 'teamRestored';
    }
    changed();
    const told = activity(id, PEOPLE[0] as Person, { type: 'conversationUpdate' });
    return await send({
      ...told,
      ...(event === 'channelMemberRemoved' && { membersRemoved: [{ id: botId }] }),
      channelData: { ...(told.channelData as object), eventType: event },
    });
  }

  function clear(): void {
    for (const place of world.conversations) place.messages.length = 0;
    world.calls.length = 0;
    changed();
  }

  return {
    ...{ url: served.url, port: served.port, password, world, identity, signer, faults },
    get serviceUrl() {
      return serviceUrl();
    },
    openIdMetadataUrl: `${served.url}/.well-known/openidconfiguration`,
    identityEnvironment: { IDENTITY_ENDPOINT: `${served.url}/identity/token`, IDENTITY_HEADER: header },
    ...{ conversation, claims, send, activity, onChange: listeners.onChange },
    keyReads: () => keyReads,
    setKeysDown(down) {
      keysDown = down;
    },
    connect(url) {
      botUrl = url;
    },
    install: id => tellInstall(id, true),
    uninstall: id => tellInstall(id, false),

    async say(text, id, user = PEOPLE[0] as Person, thread) {
      const place = conversation(id);
      const own = String(Math.floor(Date.now() / 1000) * 1_000_000 + 500_000 + ++messages);
      const threadId = thread ?? (place.kind === 'channel' ? own : id);
      place.messages.push({
        ...{ id: own, threadId, conversationId: id, from: user, at: Date.now(), text, card: null, summary: null },
        ...{ mentions: [], editedAt: null, edits: 0, views: {} },
      });
      changed();
      const mention = {
        type: 'mention',
        text: '<at>Referral Alerts</at>',
        mentioned: { id: botId, name: 'Referral Alerts' },
      };
      const told = activity(id, user, {
        type: 'message',
        id: own,
        text: place.kind === 'personal' ? text : `${mention.text} ${text}`,
        textFormat: 'plain',
        entities: place.kind === 'personal' ? [] : [mention],
      });
      const within = place.kind === 'channel' ? `${id};messageid=${threadId}` : id;
      return await send({ ...told, conversation: { ...(told.conversation as object), id: within } });
    },

    async pressButton({ conversation: id, activityId, verb, data = {}, user = PEOPLE[0] as Person }) {
      const place = conversation(id);
      const message = place.messages.find(each => each.id === activityId);
      const threadId = message?.threadId ?? activityId;
      const told = activity(id, user, {
        type: 'invoke',
        name: 'adaptiveCard/action',
        replyToId: activityId,
        value: { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' },
      });
      const within = place.kind === 'channel' ? `${id};messageid=${threadId}` : id;
      const answer = await send({ ...told, conversation: { ...(told.conversation as object), id: within } });
      if (message) show(message, user, answer);
      changed();
      return answer;
    },

    happen,
    move(to) {
      region = to;
    },
    clear,
    reset() {
      region = 'emea';
      for (const place of world.conversations) {
        Object.assign(place, { installed: false, deleted: false, moderated: false });
      }
      faults.length = 0;
      clear();
    },
    close: () => served.close(),
  };
}

/** Puts the card that a button answered before the eyes of whoever pressed it, nobody else's. */
function show(message: Message, user: Person, { status, body }: BotAnswer): void {
  const { type, value } = (body ?? {}) as { type?: string; value?: Record<string, unknown> };
  if (status === 200 && type === 'application/vnd.microsoft.card.adaptive' && value)
    message.views[user.objectId] = value;
}

function parse(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text);
  } catch {
    return text;
  }
}
