import type { IAdaptiveCard, IExecuteAction } from '@microsoft/teams.cards';
import { toneOf } from '../model/alert-kinds.ts';
import type { AlertMessage, Channel } from '../model/channel.ts';
import { card, factSet, foot, head, notes, openLinks } from './card-parts.ts';
import { flat, inert } from './text.ts';
import type { CardView } from './view.ts';
import { smallPrint, type Wording, wordingOf } from './wording.ts';

/** What a channel that hears back from its readers adds to a card. */
export interface CardExtras {
  /** At most five; they come before the link. */
  readonly actions?: readonly IExecuteAction[];
  /** Lines of plain text, below those that the alert brings itself. */
  readonly notes?: readonly string[];
  /** Who reads it; sales unless said. */
  readonly audience?: Channel['audience'];
  /** Why the reader sees this, where it is not what the alert itself says. */
  readonly why?: string;
}

/** The card of one alert. Pure; at most 20 KB whatever the customer wrote. */
export function alertCard(
  { alert, now }: Pick<AlertMessage, 'alert' | 'now'>,
  view: CardView,
  extras: CardExtras = {},
): IAdaptiveCard {
  const said = wordingOf(alert, now, view, extras.audience);
  return card(
    [
      head({
        title: said.customer,
        subtitle: said.deal,
        strong: said.headline,
        state: said.state,
        tone: toneOf(alert),
      }),
      ...notes([...said.notes, ...(extras.notes ?? [])]),
      ...factSet(said.facts),
      ...foot(...smallPrint({ ...said, ...(extras.why === undefined ? {} : { why: extras.why }) }, view.words, inert)),
    ],
    fallbackOf(said, view),
    [...(extras.actions ?? []), ...openLinks(view, alert.referralId, alert.engagementId)],
  );
}

/** The alert in one plain line, for where no card is shown. */
function fallbackOf({ title, headline, state, notes, exact, id }: Wording, { words }: CardView): string {
  const said = [state, title, headline, ...notes, exact].filter(text => text !== '').map(flat);
  return words.forms.sentences([...said, words.facts.referralId(id)]);
}
