import { DAY, type Instant, MINUTE } from '../base/instant.ts';
import type { EscalationStep } from '../model/alert.ts';
import { alertName } from '../model/alert.ts';
import { type Checkpoint, type Delivery, LAST_RESORT } from '../model/checkpoint.ts';
import { hearingOf } from './audiences.ts';
import { withinReason } from './backoff.ts';
import { isFreshReservation, isQuiet } from './due.ts';
import type { Policy } from './policy.ts';
import { stepMoments } from './step-moments.ts';
import { closeness, dueStep, momentOf } from './steps.ts';
import { dueSince, isTold } from './told.ts';

/** How long an alert may wait before its referral counts as untold, in milliseconds. */
const PATIENCE = 30 * MINUTE;

/** A pending referral that none of its sales channels has been told of. */
export interface Untold {
  readonly checkpoint: Checkpoint;
  /** The step that is due; null while it is only new. */
  readonly step: EscalationStep | null;
  /** The name of what is due, under which a last resort is kept. */
  readonly alert: string;
}

/** The pending referrals whose due alert no sales channel has taken half an hour after it was due. */
export function untoldOf(checkpoints: Iterable<Checkpoint>, policy: Policy, now: Instant): Untold[] {
  const untold: Untold[] = [];
  for (const checkpoint of checkpoints) {
    if (checkpoint.exit) continue;
    const { deliveries, expiry } = checkpoint;
    const step = dueStep(checkpoint, { audience: 'sales', quiet: isQuiet(checkpoint, now) }, policy, now);
    const asClose = step ? step.before : Number.POSITIVE_INFINITY;
    const here = deliveries.filter(({ channel }) => isOwn(channel, checkpoint, policy, now));
    if (here.some(delivery => isTold(delivery, expiry.at, now) && closeness(delivery.alert) <= asClose)) continue;
    const alert = alertName({ kind: step ? 'escalation' : 'new', step });
    const since =
      waitingSince(here, alert) ??
      Math.max(checkpoint.firstSeenAt, step ? momentOf(step, 'sales', checkpoint, policy) : 0);
    if (now - since >= withinReason(PATIENCE, expiry.at - since)) untold.push({ checkpoint, step, alert });
  }
  return untold;
}

function isOwn(id: string, checkpoint: Checkpoint, policy: Policy, now: Instant): boolean {
  const { channels } = hearingOf(checkpoint, policy, now);
  return channels.some(channel => channel.id === id && channel.audience === 'sales');
}

/** Since the poll that first found it due; null when none has tried. */
function waitingSince(deliveries: readonly Delivery[], alert: string): Instant | null {
  const tried = deliveries.filter(delivery => delivery.alert === alert).map(dueSince);
  return tried.length > 0 ? Math.min(...tried) : null;
}

/**
 * The untold ones that must reach somebody now, whoever that is: within their last day, or past their critical step. Once
 * for each step, until somebody took it.
 */
export function needsLastResort({ checkpoint, alert }: Untold, policy: Policy, now: Instant): boolean {
  const { expiry, deliveries } = checkpoint;
  if (expiry.at <= now || !isLate(checkpoint, policy, now)) return false;
  const asked = deliveries.find(delivery => delivery.channel === LAST_RESORT && delivery.alert === alert);
  return !asked || (!isTold(asked, expiry.at, now) && !isFreshReservation(asked, expiry.at, now));
}

/** Within its last day or past its critical step; where people have working hours, when on-call is due to hear of it. */
function isLate(checkpoint: Checkpoint, policy: Policy, now: Instant): boolean {
  const { expiry, firstSeenAt } = checkpoint;
  const { steps, workingTime } = policy;
  if (dueStep(checkpoint, { audience: 'on-call' }, policy, now)) return true;
  if (workingTime && steps.some(({ severity }) => severity === 'critical')) return false;
  return stepMoments(expiry.at, { before: DAY }, workingTime, firstSeenAt).onCall <= now;
}
