import type { IAdaptiveCard } from '@microsoft/teams.cards';
import type { OperatorMessage } from '../model/channel.ts';
import { card, foot, head, textBlock } from './card-parts.ts';
import { clean, cleanLines } from './text.ts';
import type { CardView } from './view.ts';
import { english } from './words/english.ts';

// Operators read English, whatever language sales reads.
const date = english.forms.exact;

/** The phase of a trouble in words: `Since …`, `Still …`, `Over …`. */
export function phaseInWords(message: OperatorMessage, timeZone: string): string {
  const since = date(message.since, timeZone);
  if (message.phase === 'ended') return `Over. It lasted from ${since} to ${date(message.now, timeZone)}`;
  return {
    began: `Since ${since}`,
    continues: `Still so, since ${since}`,
    returned: `It is back, first seen ${since}`,
  }[message.phase];
}

/** Trouble of the app itself. The words are ours, so file names and settings in them stay as they are. */
export function operatorCard(message: OperatorMessage, view: Pick<CardView, 'timeZone'>): IAdaptiveCard {
  const title = clean(message.title, 200);
  const phase = phaseInWords(message, view.timeZone);
  const lines = operatorLines(message);
  return card(
    [
      head({ title, strong: phase, tone: message.phase === 'ended' ? 'good' : 'attention' }),
      ...lines.map(line => textBlock(line, { spacing: 'Medium' })),
      ...foot(`${OPERATOR_FOOTER} Trouble: ${clean(message.trouble, 100)}.`),
    ],
    operatorSummary(message, view),
  );
}

const MAY_BE_REPEAT = 'This may be a repeat: it was sent before, and no answer came.';

/** What it means, and that it may be there already. */
export function operatorLines({ text, mayBeRepeat }: OperatorMessage): string[] {
  return [...cleanLines(text, 3000), ...(mayBeRepeat ? [MAY_BE_REPEAT] : [])];
}

/** The trouble in one plain line, which becomes a toast. */
export function operatorSummary(message: OperatorMessage, view: Pick<CardView, 'timeZone'>): string {
  const phase = phaseInWords(message, view.timeZone);
  return `${clean(message.title, 200)}. ${phase}. ${operatorLines(message).join(' ')}`;
}

export const OPERATOR_FOOTER =
  'You see this because you run Referral Alerts. It is told once, then once a day while it lasts.';
