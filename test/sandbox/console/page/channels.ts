import type { MessageView } from '../views.ts';
import { element } from './dom.ts';
import { createList, type List, type ListChange } from './list.ts';
import { messageRow } from './messages.ts';

interface Channel {
  readonly group: HTMLElement;
  readonly list: List<MessageView>;
}

const EMPTY: Readonly<Record<string, string>> = {
  sales: 'No card yet. New leads show up here.',
  'on-call': 'All quiet. A lead’s last day shows up here.',
};
/** Where people look first, and who hears only of the app itself. All others stand between them, as they come. */
const [ALWAYS, LAST] = [['sales', 'on-call'], 'operator'];

/** The channels of Teams, each a group with its messages. One that only rules name, and the operator's, show up with their first. */
export function createChannels(parent: HTMLElement) {
  const channels = new Map<string, Channel>();

  function channelOf(place: string): Channel {
    const known = channels.get(place);
    if (known) return known;
    const made = makeChannel(place);
    channels.set(place, made);
    parent.insertBefore(made.group, place === LAST ? null : (channels.get(LAST)?.group ?? null));
    return made;
  }
  for (const place of ALWAYS) channelOf(place);

  return {
    /** One section of the stream, split over the channels in which messages arrive. */
    apply(change: ListChange<MessageView>): void {
      for (const { place } of change.upsert) channelOf(place);
      for (const [place, { list }] of channels) {
        list.apply({ ...change, upsert: change.upsert.filter(message => message.place === place) });
      }
    },
  };
}

function makeChannel(place: string): Channel {
  const title = place.charAt(0).toUpperCase() + place.slice(1);
  const sign = place === 'on-call' ? '!' : title.charAt(0);
  const messages = element('div', { class: 'list messages', 'data-empty': EMPTY[place] });
  const group = element(
    'fieldset',
    { class: 'channel', 'data-place': place, 'aria-labelledby': `${place}-title` },
    element('h3', { id: `${place}-title`, 'data-sign': sign }, title),
    messages,
  );
  return { group, list: createList(messages, messageRow) };
}
