import type { Instant } from '../base/instant.ts';
import type { EscalationStep } from '../model/alert.ts';
import { alertName } from '../model/alert.ts';
import type { Checkpoint, Delivery } from '../model/checkpoint.ts';
import { type Audience, type Policy, STALE_RESERVATION_MS } from './policy.ts';
import { closeness, dueStep } from './steps.ts';

/** Why an alert is told, or told again, now. */
export type Reason = 'first seen' | 'step reached' | 'left pending' | 'retry is due' | 'sender died';

export interface DueAlert {
  readonly step: EscalationStep | null;
  readonly reason: Reason;
  readonly firstTold: boolean;
  readonly mayBeRepeat: boolean;
}

export function isFreshReservation(delivery: Delivery, now: Instant): boolean {
  return delivery.state === 'sending' && now - delivery.at < STALE_RESERVATION_MS;
}

/** Whether people in the channel may have seen this: a dead sender may have got through. */
export function wasTold(delivery: Delivery): boolean {
  return delivery.state === 'delivered' || delivery.state === 'accepted' || delivery.state === 'sending';
}

/** Why a recorded alert that is not settled is sent once more. */
export function againBecause(delivery: Delivery): Reason {
  return delivery.state === 'sending' ? 'sender died' : 'retry is due';
}

/** Whether somebody has taken it on or put it off: milder steps wait, critical ones don't. */
function isQuiet(checkpoint: Checkpoint, now: Instant): boolean {
  return (checkpoint.claim?.until ?? 0) > now || (checkpoint.snoozedUntil ?? 0) > now;
}

/**
 * What one channel should be told of one pending referral, or null.
 * The most severe due step wins; what it supersedes is never told.
 */
export function dueAlert(checkpoint: Checkpoint, channel: Audience, policy: Policy, now: Instant): DueAlert | null {
  const deliveries = checkpoint.deliveries.filter(delivery => delivery.channel === channel.id);
  if (deliveries.some(delivery => isFreshReservation(delivery, now))) return null;

  const step = dueStep(policy.steps, channel.audience, isQuiet(checkpoint, now), checkpoint.expiry.at, now);
  if (!step && channel.audience === 'on-call') return null;

  const wanted = alertName({ kind: step ? 'escalation' : 'new', step });
  const settled = deliveries.filter(delivery => delivery.state !== 'retry' && delivery.state !== 'sending');
  const asClose = step ? step.before : Number.POSITIVE_INFINITY;
  if (settled.some(delivery => closeness(delivery.alert) <= asClose)) return null;

  // On-call hears nothing before critical: to them it is new when nobody else has heard of it either.
  const heard = channel.audience === 'on-call' ? checkpoint.deliveries : deliveries;
  const firstTold = !heard.some(delivery => delivery.alert !== wanted && wasTold(delivery));
  const earlier = deliveries.find(delivery => delivery.alert === wanted);
  if (earlier?.state === 'retry' && (earlier.retryAt ?? 0) > now) return null;
  const reason = earlier ? againBecause(earlier) : step ? 'step reached' : 'first seen';
  return { step, reason, firstTold, mayBeRepeat: earlier?.state === 'sending' };
}
