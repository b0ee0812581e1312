import { countUndelivered } from '../alerts/rest.ts';
import { DAY, type Instant } from '../base/instant.ts';
import type { Checkpoint } from '../model/checkpoint.ts';

/** How the open checkpoints stand after a poll. */
export interface Figures {
  readonly pending: number;
  readonly nextExpiryAt: Instant | null;
  /** Alerts that have not reached a channel that should have them. */
  readonly undelivered: number;
  /** Before this, only what changes needs a look; null when something is outstanding. */
  readonly nextLookAt: Instant | null;
}

/** How many pending referrals expire within a day, three and seven: what the workbook draws. */
export interface Soon {
  readonly within1Day: number;
  readonly within3Days: number;
  readonly within7Days: number;
}

export interface Tally {
  /** A pending one at rest: it has nothing outstanding, and not looking into it is what keeps a quiet poll cheap. */
  addResting(expiryAt: Instant): void;
  /** Something needs a look then at the latest. */
  lookAgainAt(instant: Instant): void;
  add(checkpoint: Checkpoint): void;
  /** When those that are pending expire. */
  expiries(): ReadonlySet<Instant>;
  figures(): Figures;
  soon(): Soon;
}

/** Counts open checkpoints one by one, so that nobody has to keep them for counting. */
export function createTally(now: Instant): Tally {
  const soon = { within1Day: 0, within3Days: 0, within7Days: 0 };
  const expiries = new Set<Instant>();
  let pending = 0;
  let undelivered = 0;
  let nextExpiryAt = Number.POSITIVE_INFINITY;
  let nextLookAt = Number.POSITIVE_INFINITY;

  function lookAgainAt(instant: Instant): void {
    nextLookAt = Math.min(nextLookAt, instant);
  }

  function addPending(expiryAt: Instant): void {
    pending += 1;
    expiries.add(expiryAt);
    if (expiryAt > now && expiryAt < nextExpiryAt) nextExpiryAt = expiryAt;
    if (expiryAt - now <= DAY) soon.within1Day += 1;
    if (expiryAt - now <= 3 * DAY) soon.within3Days += 1;
    if (expiryAt - now <= 7 * DAY) soon.within7Days += 1;
  }

  return {
    addResting: addPending,
    lookAgainAt,
    add(checkpoint) {
      lookAgainAt(checkpoint.rest?.until ?? 0);
      if (!checkpoint.rest) undelivered += countUndelivered(checkpoint);
      if (!checkpoint.exit) addPending(checkpoint.expiry.at);
    },
    expiries: () => expiries,
    figures: () => ({
      pending,
      nextExpiryAt: Number.isFinite(nextExpiryAt) ? nextExpiryAt : null,
      undelivered,
      nextLookAt: nextLookAt > now && Number.isFinite(nextLookAt) ? nextLookAt : null,
    }),
    soon: () => soon,
  };
}
