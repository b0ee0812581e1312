import type { Instant } from '../base/instant.ts';
import type { EscalationStep } from '../model/alert.ts';
import { alertName } from '../model/alert.ts';
import type { Checkpoint, Delivery } from '../model/checkpoint.ts';
import { withinReason } from './backoff.ts';
import { mayHaveArrived } from './deliveries.ts';
import type { Reason } from './messages.ts';
import { type Audience, type Policy, STALE_RESERVATION_MS } from './policy.ts';
import { closeness, dueStep, type StepFor } from './steps.ts';
import { isEndless, isTold } from './told.ts';

export interface DueAlert {
  readonly step: EscalationStep | null;
  readonly reason: Reason;
  readonly firstTold: boolean;
  readonly mayBeRepeat: boolean;
}

/** Whether another run may be sending it now. One dated far ahead of now was reserved by a clock that nobody believes. */
export function isFreshReservation({ state, at }: Delivery, expiryAt: Instant, now: Instant): boolean {
  if (state !== 'sending') return false;
  return now - at < withinReason(STALE_RESERVATION_MS, expiryAt - at) && at - now <= STALE_RESERVATION_MS;
}

/** Whether people in the channel may have seen this: a dead sender, or one that got no answer, may have got through. */
export function wasTold(delivery: Delivery): boolean {
  const { state, byDoubt } = delivery;
  return state === 'delivered' || state === 'accepted' || byDoubt === true || mayHaveArrived(delivery);
}

/** Whether something recorded has to wait for its time. */
export function isWaiting({ retryAt }: Delivery, now: Instant): boolean {
  return retryAt !== undefined && retryAt > now;
}

/** Why a recorded alert that is not told is sent once more. */
export function againBecause({ state }: Delivery): Reason {
  if (state === 'sending') return 'sender died';
  return state === 'accepted' ? 'no end named' : 'retry is due';
}

/** Whether a message that is sent once more may be a repeat. */
export function wouldRepeat(delivery: Delivery): boolean {
  return delivery.state === 'accepted' || mayHaveArrived(delivery);
}

/** Whether some of its recipients are to get it again now. */
export function isDueForSome(delivery: Delivery, now: Instant): boolean {
  return delivery.state === 'delivered' && delivery.again !== undefined && !isWaiting(delivery, now);
}

/** Whether somebody has taken it on or put it off: milder steps wait, critical ones don't. */
export function isQuiet(checkpoint: Checkpoint, now: Instant): boolean {
  return (checkpoint.claim?.until ?? 0) > now || (checkpoint.snoozedUntil ?? 0) > now;
}

/**
 * What one channel should be told of one pending referral, or null.
 * The most severe due step wins; what it supersedes is never told.
 */
export function dueAlert(
  checkpoint: Checkpoint,
  channel: Audience,
  policy: Policy,
  now: Instant,
  { passed = false }: Pick<StepFor, 'passed'> = {},
): DueAlert | null {
  const { expiry } = checkpoint;
  const deliveries = checkpoint.deliveries.filter(delivery => delivery.channel === channel.id);
  if (deliveries.some(delivery => isFreshReservation(delivery, expiry.at, now))) return null;

  const step = dueStep(
    checkpoint,
    { audience: channel.audience, quiet: isQuiet(checkpoint, now), passed },
    policy,
    now,
  );
  if (!step && channel.audience === 'on-call') return null;

  const wanted = alertName({ kind: step ? 'escalation' : 'new', step });
  const earlier = deliveries.find(delivery => delivery.alert === wanted);
  const asClose = step ? step.before : Number.POSITIVE_INFINITY;
  // Told as this or as something more severe. Of this very one, some recipients may be left.
  const isEnough = (delivery: Delivery) =>
    isTold(delivery, expiry.at, now) &&
    closeness(delivery.alert) <= asClose &&
    !(delivery === earlier && isDueForSome(delivery, now));
  if (deliveries.some(isEnough)) return null;

  // On-call hears nothing before critical: to them it is new when nobody else has heard of it either.
  const heard = channel.audience === 'on-call' ? checkpoint.deliveries : deliveries;
  const firstTold = !heard.some(delivery => delivery.alert !== wanted && wasTold(delivery));
  if (earlier && isWaiting(earlier, now)) return null;
  const reason = earlier ? againBecause(earlier) : step ? 'step reached' : 'first seen';
  return { step, reason, firstTold, mayBeRepeat: earlier !== undefined && wouldRepeat(earlier) };
}

/**
 * What its carrier has had twice for an hour without naming an end counts as told by doubt. The very same checkpoint when
 * there is none of that.
 */
export function settledByDoubt(checkpoint: Checkpoint, now: Instant): Checkpoint {
  const isOver = (delivery: Delivery) =>
    delivery.anew === true && !delivery.byDoubt && isEndless(delivery, checkpoint.expiry.at, now);
  if (!checkpoint.deliveries.some(isOver)) return checkpoint;
  const { rest: _rest, ...open } = checkpoint;
  return {
    ...open,
    deliveries: checkpoint.deliveries.map(delivery =>
      isOver(delivery) ? { ...delivery, byDoubt: true, repeat: true } : delivery,
    ),
  };
}
