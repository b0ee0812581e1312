import { DAY, type Instant } from '../base/instant.ts';
import { isExitName } from '../model/alert-kinds.ts';
import type { Checkpoint, Delivery, Outline, Rest } from '../model/checkpoint.ts';
import { hearingOf } from './audiences.ts';
import { editMoments } from './cards-behind.ts';
import { dueAlert } from './due.ts';
import { datesOf, listedBy, needsReading } from './expiry-watch.ts';
import { type Policy, policyFingerprint } from './policy.ts';
import { closeness, momentOf, PASSED } from './steps.ts';

/** A delivery that still needs something: an attempt, an answer, or somebody to find out that its sender died. */
export function isOutstanding(delivery: Delivery, checkpoint: Checkpoint): boolean {
  if (delivery.byDoubt || (delivery.state === 'delivered' && !delivery.again)) return false;
  if (delivery.state === 'accepted') return true;
  return !checkpoint.deliveries.some(
    other =>
      other.channel === delivery.channel &&
      other.alert !== delivery.alert &&
      (other.byDoubt || other.state === 'delivered' || other.state === 'accepted') &&
      (isExitName(other.alert) || (!isExitName(delivery.alert) && closeness(other.alert) < closeness(delivery.alert))),
  );
}

/** How many alerts of this referral have not reached a channel that should have them. */
export function countUndelivered(checkpoint: Checkpoint): number {
  return checkpoint.deliveries.filter(delivery => delivery.state !== 'delivered' && isOutstanding(delivery, checkpoint))
    .length;
}

function hasOutstanding(checkpoint: Checkpoint): boolean {
  return checkpoint.deliveries.some(delivery => isOutstanding(delivery, checkpoint));
}

/** Whether a checkpoint needs no look at this policy and moment, as long as it stays listed and its expiry stays. */
export function isResting({ rest }: Outline, fingerprint: string, now: Instant): boolean {
  return rest !== undefined && rest.until > now && rest.under === fingerprint;
}

/** The last instant that a table can hold. */
const FOREVER = Date.UTC(9999, 11, 31);

/**
 * The rest of a checkpoint after a poll; null when something is outstanding or still due.
 * This is what makes a poll that finds nothing new cost almost nothing.
 */
export function restOf(checkpoint: Checkpoint, policy: Policy, now: Instant): Rest | null {
  if (checkpoint.exit || hasOutstanding(checkpoint) || needsReading(checkpoint)) return null;
  const { route, channels } = hearingOf(checkpoint, policy, now);
  // With nobody to tell there is no rest: it is untold. What went to the catch-all unread is read at the next poll.
  if (!channels.some(({ audience }) => audience === 'sales') || route?.factsUnknown) return null;
  if (channels.some(channel => dueAlert(checkpoint, channel, policy, now, { passed: true }))) return null;
  const moments = [...policy.steps, PASSED].flatMap(step =>
    (['sales', 'on-call'] as const).map(audience => momentOf(step, audience, checkpoint, policy)),
  );
  if (checkpoint.claim) moments.push(checkpoint.claim.until);
  if (checkpoint.snoozedUntil) moments.push(checkpoint.snoozedUntil);
  const edits = editMoments(checkpoint, policy);
  if (edits.some(at => at <= now)) return null;
  moments.push(...edits);
  if (checkpoint.hidden) moments.push(checkpoint.hidden.since + DAY);
  const until = Math.min(...moments.filter(moment => moment > now), FOREVER);
  const { listed } = datesOf(checkpoint);
  return { until, under: policyFingerprint(policy), ...(listed !== listedBy(checkpoint.expiry) && { listed }) };
}
