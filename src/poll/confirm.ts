import { afterOutcome, withDelivery } from '../alerts/deliveries.ts';
import { settledByDoubt } from '../alerts/due.ts';
import type { Instant } from '../base/instant.ts';
import type { Channel, Outcome } from '../model/channel.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import type { Try } from '../watch/channel-findings.ts';

/** Time for all asking of a poll, in milliseconds. What is not asked has no end yet. */
const BUDGET_MS = 30_000;

/**
 * Asks, once a poll, what became of messages that a carrier had accepted. One message may have told many referrals. What has
 * had no end for too long, twice, is settled by doubt.
 * @returns the checkpoints that it says something new of, by id, and what each answer says of its channel
 */
export async function confirmAccepted(
  known: ReadonlyMap<string, Checkpoint>,
  channels: ReadonlyMap<string, Channel>,
  now: Instant,
): Promise<{ readonly heard: ReadonlyMap<string, Checkpoint>; readonly tries: readonly Try[] }> {
  const heard = new Map<string, Checkpoint>();
  const tries: Try[] = [];
  const answers = new Map<string, Outcome>();
  const deadline = performance.now() + BUDGET_MS;
  for (const [id, checkpoint] of known) {
    // At rest nothing is under way, and the deliveries need not be read.
    if (checkpoint.rest) continue;
    const settled = settledByDoubt(checkpoint, now);
    if (settled !== checkpoint) heard.set(id, settled);
    for (const delivery of settled.deliveries) {
      const { channel, reference, state, byDoubt } = delivery;
      const carrier = channels.get(channel);
      if (state !== 'accepted' || byDoubt || reference === undefined || !carrier?.confirm) continue;
      const key = `${channel} ${reference}`;
      const told = answers.get(key);
      if (!told && performance.now() > deadline) continue;
      const outcome = told ?? (await ask(carrier, reference));
      answers.set(key, outcome);
      if (!told) tries.push({ channel, outcome });
      if (outcome.state !== 'delivered' && outcome.state !== 'rejected') continue;
      const left = checkpoint.expiry.at - now;
      const row = heard.get(id) ?? settled;
      heard.set(id, withDelivery(row, delivery, afterOutcome(delivery, outcome, { now, left })));
    }
  }
  return { heard, tries };
}

async function ask(carrier: Channel, reference: string): Promise<Outcome> {
  try {
    return (await carrier.confirm?.(reference)) ?? { state: 'accepted', reference };
  } catch {
    // Not knowing yet is no reason to send it again.
    return { state: 'accepted', reference };
  }
}
