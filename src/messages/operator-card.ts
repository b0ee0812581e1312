import type { ContainerStyle, IAdaptiveCard } from '@microsoft/teams.cards';
import type { OperatorMessage } from '../model/channel.ts';
import { type CardView, card, foot, head, textBlock } from './card-parts.ts';
import { dateInWords } from './format.ts';
import { clean, cleanLines } from './text.ts';

const STYLE: Record<OperatorMessage['phase'], ContainerStyle> = {
  began: 'attention',
  continues: 'attention',
  returned: 'attention',
  ended: 'good',
};

/** The phase of a trouble in words: `Since …`, `Still …`, `Over …`. */
export function phaseInWords(message: OperatorMessage, timeZone: string): string {
  const since = dateInWords(message.since, timeZone);
  if (message.phase === 'ended') return `Over. It lasted from ${since} to ${dateInWords(message.now, timeZone)}`;
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
  const lines = cleanLines(message.text, 3000);
  return card(
    [
      head(title, phase, STYLE[message.phase]),
      ...lines.map(line => textBlock(line, { spacing: 'Medium' })),
      foot(`${OPERATOR_FOOTER} Trouble: ${clean(message.trouble, 100)}.`),
    ],
    `${title}. ${phase}. ${lines.join(' ')}`,
  );
}

export const OPERATOR_FOOTER =
  'You see this because you run Referral Alerts. It is told once, then once a day while it lasts.';
