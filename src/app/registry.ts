import { createPager } from '../channels/pager.ts';
import type { Channel, OperatorChannel } from '../model/channel.ts';
import type { ReportChannel } from '../poll/bulletins.ts';
import type { SettingName } from '../settings/definitions.ts';
import type { NamedChannel, OtherSettings } from '../settings/settings.ts';
import {
  type ChannelDeps,
  leads,
  mail,
  type Opened,
  onCallMail,
  operatorMail,
  operatorWebhook,
  reports,
  webhook,
} from './open-channel.ts';
import { probeBot, probePager } from './probes.ts';

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
    open: (settings, deps) => mail({ id: 'email', audience: 'sales', to: settings.email?.to }, settings, deps),
  },
  bot: {
    tells: 'sales',
    setting: 'BOT_APP_ID',
    cure: 'Check BOT_APP_ID: it must be the client id of a managed identity of this function app, which is known in Azure only; with BOT_APP_TYPE SingleTenant check BOT_TENANT_ID and BOT_APP_PASSWORD too. Then see whether the app is still installed in that team.',
    open: (_, { bot }) =>
      bot && { hears: 'leads', fixed: [], create: () => bot.channels(), probe: () => probeBot(bot) },
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
    open: ({ onCall: { pager } }, deps) =>
      pager && leads(createPager({ id: 'pager', ...pager, ...deps }), () => probePager(pager.url)),
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
    open: (settings, deps) =>
      reports(mail({ id: 'report-email', audience: 'sales', to: settings.report.emailTo }, settings, deps)),
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

function openNamed(named: NamedChannel, settings: OtherSettings, deps: ChannelDeps): RegisteredChannel[] {
  const { id, setting } = named;
  const opened =
    'to' in named
      ? mail({ id, audience: 'sales', to: named.to }, settings, deps)
      : webhook(id, 'sales', named.webhookUrl, deps);
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
