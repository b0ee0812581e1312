import type { Instant } from '../base/instant.ts';
import { editAtOf, withCardsBehind } from '../model/cards.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import type { Audience, Policy } from './policy.ts';

/** Without a claim and a snooze that ran out; the cards that speak of them are to be edited. */
export function withHandlingEnded(checkpoint: Checkpoint, { channels }: Policy, now: Instant): Checkpoint {
  const { claim, snoozedUntil, ...free } = checkpoint;
  const isClaimed = claim !== undefined && claim.until > now;
  const isSnoozed = snoozedUntil !== undefined && snoozedUntil > now;
  if (isClaimed === (claim !== undefined) && isSnoozed === (snoozedUntil !== undefined)) return checkpoint;
  const editable = channels.filter(({ editsCards }) => editsCards).map(({ id }) => id);
  const left = { ...free, ...(isClaimed && { claim }), ...(isSnoozed && { snoozedUntil }) };
  return withCardsBehind(left, editable, now);
}

/** The channels whose card of a referral says less than is known, and is to be edited now. */
export function channelsBehind(checkpoint: Checkpoint, { channels }: Policy, now: Instant): Audience[] {
  return channels.filter(({ id }) => (editAtOf(checkpoint, id) ?? Number.POSITIVE_INFINITY) <= now);
}

/** When cards of a referral are to be edited. */
export function editMoments(checkpoint: Checkpoint, { channels }: Policy): Instant[] {
  return channels.flatMap(({ id }) => editAtOf(checkpoint, id) ?? []);
}
