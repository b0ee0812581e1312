import type { Instant } from '../base/instant.ts';
import type { Claim } from '../model/trail.ts';

/** What people did with a referral in Teams. */
export interface Handling {
  readonly claim?: Claim;
  readonly snoozedUntil?: Instant;
}

/** The claim that counts now; a claim that ran out is none. */
export function activeClaim({ claim }: Handling, now: Instant): Claim | undefined {
  return claim && claim.until > now ? claim : undefined;
}
