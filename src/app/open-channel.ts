import type { AzureIdentity } from '../azure/identity.ts';
import type { Surroundings } from '../base/given.ts';
import type { Bot } from '../bot/bot.ts';
import { createAcsEmail, createOperatorAcs } from '../channels/acs-email.ts';
import { createOperatorSmtp, createSmtpEmail } from '../channels/smtp-email.ts';
import type { SmtpTimes } from '../channels/smtp-send.ts';
import { createOperatorTeams, createTeamsWebhook } from '../channels/teams-webhook.ts';
import type { Verdict } from '../doctor/verdict.ts';
import type { CardView } from '../messages/view.ts';
import type { Channel, OperatorChannel } from '../model/channel.ts';
import type { ReportChannel } from '../poll/bulletins.ts';
import type { OtherSettings } from '../settings/settings.ts';
import { probeMail, probeWebhook } from './probes.ts';

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
export type Opened =
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

/** A channel like those of sales that hears of no lead. */
export function reports(opened: Opened | null): Opened | null {
  const [channel] = opened?.hears === 'leads' ? opened.fixed : [];
  return opened && channel ? { hears: 'reports', create: () => channel, probe: opened.probe } : null;
}

/** Each channel is made once: it keeps its connection. */
export function leads(channel: Channel, probe: () => Promise<Verdict>): Opened {
  return { hears: 'leads', fixed: [channel], create: async () => [channel], probe };
}

export function webhook(
  id: string,
  audience: Channel['audience'],
  url: string | null,
  deps: ChannelDeps,
): Opened | null {
  return url === null ? null : leads(createTeamsWebhook({ id, audience, url, ...deps }), () => probeWebhook(url));
}

export function operatorWebhook(id: string, url: string | null, deps: ChannelDeps): Opened | null {
  if (url === null) return null;
  const channel = createOperatorTeams({ id, url, ...deps });
  return { hears: 'the app', create: () => channel, probe: () => probeWebhook(url) };
}

type Recipients = readonly string[] | undefined;

export function mail(
  { to, followsShifts, ...named }: Pick<Channel, 'id' | 'audience' | 'followsShifts'> & { readonly to: Recipients },
  { email }: OtherSettings,
  deps: ChannelDeps,
): Opened | null {
  if (!email || !to?.length) return null;
  const { carrier } = email;
  const options = { ...named, from: email.from, to, ...deps };
  const channel =
    carrier.kind === 'smtp'
      ? createSmtpEmail({ ...options, smtpUrl: carrier.url })
      : createAcsEmail({ ...options, endpoint: carrier.endpoint, credential: deps.identity });
  return leads({ ...channel, ...(followsShifts && { followsShifts }) }, () => probeMail(carrier, deps.identity));
}

/** Goes to whoever is on shift where there is a calendar. */
export function onCallMail(settings: OtherSettings, deps: ChannelDeps): Opened | null {
  const shifts = settings.onCallCalendarUrl === null ? {} : { followsShifts: true as const };
  const { emailTo: to } = settings.onCall;
  return mail({ id: 'oncall-email', audience: 'on-call', to, ...shifts }, settings, deps);
}

export function operatorMail(id: string, to: Recipients, { email }: OtherSettings, deps: ChannelDeps): Opened | null {
  if (!email || !to?.length) return null;
  const { carrier } = email;
  const options = { id, from: email.from, to, ...deps };
  const channel =
    carrier.kind === 'smtp'
      ? createOperatorSmtp({ ...options, smtpUrl: carrier.url })
      : createOperatorAcs({ ...options, endpoint: carrier.endpoint, credential: deps.identity });
  return { hears: 'the app', create: () => channel, probe: () => probeMail(carrier, deps.identity) };
}
