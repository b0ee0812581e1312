// The page's own words for what the app keeps: an emulator that shared the app's would agree with its mistakes.

const CARRIERS: Readonly<Record<string, string>> = { teams: 'Teams', email: 'Mail', pager: 'Pager', bot: 'Teams bot' };

/** `oncall-teams` → `Teams (on call)`. A channel of the bot is named after its place in Teams, which nobody reads. */
export function channelInWords(id: string): string {
  const match = /^(oncall-)?(teams|email|pager|bot)(?::(.*))?$/.exec(id);
  if (!match) return id;
  const [, onCall, carrier = '', name] = match;
  if (carrier === 'pager' || carrier === 'bot') return CARRIERS[carrier] ?? id;
  return `${CARRIERS[carrier]} (${name ?? (onCall ? 'on call' : 'sales')})`;
}

const UNITS: Readonly<Record<string, string>> = { d: 'day', h: 'hour', m: 'minute' };

/** `escalation:24h` → `24 hours before expiry`. */
export function alertInWords(alert: string): string {
  const step = /^escalation:(\d+)([dhm])$/.exec(alert);
  if (!step) return alert;
  const [, count, unit = ''] = step;
  return `${count} ${UNITS[unit]}${count === '1' ? '' : 's'} before expiry`;
}

/** Where a referral stands, as the API writes it, in small words. */
export function stateInWords(state: string): string {
  return state === 'retry' ? 'to be sent again' : state;
}
