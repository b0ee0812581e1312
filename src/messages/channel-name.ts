import { clean } from './text.ts';
import type { CardView } from './view.ts';
import type { ChannelName } from './words/words.ts';

/** A channel as people know it: `Teams (sales)`, `Email (north)`, `Pager`. An id that we do not know stays as it is. */
export function channelInWords(id: string, { words, channelName }: Pick<CardView, 'words' | 'channelName'>): string {
  const parts = partsOf(id);
  if (!parts) return clean(id, 60);
  const given = clean(channelName?.(id) ?? '', 60);
  return words.detail.channel(given === '' ? parts : { ...parts, name: given });
}

const ID = /^(?:(oncall|operator)-)?(teams|email|pager|bot)(?::(.+))?$/;

function partsOf(id: string): ChannelName | null {
  const match = ID.exec(id);
  if (!match) return null;
  const [, audience, carrier, name] = match;
  const by = carrier as ChannelName['by'];
  return {
    by,
    audience: audience === 'operator' ? 'operator' : audience === 'oncall' || by === 'pager' ? 'on-call' : 'sales',
    // What follows `bot:` is an id of Teams, not a name.
    name: name === undefined || by === 'bot' ? null : clean(name, 60),
  };
}
