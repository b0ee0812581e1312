import type { ChannelDeps, Waits } from '../../src/app/open-channel.ts';
import { HOUR } from '../../src/base/instant.ts';
import { createBot } from '../../src/bot/bot.ts';
import type { Conversation } from '../../src/model/conversation-store.ts';
import type { Carrier, CarrierAnswer } from '../../src/model/outcomes.ts';
import { view } from '../messages/samples.ts';
import { createAcs } from '../sandbox/acs/acs.ts';
import { type BotConnector, createBotConnector } from '../sandbox/bot-connector/bot-connector.ts';
import { createMailSink } from '../sandbox/mail-sink/mail-sink.ts';
import { createPagerSink } from '../sandbox/pager-sink/pager-sink.ts';
import { createTeamsSink } from '../sandbox/teams-sink/teams-sink.ts';
import { keepingLog } from '../support/keeping-log.ts';
import { takeIdentity } from '../support/platform-identity.ts';
import { createScriptedHttp } from './scripted-http.ts';
import { createScriptedSmtp, type ScriptedSmtp } from './scripted-smtp.ts';

/** A service as it is when all is well. */
export interface Service {
  readonly port: number;
  /** Everything that arrived, as text. */
  received(): string[];
  close(): Promise<void>;
}

/** A service that says what it is told. */
export interface Scripted {
  readonly port: number;
  say(answer: CarrierAnswer): void;
  /** How many messages it has heard out. */
  heard(): number;
  close(): Promise<void>;
}

/** What stands at the other end of a carrier, and how channels find it. */
export interface Wire {
  /** Settings that open every channel that goes over it, at that port of this machine. */
  settings(port: number): Record<string, string>;
  /** What those channels are given beside their settings. */
  deps?(port: number): Partial<ChannelDeps>;
  /** Words that may stand in no reason and no log. */
  readonly secrets: readonly string[];
  serve(): Promise<Service>;
  script(): Promise<Scripted>;
}

// Long enough for a busy machine, short enough to wait for when the other side is silent.
const timeoutMs = 1_500;
export const WAITS: Waits = {
  timeoutMs,
  times: { replyMs: timeoutMs, conversationMs: timeoutMs, dotMs: timeoutMs },
  pausesMs: [],
};

const query = '?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=Ab-_c';
const auth = { user: 'relay-user', pass: 'relay-word' };
const routingKey = 'routing-key-of-the-rota';
const token = 'identity-token';
const mail = {
  EMAIL_TO: 'sales@example.com',
  EMAIL_TO_NORDICS: 'nordics@example.com',
  ONCALL_EMAIL_TO: 'on-call@example.com',
  OPERATOR_EMAIL_TO: 'operator@example.com',
  REPORT_AT: 'Mon 08:00',
  REPORT_EMAIL_TO: 'managers@example.com',
  EMAIL_FROM: 'Referral Alerts <alerts@contoso.com>',
};
const addresses = ['sales@example.com', 'on-call@example.com', 'operator@example.com', 'managers@example.com'];

/** One for each carrier there is: the compiler asks for the next. */
export const WIRES: Readonly<Record<Carrier, Wire>> = {
  webhook: {
    settings(port) {
      const at = (channel: string) =>
        `http://127.0.0.1:${port}/powerautomate/automations/direct/workflows/${channel}/triggers/manual/paths/invoke${query}`;
      return {
        TEAMS_WEBHOOK_URL: at('sales'),
        TEAMS_WEBHOOK_URL_NORDICS: at('nordics'),
        ONCALL_TEAMS_WEBHOOK_URL: at('oncall'),
        OPERATOR_TEAMS_WEBHOOK_URL: at('operator'),
        REPORT_AT: 'Mon 08:00',
        REPORT_TEAMS_WEBHOOK_URL: at('report'),
      };
    },
    secrets: ['sig=', 'Ab-_c'],
    async serve() {
      const channels = ['sales', 'nordics', 'oncall', 'operator', 'report'];
      const queries = Object.fromEntries(channels.map(channel => [channel, query]));
      const sink = await createTeamsSink({ channels, queries });
      return {
        port: sink.port,
        received: () => sink.state.posts.map(({ card }) => JSON.stringify(card)),
        close: sink.close,
      };
    },
    script: () => scriptedHttp(),
  },
  pager: {
    settings: port => ({ ONCALL_PAGER_KEY: routingKey, ONCALL_PAGER_URL: `http://127.0.0.1:${port}/v2/enqueue` }),
    secrets: [routingKey],
    async serve() {
      const sink = await createPagerSink({ routingKey });
      return {
        port: sink.port,
        received: () => sink.state.events.map(({ event }) => JSON.stringify(event)),
        close: sink.close,
      };
    },
    script: () => scriptedHttp(),
  },
  acs: {
    settings: port => ({ ...mail, ACS_ENDPOINT: `http://127.0.0.1:${port}` }),
    deps: () => ({ identity: { getToken: async () => ({ token, expiresOnTimestamp: Date.now() + HOUR }) } }),
    secrets: [token, ...addresses],
    async serve() {
      const acs = await createAcs({ token });
      acs.course.push(...Array<'Succeeded'>(100).fill('Succeeded'));
      return {
        port: Number(new URL(acs.url).port),
        received: () => [...acs.operations.values()].map(({ message }) => JSON.stringify(message)),
        close: acs.close,
      };
    },
    script: () => scriptedHttp(),
  },
  smtp: {
    settings: port => ({ ...mail, SMTP_URL: `smtp://${auth.user}:${auth.pass}@127.0.0.1:${port}` }),
    secrets: [auth.user, auth.pass, ...addresses],
    async serve() {
      const sink = await createMailSink({ auth });
      return {
        port: sink.port,
        received: () => sink.state.mails.map(each => JSON.stringify(each)),
        close: sink.close,
      };
    },
    script: scriptedMail,
  },
  bot: {
    settings: () => ({}),
    deps: port => ({ bot: boundBot(port) }),
    secrets: ['Bearer', 'eyJ'],
    async serve() {
      const connector = await theTeams();
      connector.clear();
      const channel = connector.conversation(LEADS);
      channel.installed = true;
      return {
        port: connector.port,
        received: () => channel.messages.map(({ card, text }) => JSON.stringify(card ?? text)),
        close: async () => {},
      };
    },
    async script() {
      await theTeams();
      return await scriptedHttp();
    },
  },
};

const APP_ID = '3f0c2a1e-1111-4222-8333-444455556666';
const TENANT_ID = '9a8b7c6d-1111-4222-8333-444455556666';
const LEADS = '19:sales-leads@thread.tacv2';

let teams: Promise<BotConnector> | null = null;

/** Teams, and the platform that says who the bot is: one for all, for the process keeps its identity's token. */
function theTeams(): Promise<BotConnector> {
  teams ??= createBotConnector({ appId: APP_ID, tenantId: TENANT_ID }).then(async connector => {
    await takeIdentity(connector.identityEnvironment);
    return connector;
  });
  return teams;
}

/** Ends what all tests of a file share. */
export async function closeWires(): Promise<void> {
  await (await teams)?.close();
}

/** A bot that is bound to one channel of a Teams at that port. */
function boundBot(port: number) {
  const conversation: Conversation = {
    ...{ team: '19:sales-general@thread.tacv2', channel: LEADS, kind: 'channel', botId: `28:${APP_ID}` },
    ...{ serviceUrl: `http://127.0.0.1:${port}/emea/`, addedAt: 0, boundAt: 0 },
  };
  const nothing = async () => null;
  return createBot({
    ...{ appId: APP_ID, tenantId: TENANT_ID, credential: { kind: 'managed-identity' }, admins: null },
    ...{ authorityUrl: 'https://login.microsoftonline.com', openIdMetadataUrl: 'http://127.0.0.1:9/', onCall: [] },
    ...{ issuer: 'https://api.botframework.com', tokenScope: 'https://api.botframework.com/.default' },
    ...{ serviceHosts: ['127.0.0.1'], claimExpiresAfterMs: HOUR, steps: [], view, deliveryMs: timeoutMs },
    conversations: {
      ...{ list: async () => [conversation], find: async () => conversation, add: async () => false },
      ...{ change: nothing, changeTeam: async () => {}, remove: async () => {}, removeTeam: async () => {} },
    },
    checkpoints: { loadOpen: async () => [], find: nothing, update: nothing },
    ...{ fetchReferral: nothing, detailCard: async () => ({}), clock: Date.now, log: keepingLog() },
    lastPoll: async () => ({ lastGoodPollAt: null, pending: 0 }),
  });
}

/** The body that says this word, and its type. */
function bodyOf({ status, code }: CarrierAnswer): { readonly type: string; readonly body: string } {
  if (code === 'html') return { type: 'text/html', body: '<!DOCTYPE html><title>Importers</title>' };
  if (code === 'failure') return { type: 'text/plain', body: 'Webhook message delivery failed with error: Importers' };
  const said =
    Number(status) < 300
      ? { id: '11111111-1111-4111-8111-111111111111', status: 'Running', error: null }
      : { error: { code: code ?? 'SomeWord', message: 'quoted: Importers' } };
  return { type: 'application/json', body: JSON.stringify(said) };
}

async function scriptedHttp(): Promise<Scripted> {
  const server = await createScriptedHttp();
  return {
    port: Number(new URL(server.origin).port),
    say(answer) {
      if (answer.status === 'no answer') server.answer = 'silence';
      if (typeof answer.status !== 'number') return;
      const { type, body } = bodyOf(answer);
      const location = `${server.origin}/emails/operations/11111111-1111-4111-8111-111111111111?api-version=1`;
      const headers = { 'content-type': type, location, 'operation-location': location };
      server.answer = { status: answer.status, headers, body };
    },
    heard: () => server.requests.filter(({ method }) => method === 'POST').length,
    close: server.close,
  };
}

async function scriptedMail(): Promise<Scripted> {
  const server = await createScriptedSmtp();
  const command = {
    greeting: 'greeting',
    tls: 'STARTTLS',
    login: 'AUTH',
    sender: 'MAIL',
    recipients: 'RCPT',
    message: 'dot',
  } as const;
  const clear = () => {
    for (const each of Object.keys(server.replies) as (keyof ScriptedSmtp['replies'])[]) delete server.replies[each];
  };
  return {
    port: Number(new URL(server.url).port),
    say({ status, code, stage = 'message' }) {
      clear();
      if (stage === 'tls') server.replies.EHLO = '250-STARTTLS\r\n250 AUTH PLAIN LOGIN';
      const reply = status === 'no answer' ? 'silence' : `${status} ${code ? `${code} ` : ''}said to Importers`;
      if (status !== 'no connection') server.replies[command[stage]] = reply;
      else if (stage === 'tls') server.replies.STARTTLS = 'plain';
    },
    heard: () => server.mails.length,
    close: server.close,
  };
}
