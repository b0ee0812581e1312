import { LIST_ROWS, type PlannedMessage } from '../alerts/messages.ts';
import type { Plan } from '../alerts/plan.ts';
import type { ReadFacts } from '../alerts/sightings.ts';
import { isExit } from '../model/alert-kinds.ts';
import type { KeptSummary } from '../model/checkpoint.ts';
import type { Referral } from '../model/referral.ts';
import { answerOf, type Reading } from './read-whole.ts';

/** Of what is asked for, so many words of so many signs are kept. */
const MOST_WORDS = 50;
const WORD_LENGTH = 120;

/** The referrals to read whole: what rules must know, what is told by itself, and of a digest the rows that it shows. */
export function toRead({ messages, cardsBehind, factless }: Plan): string[] {
  const shown = messages.flatMap(({ alerts }) => alerts.slice(0, LIST_ROWS).map(({ draft }) => draft.referralId));
  return [...factless, ...shown, ...cardsBehind.map(({ draft }) => draft.referralId)];
}

/** The messages without those that say "pending" of a referral which was answered between list and reading. */
export function stillPending(
  messages: readonly PlannedMessage[],
  readings: ReadonlyMap<string, Reading>,
): PlannedMessage[] {
  return messages.flatMap(message => {
    const alerts = message.alerts.filter(({ draft }) => {
      return isExit(draft) || !hasLeft(readings.get(draft.referralId));
    });
    return alerts.length > 0 ? [{ ...message, alerts }] : [];
  });
}

/** Whether by-id says that it has left pending, whatever a list still shows. */
export function hasLeft(reading: Reading | undefined): boolean {
  return typeof reading === 'object' && answerOf(reading) !== 'still open';
}

/** What is kept of the referrals that were read: enough for rules, and for a card without Partner Center. */
export function factsRead(readings: ReadonlyMap<string, Reading>): Map<string, ReadFacts> {
  const read = new Map<string, ReadFacts>();
  for (const [id, reading] of readings) {
    if (typeof reading === 'object') read.set(id, { engagementId: reading.engagementId, summary: summaryOf(reading) });
  }
  return read;
}

/** Names as a card shows them, and the ids that rules may mean; whatever a row can surely take. */
export function summaryOf({ facts, askedFor }: Referral): KeptSummary {
  const { customer, country, value, type, qualification, solutions } = facts;
  const words = [...new Set([...solutions, ...askedFor])].slice(0, MOST_WORDS).map(word => word.slice(0, WORD_LENGTH));
  return { customer, country, value, type, asked: { solutions: words, qualification } };
}
