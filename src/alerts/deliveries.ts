import type { Instant } from '../base/instant.ts';
import { alertName } from '../model/alert.ts';
import { isExitName } from '../model/alert-kinds.ts';
import type { Outcome } from '../model/channel.ts';
import type { Checkpoint, Delivery } from '../model/checkpoint.ts';
import { nextAttemptAt, nextTryAt } from './backoff.ts';
import type { PlannedAlert, PlannedMessage } from './messages.ts';
import { closeness } from './steps.ts';
import { dueSince } from './told.ts';

/** After so many times without an answer a message is not repeated there. */
const MOST_DOUBTS = 3;

/** One alert on its way: what was recorded before it was reserved, and the mark that reserves it. */
export interface Sending {
  readonly referralId: string;
  readonly channel: string;
  readonly alert: string;
  readonly before: Delivery | undefined;
  readonly marked: Delivery;
}

/** The mark that keeps other runs off while this one sends. `run` names this one. */
export function markSending(
  planned: PlannedAlert,
  parcel: Pick<PlannedMessage, 'form'> & { readonly key?: string },
  checkpoint: Checkpoint,
  { now, run, to }: { readonly now: Instant; readonly run: string; readonly to?: readonly string[] | undefined },
): Sending {
  const { channel, draft } = planned;
  const alert = alertName(draft);
  const before = checkpoint.deliveries.find(delivery => delivery.channel === channel && delivery.alert === alert);
  const marked: Delivery = {
    alert,
    channel,
    state: 'sending',
    attempts: (before?.attempts ?? 0) + 1,
    at: now,
    run,
    ...(before && { since: dueSince(before) }),
    ...(parcel.form === 'digest' && { digest: true as const }),
    ...(parcel.form === 'named' && { named: true as const }),
    ...(parcel.form === 'storm' && { storm: parcel.key }),
    ...(to && { to }),
    ...(before && takenOver(before)),
    ...(draft.mayBeRepeat && { repeat: true as const }),
  };
  return { referralId: draft.referralId, channel, alert, before, marked };
}

/** What an attempt takes over from the one before it: whether it is a repeat, in which form it goes and to whom. */
export function takenOver(before: Delivery): Partial<Delivery> {
  const { state, doubts, round, anew, plain, again, reference } = before;
  const isAnew = state === 'accepted';
  const rounds = isAnew ? (round ?? 0) + 1 : round;
  return {
    ...((isAnew || mayHaveArrived(before)) && { repeat: true as const }),
    ...(doubts && { doubts }),
    ...(rounds && { round: rounds }),
    ...((isAnew || anew) && { anew: true as const }),
    ...(plain && { plain }),
    ...(again && { again }),
    ...(again && reference !== undefined && { reference }),
  };
}

/** Whether people in the channel may have this message though nobody said so. */
export function mayHaveArrived({ state, repeat }: Delivery): boolean {
  return state === 'sending' || state === 'doubtful' || repeat === true;
}

/** What bears on how an answer is taken. */
export interface Circumstances {
  readonly now: Instant;
  /** Milliseconds until the expiry, of the most urgent one where a message tells several. */
  readonly left: number;
  /** The channel is known not to answer in time: it gets each message once. */
  readonly silent?: boolean;
}

/** How a delivery stands after its channel answered. */
export function afterOutcome(marked: Delivery, outcome: Outcome, { now, left, silent }: Circumstances): Delivery {
  const { retryAt: _retryAt, run: _run, reason: _reason, again, ...kept } = marked;
  const delivery = { ...kept, state: outcome.state, at: now };
  switch (outcome.state) {
    case 'accepted':
      return { ...delivery, reference: outcome.reference };
    case 'delivered': {
      const { reference = marked.reference, recipients } = outcome;
      const taken = { ...delivery, ...(reference !== undefined && { reference }) };
      if (!recipients || recipients.later.length === 0) return taken;
      const retryAt = nextAttemptAt(marked.attempts, now, left);
      return { ...taken, reason: recipients.reason, again: recipients.later, retryAt };
    }
    case 'retry':
      return {
        ...delivery,
        ...stillDelivered(again),
        reason: outcome.reason,
        retryAt: nextAttemptAt(marked.attempts, now, left, outcome.retryAt),
      };
    case 'doubtful': {
      const doubts = (marked.doubts ?? 0) + 1;
      const doubtful = { ...delivery, reason: outcome.reason, doubts, repeat: true as const };
      // Those who have it are told; the few who may have it are not worth a repeat to them.
      if (again) return { ...doubtful, state: 'delivered' };
      if (silent || doubts >= MOST_DOUBTS) return { ...doubtful, byDoubt: true };
      return { ...doubtful, retryAt: nextAttemptAt(marked.attempts, now, left) };
    }
    case 'rejected':
      // Its plainest form has been tried, or follows when its carrier closed what it had accepted. Then it is put off by itself.
      return {
        ...delivery,
        ...stillDelivered(again),
        reason: outcome.reason,
        ...(outcome.afterAcceptance && { plain: true as const, round: (marked.round ?? 0) + 1 }),
        retryAt: outcome.afterAcceptance && !marked.plain ? now : nextTryAt(now, left),
      };
    case 'refused':
      return { ...delivery, ...stillDelivered(again), reason: outcome.reason, retryAt: nextTryAt(now, left) };
  }
}

/** A mail that some have got stays delivered, whatever becomes of those who are to get it again. */
function stillDelivered(again: readonly string[] | undefined) {
  return again ? { state: 'delivered' as const, again } : {};
}

/**
 * How a delivery stands whose turn did not come: due at that time, without an attempt of its own. The very same one where
 * there is nothing to note.
 */
export function afterPutOff({ before, marked }: Sending, retryAt: Instant): Delivery {
  if (!before) {
    const { run: _run, ...waiting } = marked;
    return { ...waiting, state: 'retry', attempts: 0, reason: 'its turn did not come', retryAt };
  }
  // What a dead sender may have told stays a repeat, a refusal a refusal; what was due is due.
  const waits = before.retryAt !== undefined || before.state === 'retry' || before.state === 'refused';
  return waits && (before.retryAt ?? 0) < retryAt ? { ...before, retryAt } : before;
}

/** The checkpoint with one delivery put in place of what stood there. */
export function withDelivery(
  checkpoint: Checkpoint,
  { alert, channel }: Pick<Delivery, 'alert' | 'channel'>,
  delivery: Delivery,
): Checkpoint {
  const others = checkpoint.deliveries.filter(other => other.alert !== alert || other.channel !== channel);
  const { rest: _rest, ...open } = checkpoint;
  return { ...open, deliveries: [...others.filter(other => !supersedes(delivery, other)), delivery] };
}

/** A milder alert that never got through is not told after a more severe one. */
function supersedes(delivery: Delivery, other: Delivery): boolean {
  if (other.channel !== delivery.channel || !isOpen(other)) return false;
  return isExitName(delivery.alert) || closeness(delivery.alert) < closeness(other.alert);
}

/** Neither taken nor perhaps taken, and not on its way. */
function isOpen({ state, repeat }: Delivery): boolean {
  return (state === 'retry' || state === 'refused' || state === 'rejected') && !repeat;
}
