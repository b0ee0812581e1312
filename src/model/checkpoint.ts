import type { Instant } from '../base/instant.ts';
import type { OutcomeState } from './channel.ts';
import type { Exit } from './exit.ts';
import type { NamedDates } from './expiry.ts';
import type { Expiry, ReferralFacts, ReferralSummary } from './referral.ts';
import type { Claim, Deed } from './trail.ts';

/**
 * Where one alert to one channel stands: reserved by a run that has not recorded an outcome (`sending`), or the outcome of
 * its last attempt. Only `delivered`, what was `accepted` a short time ago, and what is told by doubt need nothing more.
 */
export type DeliveryState = 'sending' | OutcomeState;

/** The channel under which it is kept that a last resort was told: no carrier has this name. */
export const LAST_RESORT = 'last-resort';

export interface Delivery {
  /** `new`, `escalation:24h`, `answered`, `expired`: one alert of this referral. */
  readonly alert: string;
  readonly channel: string;
  readonly state: DeliveryState;
  readonly attempts: number;
  /** When it came into this state. */
  readonly at: Instant;
  /** Since when it is due, where that is before `at`. */
  readonly since?: Instant;
  readonly retryAt?: Instant;
  /** Told as one row of a digest, not by a message of its own. */
  readonly digest?: true;
  /** Told as one row of a list that shows each of its referrals: by itself, though the message is not its own. */
  readonly named?: true;
  /** The key of the incident that it shares with others, kept from its first attempt. */
  readonly storm?: string;
  /** The channel's own name for the message: an activity id, a message id. */
  readonly reference?: string;
  /** The card of that reference says less than is known: when to edit it. */
  readonly editAt?: Instant;
  readonly reason?: string;
  /** The run that reserved it; only while `sending`. */
  readonly run?: string;
  /** An earlier attempt may have arrived: whatever is sent of it says so. */
  readonly repeat?: true;
  /** How often it went out whole and no answer came. */
  readonly doubts?: number;
  /** It counts as told, though nobody said that it arrived; nothing more is sent of it. */
  readonly byDoubt?: true;
  /** How many operations its carrier closed without success, or left without an end. */
  readonly round?: number;
  /** It was sent anew because its carrier named no end. */
  readonly anew?: true;
  /** Its channel refuses what it holds: it goes in its plainest form. */
  readonly plain?: true;
  /** Those of its recipients, by short names, who are to get it again by themselves. */
  readonly again?: readonly string[];
  /** Who of on-call had it, by short names, where that was whoever was on shift; absent: all that the channel has. */
  readonly to?: readonly string[];
  /** The expiry that it was told for, where the referral's has moved since. */
  readonly expiry?: Instant;
}

/** A referral that Partner Center neither lists nor shows by id. */
export interface Hidden {
  /** When it could last be confirmed. */
  readonly since: Instant;
  /** When by-id first said that there is no such referral; absent while it says something else. */
  readonly goneAt?: Instant;
}

/** Until when a pending referral needs no look, as long as it stays listed with the same date and the policy stays. */
export interface Rest {
  readonly until: Instant;
  /** Fingerprint of the policy it was worked out under. */
  readonly under: string;
  /** The date that the list named then, null for none; absent where that is the expiry itself. */
  readonly listed?: Instant | null;
}

/** What is kept of a referral for cards and rules. Nothing of a person. */
export interface KeptSummary extends ReferralSummary {
  /** What else rules ask about; there once the referral was read whole. */
  readonly asked?: Pick<ReferralFacts, 'solutions' | 'qualification'>;
}

/** What we durably know of one referral. */
export interface Checkpoint {
  readonly referralId: string;
  readonly engagementId: string | null;
  readonly createdAt: Instant | null;
  readonly firstSeenAt: Instant;
  readonly expiry: Expiry;
  /** What Partner Center named; absent in rows of the edition before. */
  readonly dates?: NamedDates | undefined;
  /** As far as it is known; whole once the referral was read by id. */
  readonly summary: KeptSummary | null;
  /** In how many polls it was seen while rules ask about what nobody could read of it. */
  readonly factless?: number;
  /** The names of the rules that took it last; absent without rules. */
  readonly route?: string;
  readonly deliveries: readonly Delivery[];
  readonly claim?: Claim;
  readonly snoozedUntil?: Instant;
  /** What colleagues did with it, oldest first. */
  readonly deeds?: readonly Deed[] | undefined;
  /** What people wrote of it was erased on request, and is neither kept nor shown again. */
  readonly forgotten?: true | undefined;
  /** Absent while something is outstanding. */
  readonly rest?: Rest;
  readonly hidden?: Hidden;
  readonly exit?: Exit;
  /** When we noticed it; absent in rows of the edition before. */
  readonly exitAt?: Instant | undefined;
  /** Partner Center's own word for how it was answered, where we have none. */
  readonly exitWord?: string;
  /** Since when nobody could confirm how it stands; of an exit that is only our conclusion. */
  readonly doubtSince?: Instant;
  readonly closedAt?: Instant;
  /** The row could not be read: what it told is not known. Never written. */
  readonly unreadable?: true | undefined;
  /** The row's version in the table; absent while it was never written. */
  readonly etag?: string;
}

/** As much of an open checkpoint as shows whether it can be left in peace. */
export type Outline = Pick<Checkpoint, 'referralId' | 'expiry'> & {
  readonly rest?: Rest | undefined;
  readonly exit?: Exit | undefined;
};
