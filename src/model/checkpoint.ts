import type { Instant } from '../base/instant.ts';
import type { Expiry, ReferralSummary } from './referral.ts';

/**
 * Where one alert to one channel stands.
 * - `sending`: claimed by a run that has not recorded an outcome; older than ten minutes, that run has died.
 * - `accepted`: the carrier took it over and has not said yet whether it arrived; it is asked, not sent again.
 * - `delivered`: the channel took it.
 * - `retry`: not now; due again at `retryAt`.
 * - `rejected`: never, for `reason`; not tried again.
 */
export type DeliveryState = 'sending' | 'accepted' | 'delivered' | 'retry' | 'rejected';

export interface Delivery {
  /** `new`, `escalation:24h`, `answered`, `expired`: one alert of this referral. */
  readonly alert: string;
  readonly channel: string;
  readonly state: DeliveryState;
  readonly attempts: number;
  /** When it came into this state. */
  readonly at: Instant;
  readonly retryAt?: Instant;
  /** Told as one row of a digest, not by a message of its own. */
  readonly digest?: true;
  /** The channel's own name for the message: an activity id, a message id. */
  readonly reference?: string;
  /** The card of that reference says less than is known: when to edit it. */
  readonly editAt?: Instant;
  readonly reason?: string;
}

/** How a referral left Pending. `gone`: Partner Center no longer knows it. */
export type Exit = 'accepted' | 'declined' | 'won' | 'lost' | 'expired' | 'gone';

/** A person who took a referral on. Name and Entra object id of a colleague, shown on the card. */
export interface Claim {
  readonly by: string;
  readonly name: string;
  readonly at: Instant;
  readonly until: Instant;
}

/** Until when a pending referral needs no look, as long as it stays listed, its expiry stays and the policy stays. */
export interface Rest {
  readonly until: Instant;
  /** Fingerprint of the policy it was worked out under. */
  readonly under: string;
}

/** What we durably know of one referral. */
export interface Checkpoint {
  readonly referralId: string;
  readonly engagementId: string | null;
  readonly createdAt: Instant | null;
  readonly firstSeenAt: Instant;
  readonly expiry: Expiry;
  /** As far as it is known; whole once the referral was read by id. */
  readonly summary: ReferralSummary | null;
  readonly deliveries: readonly Delivery[];
  readonly claim?: Claim;
  readonly snoozedUntil?: Instant;
  /** Absent while something is outstanding. */
  readonly rest?: Rest;
  readonly exit?: Exit;
  readonly closedAt?: Instant;
  /** The row's version in the table; absent while it was never written. */
  readonly etag?: string;
}

/** As much of an open checkpoint as shows whether it can be left in peace. */
export type Outline = Pick<Checkpoint, 'referralId' | 'expiry'> & {
  readonly rest?: Rest | undefined;
  readonly exit?: Exit | undefined;
};
