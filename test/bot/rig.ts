import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { vi } from 'vitest';
import { openTable } from '../../src/azure/tables.ts';
import { DAY, HOUR, type Instant } from '../../src/base/instant.ts';
import { type Bot, createBot } from '../../src/bot/bot.ts';
import type { BotOptions } from '../../src/bot/ports.ts';
import type { CardView } from '../../src/messages/view.ts';
import { en } from '../../src/messages/words/en.ts';
import { type Alert, type EscalationStep, NOTHING_ELSE } from '../../src/model/alert.ts';
import type { AlertMessage } from '../../src/model/channel.ts';
import type { Checkpoint } from '../../src/model/checkpoint.ts';
import type { CheckpointStore } from '../../src/model/checkpoint-store.ts';
import type { ConversationStore } from '../../src/model/conversation-store.ts';
import type { Referral } from '../../src/model/referral.ts';
import { createCheckpointStore } from '../../src/storage/checkpoints.ts';
import { createConversationStore } from '../../src/storage/conversations.ts';
import { type BotConnector, createBotConnector } from '../sandbox/bot-connector/bot-connector.ts';
import { keepingLog } from '../support/keeping-log.ts';
import { takeIdentity } from '../support/platform-identity.ts';
import { uniqueTableName } from '../support/table-names.ts';

export const APP_ID = '3f0c2a1e-1111-4222-8333-444455556666';
export const TENANT_ID = '9a8b7c6d-1111-4222-8333-444455556666';
export const LEADS = '19:sales-leads@thread.tacv2';
export const GENERAL = '19:sales-general@thread.tacv2';

export const STEPS: readonly EscalationStep[] = [
  { name: '7d', before: 7 * DAY, severity: 'reminder' },
  { name: '3d', before: 3 * DAY, severity: 'warning' },
  { name: '24h', before: DAY, severity: 'critical' },
];

export const VIEW: CardView = {
  words: en,
  timeZone: 'UTC',
  linkFor: id => ({ url: `https://partner.example/leads/${id}`, opensList: false }),
};

export const CONTACT = {
  name: 'Wilhelmina Contactperson',
  email: 'wilhelmina@fabrikam.example',
  phone: '+49 30 1234567',
};

export interface Rig {
  readonly bot: Bot;
  readonly connector: BotConnector;
  readonly conversations: ConversationStore;
  readonly checkpoints: CheckpointStore;
  readonly log: ReturnType<typeof keepingLog>;
  /** What Partner Center knows; null makes it fail. */
  readonly partnerCenter: { referrals: Map<string, Referral> | null; asked: string[] };
  /** The time of everything in this process; setting it moves the clock. */
  now: Instant;
  close(): Promise<void>;
}

/** A bot with real tables, real sockets and a Teams stand-in; Partner Center is a map. */
export async function createRig(
  tablesConnectionString: string,
  changes: Partial<BotOptions> = {},
  service = 'https://api.botframework.com',
): Promise<Rig> {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
  const connector = await createBotConnector({ appId: APP_ID, tenantId: TENANT_ID, service });
  await takeIdentity(connector.identityEnvironment);
  const location = { connectionString: tablesConnectionString };
  const conversations = createConversationStore(openTable(location, uniqueTableName('TeamsConversations')));
  const checkpoints = createCheckpointStore(openTable(location, uniqueTableName('ReferralCheckpoints')));
  const partnerCenter: Rig['partnerCenter'] = { referrals: new Map(), asked: [] };
  const log = keepingLog();

  const bot = createBot({
    appId: APP_ID,
    tenantId: TENANT_ID,
    credential: { kind: 'managed-identity' },
    authorityUrl: 'https://login.microsoftonline.com',
    tokenScope: `${service}/.default`,
    issuer: service,
    openIdMetadataUrl: connector.openIdMetadataUrl,
    serviceHosts: ['127.0.0.1'],
    admins: null,
    claimExpiresAfterMs: 48 * HOUR,
    steps: STEPS,
    onCall: [],
    view: VIEW,
    conversations,
    checkpoints,
    async fetchReferral(id) {
      partnerCenter.asked.push(id);
      if (!partnerCenter.referrals) throw new Error('Partner Center failed');
      return partnerCenter.referrals.get(id) ?? null;
    },
    detailCard: async referral => ({
      type: 'AdaptiveCard',
      version: '1.5',
      body: referral.contacts.map(contact => ({
        type: 'TextBlock',
        text: `${contact.name} ${contact.email}`,
        wrap: true,
      })),
    }),
    lastPoll: async () => ({ lastGoodPollAt: rig.now, pending: 3 }),
    clock: Date.now,
    log,
    ...changes,
  });

  const server = createServer((request, response) => {
    void text(request)
      .then(body => bot.handle({ authorization: request.headers.authorization ?? null, body }))
      .then(({ status, body }) => response.writeHead(status).end(body === undefined ? '' : JSON.stringify(body)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  connector.connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api/messages`);

  const rig: Rig = {
    ...{ bot, connector, conversations, checkpoints, log, partnerCenter },
    get now() {
      return Date.now();
    },
    set now(instant) {
      vi.setSystemTime(instant);
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await connector.close();
    },
  };
  return rig;
}

export function referral(id: string, more: Partial<Referral> = {}): Referral {
  return {
    id,
    engagementId: null,
    state: 'pending',
    status: 'New',
    substatus: 'Pending',
    createdAt: null,
    reportedExpiry: null,
    facts: {
      customer: 'Fabrikam',
      country: 'DE',
      value: { amount: 250_000, currency: 'EUR' },
      type: 'Independent',
      deal: 'Warehouse robots',
      solutions: ['Azure'],
      qualification: null,
      customerRequestedContact: false,
    },
    askedFor: [],
    city: null,
    customerSize: null,
    notes: 'please call',
    contacts: [CONTACT],
    consentToContact: true,
    invitedBy: null,
    resource: {},
    ...more,
  };
}

export function checkpoint(id: string, expiryAt: Instant, more: Partial<Checkpoint> = {}): Checkpoint {
  return {
    referralId: id,
    engagementId: null,
    createdAt: null,
    firstSeenAt: expiryAt - 14 * DAY,
    expiry: { at: expiryAt, source: 'estimated' },
    summary: { customer: 'Fabrikam', country: 'DE', value: null, type: 'Independent' },
    deliveries: [],
    ...more,
  };
}

/** One alert on its way, as a poll would hand it over. */
export function message(
  id: string,
  now: Instant,
  expiryAt: Instant,
  more: Partial<Alert> = {},
  previous?: string,
): AlertMessage {
  const alert: Alert = {
    ...NOTHING_ELSE,
    kind: 'new',
    referralId: id,
    engagementId: null,
    step: null,
    expiry: { at: expiryAt, source: 'estimated' },
    firstSeenAt: now,
    exit: null,
    exitWord: null,
    claim: null,
    facts: referral(id).facts,
    ...more,
  };
  return { kind: 'alert', key: `${id}/${alert.kind}`, now, alert, ...(previous !== undefined && { previous }) };
}
