import type { AzureIdentity } from '../azure/identity.ts';
import type { Surroundings } from '../base/given.ts';
import type { Bot } from '../bot/bot.ts';
import { createAcsEmail, createOperatorAcs } from '../channels/acs-email.ts';
import { createPager } from '../channels/pager.ts';
import { createOperatorSmtp, createSmtpEmail } from '../channels/smtp-email.ts';
import type { SmtpTimes } from '../channels/smtp-send.ts';
import { createOperatorTeams, createTeamsWebhook } from '../channels/teams-webhook.ts';
import type { Verdict } from '../doctor/verdict.ts';
import type { CardView } from '../messages/view.ts';
import type { Channel, OperatorChannel } from '../model/channel.ts';
import type { ReportChannel } from '../poll/bulletins.ts';
import type { SettingName } from '../settings/definitions.ts';
import type { NamedChannel, OtherSettings } from '../settings/settings.ts';
import { probeBot, probeMail, probePager, probeWebhook } from './probes.ts';

/** Shorter waits than the carriers' own, for those who know that nothing will come. */
export interface Waits {
  /** For one exchange over HTTP, milliseconds. */
  readonly timeoutMs?: number;
  readonly times?: Partial<SmtpTimes>;
  /** Before an operation of ACS is asked for again. */
  readonly pausesMs?: readonly number[];
}

export interface ChannelDeps extends Surroundings, Waits {
  readonly view: CardView;
  readonly identity: AzureIdentity;
  /** Null when no bot is set, or while there is nothing for it to stand on. */
  readonly bot: Bot | null;
}

/** A channel that is set. A bot is many: one for each conversation that it is bound to now. */
type Opened =
  | {
      readonly hears: 'leads';
      /** What is there without asking anybody; none of a bot's. */
      readonly fixed: readonly Channel[];
      readonly create: () => Promise<readonly Channel[]>;
      readonly probe: () => Promise<Verdict>;
    }
  | {
      readonly hears: 'reports';
      readonly create: () => ReportChannel;
      readonly probe: () => Promise<Verdict>;
    }
  | {
      readonly hears: 'the app';
      readonly create: () => OperatorChannel;
      readonly probe: () => Promise<Verdict>;
    };

interface ChannelKind {
  readonly tells: 'sales' | 'on-call' | 'operator' | 'managers';
  /** The setting that switches it on. */
  readonly setting: SettingName;
  /** What to do when it does not work, a sentence. */
  readonly cure: string;
  /** Null when it is not set, or not well enough to work. */
  readonly open: (settings: OtherSettings, deps: ChannelDeps) => Opened | null;
}

const webhookCure = (setting: SettingName) =>
  `Create the Workflows webhook of that channel in Teams anew and put its address into ${setting}.`;
const mailCure = (setting: SettingName) =>
  `Check SMTP_URL (host, port, user, password), or ACS_ENDPOINT and the identity's right to send with it; then EMAIL_FROM and ${setting}.`;

/** Every way to reach people: the app, the doctor and the tests know channels from here. */
const KINDS: Readonly<Record<string, ChannelKind>> = {
  teams: {
    tells: 'sales',
    setting: 'TEAMS_WEBHOOK_URL',
    cure: webhookCure('TEAMS_WEBHOOK_URL'),
    open: ({ teamsWebhookUrl }, deps) => webhook('teams', 'sales', teamsWebhookUrl, deps),
  },
  email: {
    tells: 'sales',
    setting: 'EMAIL_TO',
    cure: mailCure('EMAIL_TO'),
    open: (settings, deps) => mail('email', 'sales', settings.email?.to, settings, deps),
  },
  bot: {
    tells: 'sales',
    setting: 'BOT_APP_ID',
    cure: 'Check BOT_APP_ID: it must be the client id of a managed identity of this function app, which is known in Azure only; with BOT_APP_TYPE SingleTenant check BOT_TENANT_ID and BOT_APP_PASSWORD too. Then see whether the app is still installed in that team.',
    open: (_, { bot }) => bot && openBot(bot),
  },
  'oncall-teams': {
    tells: 'on-call',
    setting: 'ONCALL_TEAMS_WEBHOOK_URL',
    cure: webhookCure('ONCALL_TEAMS_WEBHOOK_URL'),
    open: ({ onCall }, deps) => webhook('oncall-teams', 'on-call', onCall.teamsWebhookUrl, deps),
  },
  'oncall-email': {
    tells: 'on-call',
    setting: 'ONCALL_EMAIL_TO',
    cure: mailCure('ONCALL_EMAIL_TO'),
    open: (settings, deps) => onCallMail(settings, deps),
  },
  pager: {
    tells: 'on-call',
    setting: 'ONCALL_PAGER_KEY',
    cure: 'Check ONCALL_PAGER_KEY, the integration key of an Events API v2 integration, and ONCALL_PAGER_URL.',
    open: ({ onCall }, deps) => pager(onCall.pager, deps),
  },
  'operator-teams': {
    tells: 'operator',
    setting: 'OPERATOR_TEAMS_WEBHOOK_URL',
    cure: webhookCure('OPERATOR_TEAMS_WEBHOOK_URL'),
    open: ({ operator }, deps) => operatorWebhook('operator-teams', operator.teamsWebhookUrl, deps),
  },
  'operator-email': {
    tells: 'operator',
    setting: 'OPERATOR_EMAIL_TO',
    cure: mailCure('OPERATOR_EMAIL_TO'),
    open: (settings, deps) => operatorMail('operator-email', settings.operator.emailTo, settings, deps),
  },
  'report-teams': {
    tells: 'managers',
    setting: 'REPORT_TEAMS_WEBHOOK_URL',
    cure: webhookCure('REPORT_TEAMS_WEBHOOK_URL'),
    open: ({ report }, deps) => reports(webhook('report-teams', 'sales', report.teamsWebhookUrl, deps)),
  },
  'report-email': {
    tells: 'managers',
    setting: 'REPORT_EMAIL_TO',
    cure: mailCure('REPORT_EMAIL_TO'),
    open: (settings, deps) => reports(mail('report-email', 'sales', settings.report.emailTo, settings, deps)),
  },
};

/** The kinds in their order, under their ids. */
export const CHANNEL_KINDS = Object.entries(KINDS).map(([id, kind]) => ({ id, ...kind }));

/** A channel that the settings name, with what makes it and what looks at it. */
export type RegisteredChannel = { readonly id: string; readonly setting: string } & Opened;

/** The channels that are set, in the order of the table; named ones behind their kind. */
export function openRegistry(settings: OtherSettings, deps: ChannelDeps): readonly RegisteredChannel[] {
  return CHANNEL_KINDS.flatMap(({ id, setting, open }) => {
    const opened = open(settings, deps);
    const named = settings.named.filter(one => one.id.startsWith(`${id}:`));
    return [...(opened ? [{ id, setting, ...opened }] : []), ...named.flatMap(one => openNamed(one, settings, deps))];
  });
}

function openNamed(
  { id, setting, webhookUrl, to }: NamedChannel,
  settings: OtherSettings,
  deps: ChannelDeps,
): RegisteredChannel[] {
  const opened = to ? mail(id, 'sales', to, settings, deps) : webhook(id, 'sales', webhookUrl ?? null, deps);
  return opened ? [{ id, setting, ...opened }] : [];
}

/** What hears of leads, as it stands now. */
export async function alertChannels(registry: readonly RegisteredChannel[]): Promise<readonly Channel[]> {
  const made = await Promise.all(registry.map(one => (one.hears === 'leads' ? one.create() : [])));
  return made.flat();
}

/** What hears of leads even while the tables are away. */
export function fixedChannels(registry: readonly RegisteredChannel[]): readonly Channel[] {
  return registry.flatMap(one => (one.hears === 'leads' ? one.fixed : []));
}

/** What hears of the app itself. */
export function operatorChannels(registry: readonly RegisteredChannel[]): readonly OperatorChannel[] {
  return registry.flatMap(one => (one.hears === 'the app' ? [one.create()] : []));
}

/** What hears reports. */
export function reportChannels(registry: readonly RegisteredChannel[]): readonly ReportChannel[] {
  return registry.flatMap(one => (one.hears === 'reports' ? [one.create()] : []));
}

/** A channel like those of sales that hears of no lead. */
function reports(opened: Opened | null): Opened | null {
  const [channel] = opened?.hears === 'leads' ? opened.fixed : [];
  return opened && channel ? { hears: 'reports', create: () => channel, probe: opened.probe } : null;
}

/** Each channel is made once: it keeps its connection. */
function leads(channel: Channel, probe: () => Promise<Verdict>): Opened {
  return { hears: 'leads', fixed: [channel], create: async () => [channel], probe };
}

function webhook(id: string, audience: Channel['audience'], url: string | null, deps: ChannelDeps): Opened | null {
  return url === null ? null : leads(createTeamsWebhook({ id, audience, url, ...deps }), () => probeWebhook(url));
}

function operatorWebhook(id: string, url: string | null, deps: ChannelDeps): Opened | null {
  if (url === null) return null;
  const channel = createOperatorTeams({ id, url, ...deps });
  return { hears: 'the app', create: () => channel, probe: () => probeWebhook(url) };
}

type Recipients = readonly string[] | undefined;

function mail(
  id: string,
  audience: Channel['audience'],
  to: Recipients,
  settings: OtherSettings,
  deps: ChannelDeps,
  more: Pick<Channel, 'followsShifts'> = {},
) {
  const { email } = settings;
  if (!email || !to?.length) return null;
  const { carrier } = email;
  const options = { id, audience, from: email.from, to, ...deps };
  const channel =
    carrier.kind === 'smtp'
      ? createSmtpEmail({ ...options, smtpUrl: carrier.url })
      : createAcsEmail({ ...options, endpoint: carrier.endpoint, credential: deps.identity });
  return leads({ ...channel, ...more }, () => probeMail(carrier, deps.identity));
}

/** Goes to whoever is on shift where there is a calendar. */
function onCallMail(settings: OtherSettings, deps: ChannelDeps): Opened | null {
  const more = settings.onCallCalendarUrl === null ? {} : { followsShifts: true as const };
  return mail('oncall-email', 'on-call', settings.onCall.emailTo, settings, deps, more);
}

function operatorMail(id: string, to: Recipients, { email }: OtherSettings, deps: ChannelDeps): Opened | null {
  if (!email || !to?.length) return null;
  const { carrier } = email;
  const options = { id, from: email.from, to, ...deps };
  const channel =
    carrier.kind === 'smtp'
      ? createOperatorSmtp({ ...options, smtpUrl: carrier.url })
      : createOperatorAcs({ ...options, endpoint: carrier.endpoint, credential: deps.identity });
  return { hears: 'the app', create: () => channel, probe: () => probeMail(carrier, deps.identity) };
}

function pager(options: OtherSettings['onCall']['pager'], deps: ChannelDeps): Opened | null {
  return options && leads(createPager({ id: 'pager', ...options, ...deps }), () => probePager(options.url));
}

function openBot(bot: Bot): Opened {
  return { hears: 'leads', fixed: [], create: () => bot.channels(), probe: () => probeBot(bot) };
}
