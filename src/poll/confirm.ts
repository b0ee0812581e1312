import { afterOutcome } from '../alerts/deliveries.ts';
import type { Plan } from '../alerts/plan.ts';
import type { Channel, Outcome } from '../model/channel.ts';
import type { Try } from '../watch/channel-findings.ts';
import type { Entry } from './ledger.ts';
import type { Run } from './run.ts';

/**
 * Asks, once a poll, what became of messages that a carrier had accepted. One message may have told many referrals.
 * @returns what is to be recorded, nothing for what is still under way; and what each answer says of its channel
 */
export async function confirmAccepted(
  unconfirmed: Plan['unconfirmed'],
  { ledger, channels, now }: Run,
): Promise<{ entries: Entry[]; tries: Try[] }> {
  const entries: Entry[] = [];
  const tries: Try[] = [];
  const answers = new Map<string, Outcome>();
  for (const { referralId, channel, alert } of unconfirmed) {
    const delivery = ledger.rows
      .get(referralId)
      ?.deliveries.find(({ channel: to, alert: name }) => to === channel && name === alert);
    const carrier = channels.get(channel);
    if (!delivery?.reference || !carrier?.confirm) continue;
    const key = `${channel} ${delivery.reference}`;
    const known = answers.get(key);
    const outcome = known ?? (await ask(carrier, delivery.reference));
    answers.set(key, outcome);
    if (!known) tries.push({ channel, attempts: delivery.attempts, outcome });
    if (outcome.state === 'delivered' || outcome.state === 'rejected') {
      entries.push({
        referralId,
        channel,
        alert,
        delivery: afterOutcome(delivery, outcome, { now, left: Number.POSITIVE_INFINITY }),
      });
    }
  }
  return { entries, tries };
}

async function ask(carrier: Channel, reference: string): Promise<Outcome> {
  try {
    return (await carrier.confirm?.(reference)) ?? { state: 'accepted', reference };
  } catch {
    // Not knowing yet is no reason to send it again.
    return { state: 'accepted', reference };
  }
}
