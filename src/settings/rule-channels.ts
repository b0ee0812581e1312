import { asList, didYouMean, type Fault, shown } from './rule-words.ts';

/** The channels that the settings name, under the names that rules use. */
export interface ChannelsSet {
  /** `teams`, `email:nordics`; `bot` when there is one. */
  readonly sales: readonly string[];
  /** `oncall-teams`, `oncall-email`, `pager`. */
  readonly onCall: readonly string[];
}

const SALES = ['teams', 'email', 'bot'];
const ON_CALL: Readonly<Record<string, string>> = {
  'oncall-teams': 'ONCALL_TEAMS_WEBHOOK_URL',
  'oncall-email': 'ONCALL_EMAIL_TO',
  pager: 'ONCALL_PAGER_KEY',
};

/** The channels of a rule that are set. `leftOut` hears of the others, `fault` of what is no channel at all. */
export function readChannels(value: unknown, set: ChannelsSet, fault: Fault, leftOut: Fault): readonly string[] {
  const items = value === undefined || value === null ? [] : asList(value);
  if (items.length === 0) fault('has no channels: name at least one, such as "teams"');
  return keep(items, item => {
    const channel = salesChannel(item);
    if (channel === null) {
      const word = typeof item === 'string' ? item.trim().toLowerCase() : '';
      if (Object.hasOwn(ON_CALL, word)) fault(`names ${shown(item)} among its channels: on-call stands under "onCall"`);
      else fault(`names the channel ${shown(item)}, which is none${didYouMean(item, [...set.sales, ...SALES])}`);
      return null;
    }
    if (set.sales.includes(channel.startsWith('bot:') ? 'bot' : channel)) return channel;
    const near = didYouMean(
      channel,
      set.sales.filter(other => other.includes(':')),
    );
    leftOut(`names the channel "${channel}", which is not set: set ${settingOf(channel)} or take it out${near}`);
    return null;
  });
}

/** Who of on-call hears it: of those named, those that are set; empty for all. */
export function readOnCall(value: unknown, set: ChannelsSet, fault: Fault, leftOut: Fault): readonly string[] {
  if (value === undefined || value === null) return [];
  return keep(asList(value), item => {
    const channel = typeof item === 'string' ? item.trim().toLowerCase() : '';
    const setting = Object.hasOwn(ON_CALL, channel) ? ON_CALL[channel] : undefined;
    if (!setting) {
      fault(`names ${shown(item)} under "onCall", which is nobody on call${didYouMean(item, Object.keys(ON_CALL))}`);
      return null;
    }
    if (set.onCall.includes(channel)) return channel;
    leftOut(`names "${channel}" under "onCall", which is not set: set ${setting} or take it out`);
    return null;
  });
}

function keep(items: readonly unknown[], read: (item: unknown) => string | null): readonly string[] {
  return [...new Set(items.map(read))].filter(channel => channel !== null);
}

/** A channel's name as it is kept: small letters, `_` as `-`; null for what is no channel. A bot's may hold any word. */
function salesChannel(item: unknown): string | null {
  const word = typeof item === 'string' ? item.trim().toLowerCase() : '';
  if (SALES.includes(word)) return word;
  const [, kind, name = ''] = /^(teams|email|bot):(.*)$/.exec(word) ?? [];
  if (kind === 'bot') return name.trim() === '' ? null : `bot:${name.trim()}`;
  return kind && /^[a-z0-9]+([_-][a-z0-9]+)*$/.test(name) ? `${kind}:${name.replaceAll('_', '-')}` : null;
}

function settingOf(channel: string): string {
  const [kind, name] = channel.split(':');
  if (kind === 'bot') return 'BOT_APP_ID';
  const setting = kind === 'teams' ? 'TEAMS_WEBHOOK_URL' : 'EMAIL_TO';
  return name ? `${setting}_${name.replaceAll('-', '_').toUpperCase()}` : setting;
}
