import { DAY, type Instant } from '../base/instant.ts';
import type { Expiry } from './referral.ts';

/**
 * When a pending referral becomes Expired. Reported when Partner Center says so; else created + window, floored to
 * midnight UTC: that is how the documented examples end, and an early alert costs less than a late one.
 * @param windowDays - days that Partner Center waits for an answer
 * @param firstSeenAt - stands in for a creation date that is missing
 */
export function expiryOf(
  referral: { readonly createdAt: Instant | null; readonly reportedExpiry: Instant | null },
  windowDays: number,
  firstSeenAt: Instant,
): Expiry {
  if (referral.reportedExpiry !== null) return { at: referral.reportedExpiry, source: 'reported' };
  const end = (referral.createdAt ?? firstSeenAt) + windowDays * DAY;
  return { at: Math.floor(end / DAY) * DAY, source: 'estimated' };
}
