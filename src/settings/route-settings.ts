import type { SettingsReader } from './reader.ts';
import type { ChannelsSet } from './rule-channels.ts';
import { readRules } from './rules.ts';
import type { OtherSettings } from './settings.ts';

type Channels = Pick<OtherSettings, 'teamsWebhookUrl' | 'named' | 'bot' | 'email' | 'onCall'>;

/** The rules in force; everything that is wrong with them is a problem. */
export function routeSettings(read: SettingsReader, channels: Channels): OtherSettings['rules'] {
  if (!read.given('ALERT_ROUTES')) return null;
  const text = read.optional('ALERT_ROUTES');
  if (text === null) return 'unreadable';
  const { rules, problems } = readRules(text, channelsForRules(channels));
  for (const problem of problems) read.problem('ALERT_ROUTES', problem);
  return rules ?? 'unreadable';
}

/** The channels that can be told, under the names that rules use. */
export function channelsForRules({ teamsWebhookUrl, named, bot, email, onCall }: Channels): ChannelsSet {
  return {
    sales: [
      ...(teamsWebhookUrl ? ['teams'] : []),
      ...(email && email.to.length > 0 ? ['email'] : []),
      ...(bot ? ['bot'] : []),
      ...named.filter(one => !('to' in one) || email).map(({ id }) => id),
    ],
    onCall: [
      ...(onCall.teamsWebhookUrl ? ['oncall-teams'] : []),
      ...(email && onCall.emailTo.length > 0 ? ['oncall-email'] : []),
      ...(onCall.pager ? ['pager'] : []),
    ],
  };
}
