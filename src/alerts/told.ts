import { HOUR, type Instant } from '../base/instant.ts';
import type { Delivery } from '../model/checkpoint.ts';
import { withinReason } from './backoff.ts';

/**
 * Whether nothing more has to be sent of it: the channel took it, its carrier has had it for less than an hour, or it is told
 * by doubt. A refusal, a silence or a reservation never is.
 */
export function isTold(delivery: Delivery, expiryAt: Instant, now: Instant): boolean {
  if (delivery.byDoubt || delivery.state === 'delivered') return true;
  return delivery.state === 'accepted' && !isEndless(delivery, expiryAt, now);
}

/** Whether its carrier has had it for an hour, or as long as its lead allows, and named no end. */
export function isEndless({ state, at }: Delivery, expiryAt: Instant, now: Instant): boolean {
  return state === 'accepted' && now - at >= withinReason(HOUR, expiryAt - at);
}

/** Since when it has been due. */
export function dueSince({ since, at }: Delivery): Instant {
  return since ?? at;
}
