import type { IAdaptiveCard } from '@microsoft/teams.cards';
import type { Message } from '../model/channel.ts';
import { alertCard, type CardExtras } from './alert-card.ts';
import { digestCard, digestWording } from './digest-card.ts';
import { line } from './facts.ts';
import { isPlain, plainOf, sampleLead } from './message.ts';
import { plainCard } from './plain.ts';
import { reportCard, reportSubject } from './report.ts';
import { summaryCard, summaryWording } from './summary.ts';
import { flat } from './text.ts';
import type { CardView } from './view.ts';
import { wordingOf } from './wording.ts';

/** The card of any message, in its plainest form when it asks for that. */
export function cardOf(message: Message, view: CardView, extras: CardExtras = {}): IAdaptiveCard {
  if (isPlain(message)) return plainCard(plainOf(message, view), view);
  switch (message.kind) {
    case 'alert':
      return alertCard(message, view, extras);
    case 'digest':
      return digestCard(message, view);
    case 'last-resort':
      return plainCard(plainOf(message, view), view);
    case 'summary':
      return summaryCard(message, view);
    case 'report':
      return reportCard(message, view);
    case 'test':
      return sampleCard(sampleLead(message, view.words), view, extras);
  }
}

function sampleCard(message: ReturnType<typeof sampleLead>, view: CardView, extras: CardExtras): IAdaptiveCard {
  const { sample } = view.words;
  return alertCard(message, view, { ...extras, notes: [sample.note(), ...(extras.notes ?? [])], why: sample.why() });
}

const SUMMARY_LENGTH = 250;

/**
 * The line that a toast shows beside a card: who, how much, until when. Null for what is sent in its plainest form.
 */
export function summaryOf(message: Message, view: CardView): string | null {
  const text = textOf(message, view);
  return text === null ? null : flat(text).slice(0, SUMMARY_LENGTH).toWellFormed();
}

function textOf(message: Message, view: CardView): string | null {
  if (isPlain(message)) return null;
  switch (message.kind) {
    case 'alert': {
      const { title, headline, state } = wordingOf(message.alert, message.now, view);
      return [title, headline, state].filter(text => text !== '').join(' · ');
    }
    case 'digest': {
      const { title, state } = digestWording(message, message.rows.length, view);
      return line(view.words, title, state);
    }
    case 'last-resort':
      return null;
    case 'summary': {
      const { title, state } = summaryWording(message, message.rows.length, view);
      return line(view.words, title, state);
    }
    case 'report':
      return reportSubject(message, view);
    case 'test':
      return view.words.sample.note();
  }
}
