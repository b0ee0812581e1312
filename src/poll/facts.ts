import type { PlannedMessage } from '../alerts/messages.ts';
import type { Plan } from '../alerts/plan.ts';
import { isExit } from '../model/alert-kinds.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import type { Referral, ReferralSummary } from '../model/referral.ts';
import { DIGEST_ROWS } from './fill.ts';
import { answerOf, type Reading } from './read-whole.ts';

/** The referrals to read whole: what is told by itself, and of a digest the rows that it shows. */
export function toRead({ messages, cardsBehind }: Plan): string[] {
  const shown = messages.flatMap(({ alerts }) => alerts.slice(0, DIGEST_ROWS).map(({ draft }) => draft.referralId));
  return [...shown, ...cardsBehind.map(({ draft }) => draft.referralId)];
}

/** The messages without those that say "pending" of a referral which was answered between list and reading. */
export function stillPending(
  messages: readonly PlannedMessage[],
  readings: ReadonlyMap<string, Reading>,
): PlannedMessage[] {
  return messages.flatMap(message => {
    const alerts = message.alerts.filter(({ draft }) => {
      if (isExit(draft)) return true;
      const reading = readings.get(draft.referralId);
      return typeof reading !== 'object' || answerOf(reading) === 'still open';
    });
    return alerts.length > 0 ? [{ ...message, alerts }] : [];
  });
}

/** All checkpoints of a poll as planned, those that are told with what was read of them: enough for a card without Partner Center. */
export function keepFacts(
  known: ReadonlyMap<string, Checkpoint>,
  { changed }: Plan,
  messages: readonly PlannedMessage[],
  readings: ReadonlyMap<string, Reading>,
): Map<string, Checkpoint> {
  const rows = new Map([...known, ...changed]);
  for (const { draft } of messages.flatMap(({ alerts }) => alerts)) {
    const row = rows.get(draft.referralId);
    const reading = readings.get(draft.referralId);
    if (!row || typeof reading !== 'object') continue;
    rows.set(draft.referralId, { ...row, engagementId: reading.engagementId, summary: summaryOf(reading) });
  }
  return rows;
}

function summaryOf({ facts: { customer, country, value, type } }: Referral): ReferralSummary {
  return { customer, country, value, type };
}
