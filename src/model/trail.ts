import type { Instant } from '../base/instant.ts';

/** A person who took a referral on. Name and Entra object id of a colleague, shown on the card. */
export interface Claim {
  readonly by: string;
  readonly name: string;
  readonly at: Instant;
  readonly until: Instant;
}

/** What a colleague did with a referral in Teams. */
export interface Deed {
  readonly what: 'claimed' | 'released' | 'snoozed';
  readonly at: Instant;
  /** Of the colleague; empty when it is not known, or was forgotten. */
  readonly name: string;
  /** The name of the colleague whose claim somebody else released. */
  readonly holder?: string;
}

/** So many are kept of one referral. */
const MOST_DEEDS = 30;

/** With one more. The first claim stays, for figures count from it; of all others the latest. */
export function withDeed(deeds: readonly Deed[] = [], deed: Deed): readonly Deed[] {
  const all = [...deeds, deed];
  if (all.length <= MOST_DEEDS) return all;
  const firstClaim = all.find(({ what }) => what === 'claimed');
  const latest = all.slice(1 - MOST_DEEDS);
  return firstClaim && !latest.includes(firstClaim) ? [firstClaim, ...latest] : all.slice(-MOST_DEEDS);
}
