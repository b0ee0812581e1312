import type { Instant } from '../base/instant.ts';
import { MINUTE } from '../base/instant.ts';

const WAITS = [1 * MINUTE, 5 * MINUTE, 15 * MINUTE];

/** When to try again after `attempts` failed ones: 1, 5, 15, then every 60 minutes, unless the other side named a time. */
export function nextAttemptAt(attempts: number, now: Instant, named?: Instant): Instant {
  return named ?? now + (WAITS[attempts - 1] ?? 60 * MINUTE);
}
