import { HOUR, type Instant, MINUTE } from '../base/instant.ts';

const WAITS = [1 * MINUTE, 5 * MINUTE, 15 * MINUTE];

/**
 * A wait that may cost no lead: never longer than a quarter of the time that is left when it begins, or than three minutes
 * where that quarter is shorter still. Once nothing is left there is nothing to lose.
 * @param wait - milliseconds
 * @param left - milliseconds until the expiry
 */
export function withinReason(wait: number, left: number): number {
  return left > 0 ? Math.min(wait, Math.max(left / 4, 3 * MINUTE)) : wait;
}

/**
 * When to try again after `attempts` failed ones: 1, 5, 15, then every 60 minutes, or when the other side said. Never later
 * than in an hour or in a quarter of the time left until the expiry, never sooner than in a minute.
 */
export function nextAttemptAt(attempts: number, now: Instant, left: number, named?: Instant): Instant {
  return named === undefined ? now + bounded(WAITS[attempts - 1] ?? HOUR, left) : now + bounded(named - now, left);
}

/** When a channel that takes nothing is tried again. */
export function nextTryAt(now: Instant, left: number): Instant {
  return now + bounded(HOUR, left);
}

function bounded(wait: number, left: number): number {
  const most = left > 0 ? Math.min(HOUR, left / 4) : HOUR;
  return Math.max(MINUTE, Math.min(wait, most));
}
