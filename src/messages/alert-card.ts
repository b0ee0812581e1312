import type { ContainerStyle, IAdaptiveCard, IExecuteAction } from '@microsoft/teams.cards';
import type { Instant } from '../base/instant.ts';
import type { Alert } from '../model/alert.ts';
import { type Tone, toneOf } from '../model/alert-kinds.ts';
import type { AlertMessage, Channel } from '../model/channel.ts';
import { type CardView, card, factSet, foot, head, openLink, textBlock } from './card-parts.ts';
import { inert, unlinked } from './text.ts';
import { type Wording, wordingOf } from './wording.ts';

/** What a channel that hears back from its readers adds to a card. */
export interface CardExtras {
  /** At most five; they come before the link. */
  readonly actions?: readonly IExecuteAction[];
  /** Lines of plain text, below those that the alert brings itself. */
  readonly notes?: readonly string[];
  /** Who reads it; sales unless said. */
  readonly audience?: Channel['audience'];
}

/** The card of one alert. Pure; at most 20 KB whatever the customer wrote. */
export function alertCard(
  message: Pick<AlertMessage, 'alert' | 'now'>,
  view: CardView,
  extras: CardExtras = {},
): IAdaptiveCard {
  const { alert, now } = message;
  const wording = wordingOf(alert, now, view.timeZone, extras.audience);
  const notes = [...wording.notes, ...(extras.notes ?? [])];
  return card(
    [
      head(wording.title, wording.state, STYLES[toneOf(alert)]),
      ...notes.map(note => textBlock(inert(note), { spacing: 'Medium' })),
      factSet(wording.facts),
      foot(wording.footer),
    ],
    inOneLine(wording, inert),
    [...(extras.actions ?? []), openLink('Open in Partner Center', view.linkFor(alert.referralId, alert.engagementId))],
  );
}

/** The alert in one plain line, for where no card is shown: the summary of an activity, which becomes a toast. */
export function fallbackOf(alert: Alert, now: Instant, view: Pick<CardView, 'timeZone'>): string {
  return inOneLine(wordingOf(alert, now, view.timeZone), unlinked);
}

function inOneLine({ title, state, facts, notes }: Wording, safe: (text: string) => string): string {
  const told = facts.map(({ label, value, id }) => (id ? `referral ${value}` : `${label}: ${safe(value)}`));
  return [`${safe(state)}: ${safe(title)}.`, `${told.join('; ')}.`, ...notes.map(safe)].join(' ');
}

const STYLES: Record<Tone, ContainerStyle> = {
  accent: 'accent',
  warning: 'warning',
  attention: 'attention',
  good: 'good',
  quiet: 'emphasis',
};
