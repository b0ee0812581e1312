/** What people call a channel: `Teams (sales)` for `teams`, `email (nordics)` for `email:nordics`. */
export function channelName(id: string): string {
  const known = NAMES[id];
  if (known !== undefined) return known;
  const colon = id.indexOf(':');
  const [kind, name] = colon < 0 ? [id, ''] : [id.slice(0, colon), id.slice(colon + 1)];
  if (kind === 'teams' || kind === 'email') return `${kind === 'teams' ? 'Teams' : 'email'} (${name})`;
  // A conversation's own id is no name.
  if (kind === 'bot') return /^[\w-]{1,40}$/.test(name) ? `Teams bot (${name})` : 'Teams bot';
  return id;
}

const NAMES: Readonly<Record<string, string>> = {
  teams: 'Teams (sales)',
  email: 'email (sales)',
  bot: 'Teams bot',
  'oncall-teams': 'Teams (on-call)',
  'oncall-email': 'email (on-call)',
  pager: 'pager',
  'operator-teams': 'Teams (operator)',
  'operator-email': 'email (operator)',
  'report-teams': 'Teams (report)',
  'report-email': 'email (report)',
};
