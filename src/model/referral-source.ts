import type { Instant } from '../base/instant.ts';
import type { PendingReferral, Referral } from './referral.ts';

/** One page of the pending ones. */
export interface ReferralPage {
  readonly referrals: readonly PendingReferral[];
  /** Rows without a usable id: they cannot be watched, only reported. */
  readonly setAside: number;
  /** The other side's clock less ours when this page came, in milliseconds; null when it did not tell. */
  readonly clockSkewMs?: number | null;
}

/** The OData options that the API documents. */
export interface ReferralQuery {
  readonly select?: readonly string[];
  /** Without it, everything that the account may see. */
  readonly filter?: string;
  readonly orderby?: string;
  readonly top?: number;
}

/** One page of whole rows, as it came. */
export interface RawPage {
  readonly rows: readonly unknown[];
  readonly hasMore: boolean;
  /** The other side's clock when it answered. */
  readonly date: Instant | null;
}

export interface CallCounts {
  readonly list: number;
  readonly get: number;
  /** Requests that went out, retries included. */
  readonly requests: number;
}

/** Partner Center's referrals, as the app asks for them. Nothing is ever written there. */
export interface ReferralsClient {
  /**
   * Every pending referral, page by page, oldest first unless asked otherwise; one may come twice when the list changes
   * meanwhile. Whatever it throws, the pages before it are good but not all.
   * @throws IncompleteWalkError, ThrottledError, PartnerCenterError, TimedOutError, NotAllowedError, SignInNeededError
   */
  listPending(options?: { readonly newestFirst?: boolean }): AsyncIterable<ReferralPage>;
  /**
   * One referral, whole. Without `retry` the first failure is final and the whole call ends within the deadline.
   * @throws NotAllowedError (403), ReferralNotFoundError (404, 410) and PartnerCenterError of status 400, which are answers
   *   about this id; and what `listPending` throws, which speaks of the service
   */
  get(id: string, options?: { readonly retry?: boolean }): Promise<Referral>;
  /** The first page of any query. @throws what `listPending` throws */
  list(query: ReferralQuery): Promise<RawPage>;
  /** Calls since the client was made. */
  calls(): CallCounts;
}
