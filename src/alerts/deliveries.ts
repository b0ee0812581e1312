import type { Instant } from '../base/instant.ts';
import { alertName } from '../model/alert.ts';
import type { Outcome } from '../model/channel.ts';
import type { Checkpoint, Delivery } from '../model/checkpoint.ts';
import { nextAttemptAt } from './backoff.ts';
import type { PlannedAlert } from './messages.ts';
import { closeness } from './steps.ts';

/** One alert on its way: what was recorded before it was reserved, and the mark that reserves it. */
export interface Sending {
  readonly referralId: string;
  readonly channel: string;
  readonly alert: string;
  readonly before: Delivery | undefined;
  readonly marked: Delivery;
}

/** The mark that keeps other runs off while this one sends. */
export function markSending(planned: PlannedAlert, digest: boolean, checkpoint: Checkpoint, now: Instant): Sending {
  const { channel, draft } = planned;
  const alert = alertName(draft);
  const before = checkpoint.deliveries.find(delivery => delivery.channel === channel && delivery.alert === alert);
  const marked: Delivery = {
    alert,
    channel,
    state: 'sending',
    attempts: (before?.attempts ?? 0) + 1,
    at: now,
    ...(digest && { digest: true as const }),
  };
  return { referralId: draft.referralId, channel, alert, before, marked };
}

/** How a delivery stands after its channel answered. */
export function afterOutcome(marked: Delivery, outcome: Outcome, now: Instant): Delivery {
  const { retryAt: _old, ...rest } = marked;
  const delivery = { ...rest, state: outcome.state, at: now };
  switch (outcome.state) {
    case 'delivered':
    case 'accepted':
      return { ...delivery, ...(outcome.reference !== undefined && { reference: outcome.reference }) };
    case 'retry':
      return { ...delivery, reason: outcome.reason, retryAt: nextAttemptAt(marked.attempts, now, outcome.retryAt) };
    case 'rejected':
      return { ...delivery, reason: outcome.reason };
  }
}

/** How a delivery stands whose turn did not come: waiting like one that was tried, but without an attempt of its own. */
export function afterPutOff({ before, marked }: Sending, retryAt: Instant): Delivery {
  // What a dead sender may have told is still to be called a repeat.
  if (before?.state === 'sending') return before;
  return {
    ...marked,
    state: 'retry',
    attempts: marked.attempts - 1,
    reason: 'its turn did not come',
    retryAt,
  };
}

/** The checkpoint with one delivery put in place of what stood there; taken out when it is undefined. */
export function withDelivery(
  checkpoint: Checkpoint,
  at: Pick<Delivery, 'alert' | 'channel'>,
  delivery: Delivery | undefined,
): Checkpoint {
  const others = checkpoint.deliveries.filter(other => other.alert !== at.alert || other.channel !== at.channel);
  const { rest: _rest, ...open } = checkpoint;
  return {
    ...open,
    deliveries: delivery ? [...others.filter(other => !supersedes(delivery, other)), delivery] : others,
  };
}

/** A milder alert that never got through is not told after a more severe one. */
function supersedes(delivery: Delivery, other: Delivery): boolean {
  if (other.state !== 'retry' || other.channel !== delivery.channel) return false;
  const isExit = delivery.alert === 'answered' || delivery.alert === 'expired';
  return isExit || closeness(delivery.alert) < closeness(other.alert);
}
