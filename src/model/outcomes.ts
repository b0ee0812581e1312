import type { OutcomeState } from './channel.ts';

/** What carries a message. */
export type Carrier = 'webhook' | 'bot' | 'pager' | 'acs' | 'smtp';

/** How far an SMTP conversation had come. `message` is all that follows DATA, the answer to its final dot included. */
export type SmtpStage = 'greeting' | 'tls' | 'login' | 'sender' | 'recipients' | 'message';

/** What a carrier said to one message. */
export interface CarrierAnswer {
  readonly carrier: Carrier;
  /**
   * An HTTP status or SMTP reply code; `no connection`: it cannot have arrived; `no answer`: it went out whole, and then
   * nothing came, or the connection was cut.
   */
  readonly status: number | 'no connection' | 'no answer';
  /** The service's own word beside it, an SMTP enhanced status, why TLS failed, or what we saw in the body: `html`, `failure`. */
  readonly code?: string | null;
  readonly stage?: SmtpStage;
}

/** One row of the table: which answers it is about, what they mean, and how we know. */
export interface OutcomeRow {
  readonly carriers: readonly Carrier[];
  readonly status: number | readonly [from: number, to: number] | 'no connection' | 'no answer';
  readonly code?: RegExp;
  readonly stages?: readonly SmtpStage[];
  readonly state: OutcomeState;
  readonly source: string;
}

const POSTED = ['webhook', 'bot', 'pager'] as const;
const HTTP = [...POSTED, 'acs'] as const;
const SMTP = ['smtp'] as const;
const EVERY = [...HTTP, ...SMTP] as const;

/** Every answer of every carrier: the first row that fits decides. */
export const OUTCOMES: readonly OutcomeRow[] = [
  {
    carriers: SMTP,
    status: 'no connection',
    code: /^ERR_SSL_WRONG_VERSION_NUMBER$/,
    stages: ['tls'],
    state: 'refused',
    source: 'no TLS where it is demanded: a server that greets in plain text (OpenSSL, SSL_R_WRONG_VERSION_NUMBER)',
  },
  { carriers: EVERY, status: 'no connection', state: 'retry', source: 'nothing was said: try again' },
  {
    carriers: EVERY,
    status: 'no answer',
    state: 'doubtful',
    source: 'RFC 1047; a flow with a response action answers minutes later (notify-microsoft-teams 71, 98)',
  },

  // What an HTTP server says of itself or of the moment.
  { carriers: HTTP, status: 408, state: 'retry', source: 'RFC 9110 15.5.9' },
  { carriers: HTTP, status: 412, state: 'retry', source: 'Teams: bots retry 412 (msteams-docs rate-limit.md)' },
  { carriers: HTTP, status: 425, state: 'retry', source: 'RFC 8470 5.2' },
  { carriers: HTTP, status: 429, state: 'retry', source: 'RFC 6585 4; PagerDuty Events v2; ACS service limits' },
  { carriers: HTTP, status: [500, 599], state: 'retry', source: 'RFC 9110 15.6' },
  {
    carriers: HTTP,
    status: [100, 199],
    state: 'doubtful',
    source: 'no final answer to what went out whole (RFC 9110 15.2)',
  },
  {
    carriers: HTTP,
    status: 413,
    state: 'rejected',
    source: 'RFC 9110 15.5.14; MessageSizeTooBig (msteams-docs format-your-bot-messages.md)',
  },

  {
    carriers: POSTED,
    status: [200, 299],
    code: /^html$/,
    state: 'refused',
    source: 'somebody else answers: a sign-in page, a proxy',
  },
  {
    carriers: ['webhook'],
    status: [200, 299],
    code: /^failure$/,
    state: 'retry',
    source: 'known failure told with 200, without a status in it',
  },
  {
    carriers: ['webhook', 'pager'],
    status: [200, 299],
    state: 'delivered',
    source: 'Workflows and PagerDuty answer 202',
  },
  {
    carriers: ['bot'],
    status: [200, 202],
    state: 'delivered',
    source: 'Bot Connector: 200, 201 (202 where it queues)',
  },
  { carriers: ['bot'], status: [203, 299], state: 'refused', source: 'no answer of the Bot Connector; somebody else' },
  {
    carriers: ['webhook'],
    status: 400,
    code: /^WorkflowTriggerIsNotEnabled$/,
    state: 'refused',
    source: 'the flow is switched off (coe-starter-kit 8684, 1624, 8332; powerapps-docs 2071)',
  },
  {
    carriers: POSTED,
    status: 400,
    state: 'rejected',
    source: 'TriggerInputSchemaMismatch; Bot Connector BadArgument; PagerDuty "Invalid Event"',
  },

  { carriers: ['acs'], status: 202, state: 'accepted', source: 'ACS: only a 202 is a send' },
  {
    carriers: ['acs'],
    status: [200, 299],
    state: 'refused',
    source: 'ACS: only a 202 is a send; somebody else answers',
  },
  {
    carriers: ['acs'],
    status: 400,
    code: /Sender|Domain|Subscription/i,
    state: 'refused',
    source: 'ACS: InvalidSenderUserName; the sender, not this mail',
  },
  { carriers: ['acs'], status: 400, state: 'rejected', source: 'ACS: recipients or content of this mail' },

  {
    carriers: HTTP,
    status: [300, 399],
    state: 'refused',
    source: 'not what was set up; the address is a secret and followed nowhere',
  },
  { carriers: ['webhook'], status: 401, state: 'refused', source: 'DirectApiAuthorizationRequired (apprise 1316)' },
  {
    carriers: ['bot'],
    status: 403,
    state: 'refused',
    source:
      'BotNotInConversationRoster, BotDisabledByAdmin, another region (msteams-docs 6335; bot-docs 1829); it may end',
  },
  {
    carriers: ['bot'],
    status: 404,
    state: 'refused',
    source: 'ConversationNotFound: a deleted channel may be restored (botframework-sdk 5892)',
  },
  {
    carriers: ['acs'],
    status: 404,
    state: 'refused',
    source: 'DomainNotLinked until the domain is verified and linked',
  },
  {
    carriers: HTTP,
    status: [400, 499],
    state: 'refused',
    source: 'no right, gone, locked: the address, not this message (RFC 9110 15.5)',
  },

  // Mail. What comes before the recipients concerns the account or the server, what comes after the dot this mail.
  { carriers: SMTP, status: [400, 499], state: 'retry', source: 'RFC 5321 4.2.1: transient' },
  {
    carriers: SMTP,
    status: [500, 599],
    code: /^5\.4\.5$/,
    state: 'refused',
    source: '550 5.4.5: the daily limit of the account',
  },
  {
    carriers: SMTP,
    status: [500, 599],
    code: /^5\.3\.4$/,
    stages: ['sender', 'message'],
    state: 'rejected',
    source: 'RFC 3463 X.3.4: message too big',
  },
  {
    carriers: SMTP,
    status: 552,
    stages: ['sender', 'message'],
    state: 'rejected',
    source: 'RFC 1870 6.1: too big for the server',
  },
  {
    carriers: SMTP,
    status: [500, 599],
    stages: ['message'],
    state: 'rejected',
    source: 'RFC 5321 4.2.5: this mail, after its dot',
  },
  {
    carriers: SMTP,
    status: [500, 599],
    stages: ['greeting'],
    state: 'refused',
    source: 'RFC 5321 3.1: a greeting of 554',
  },
  {
    carriers: SMTP,
    status: [500, 599],
    stages: ['tls'],
    state: 'refused',
    source: 'no TLS where it is demanded: 502 on STARTTLS, or not offered',
  },
  {
    carriers: SMTP,
    status: [500, 599],
    stages: ['login'],
    state: 'refused',
    source: 'RFC 4954 6; 535 5.7.139, 550 5.7.30 (Exchange Online)',
  },
  {
    carriers: SMTP,
    status: [500, 599],
    stages: ['sender'],
    state: 'refused',
    source: 'RFC 5321 3.3; 530: the account may not send',
  },
  {
    carriers: SMTP,
    status: [500, 599],
    stages: ['recipients'],
    state: 'refused',
    source: 'RFC 5321 3.3: all recipients refused',
  },
];

/** What an answer means. An answer that no row knows is tried again: it settles nothing. */
export function outcomeOf(answer: CarrierAnswer): OutcomeState {
  return rowOf(answer)?.state ?? 'retry';
}

/** The row that decides. */
export function rowOf(answer: CarrierAnswer): OutcomeRow | undefined {
  return OUTCOMES.find(row => fits(row, answer));
}

function fits({ carriers, status, code, stages }: OutcomeRow, answer: CarrierAnswer): boolean {
  if (!carriers.includes(answer.carrier)) return false;
  if (code && !code.test(answer.code ?? '')) return false;
  if (stages && (answer.stage === undefined || !stages.includes(answer.stage))) return false;
  if (typeof status === 'object')
    return typeof answer.status === 'number' && answer.status >= status[0] && answer.status <= status[1];
  return answer.status === status;
}
