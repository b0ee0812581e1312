import { setTimeout as sleep } from 'node:timers/promises';
import { isRefusing } from '../alerts/channel-states.ts';
import type { CardBehind } from '../alerts/consider.ts';
import { HOUR, type Instant } from '../base/instant.ts';
import { alertName } from '../model/alert.ts';
import { cardOf, withCard } from '../model/cards.ts';
import type { Channel, Outcome } from '../model/channel.ts';
import { asOutcome } from './deliver.ts';
import { alertMessage } from './fill.ts';
import type { Entry } from './ledger.ts';
import type { Run } from './run.ts';
import type { Told } from './tell.ts';

/** Teams takes 60 of our messages in 30 seconds, edits among them. */
const PACE_MS = 500;
/** Time for all edits of a poll, in milliseconds. */
const BUDGET_MS = 60_000;

/**
 * Edits cards that say less than is known, where no alert of this poll has done so: those the plan found, and those of
 * referrals that a digest told of. The channels side by side; what does not come to its turn is still to be done.
 * @returns how the deliveries of those cards now stand
 */
export async function refreshCards(behind: readonly CardBehind[], told: readonly Told[], run: Run): Promise<Entry[]> {
  const alone = new Set(told.filter(({ planned }) => planned.form === 'single').flatMap(namesOf));
  const digested = told
    .filter(({ planned, outcome }) => planned.form !== 'single' && outcome.state === 'delivered')
    .flatMap(({ planned }) => planned.alerts);
  const wanted = new Map([...behind, ...digested].map(card => [nameOf(card.channel, card.draft.referralId), card]));
  const cards = [...wanted].filter(([name]) => !alone.has(name)).map(([, card]) => card);
  const deadline = performance.now() + BUDGET_MS;
  const perChannel = [...Map.groupBy(cards, ({ channel }) => channel)].map(async ([id, queue]) => {
    const channel = run.channels.get(id);
    // A channel that takes nothing is tried by `tell` alone; its cards are still to be edited then.
    if (!channel?.refresh || isRefusing(run.states.get(id) ?? {})) return [];
    return await refreshOne(channel, queue, deadline, run);
  });
  return (await Promise.all(perChannel)).flat();
}

async function refreshOne(channel: Channel, queue: CardBehind[], deadline: number, run: Run): Promise<Entry[]> {
  const entries: Entry[] = [];
  let later: Instant | null = null;
  for (const [i, { draft }] of queue.entries()) {
    const row = run.ledger.rows.get(draft.referralId);
    const card = row && cardOf(row, channel.id);
    if (!row || !card) continue;
    let reference: string | undefined;
    if (later === null && performance.now() < deadline) {
      if (i > 0) await sleep(PACE_MS);
      const key = `${draft.referralId}/${alertName(draft)}/${channel.id}`;
      const message = alertMessage(draft, key, channel.id, run);
      const outcome = await asOutcome(async () => (await channel.refresh?.(message)) ?? { state: 'delivered' });
      if (outcome.state === 'delivered') reference = outcome.reference;
      else later = triedAgainAt(outcome, run.now);
    }
    const editAt = reference === undefined ? (later ?? run.now) : null;
    const delivery = cardOf(withCard(row, channel.id, { reference, editAt }), channel.id) ?? card;
    entries.push({ referralId: draft.referralId, channel: channel.id, alert: card.alert, delivery });
  }
  return entries;
}

/** At the next poll, unless the channel named a time, or takes nothing. */
function triedAgainAt(outcome: Outcome, now: Instant): Instant {
  if (outcome.state === 'retry') return Math.min(outcome.retryAt ?? now, now + HOUR);
  return outcome.state === 'rejected' || outcome.state === 'refused' ? now + HOUR : now;
}

function namesOf({ sendings }: Told): string[] {
  return sendings.map(({ channel, referralId }) => nameOf(channel, referralId));
}

function nameOf(channel: string, referralId: string): string {
  return `${channel} ${referralId}`;
}
