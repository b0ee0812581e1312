import type { ClockFault } from '../alerts/sightings.ts';
import { IncompleteWalkError } from '../model/errors.ts';
import type { PendingReferral } from '../model/referral.ts';
import type { ReferralsClient } from '../model/referral-source.ts';
import { MOST_SKEW } from '../watch/findings.ts';

/** One walk through the list of pending referrals, as far as it came. */
export interface Walk {
  /** How many referrals, each counted once. */
  readonly listed: number;
  /** Rows without a usable id: they cannot be watched, only reported. */
  readonly setAside: number;
  /** Partner Center's clock less ours, in milliseconds; null when it did not tell. */
  readonly clockSkewMs: number | null;
  /** What ended the walk before the last page; null when it is complete. */
  readonly failure: Error | null;
  /** Whether it was its time that ended it: the next walk begins at the other end. */
  readonly cutShort: boolean;
}

export interface WalkOptions {
  readonly newestFirst?: boolean;
  readonly budgetMs?: number | undefined;
}

/** Time for one walk, in milliseconds: the platform ends an invocation after ten minutes, and telling needs its share. */
const BUDGET_MS = 180_000;

/**
 * Reads every page and hands it to `see`, which tells how many of it are no repetition. What was read before a failure, or
 * before the time was up, is kept: it is still told.
 */
export async function walkPending(
  referrals: Pick<ReferralsClient, 'listPending'>,
  see: (page: readonly PendingReferral[]) => number,
  { newestFirst = false, budgetMs = BUDGET_MS }: WalkOptions = {},
): Promise<Walk> {
  let listed = 0;
  let setAside = 0;
  let clockSkewMs: number | null = null;
  let cutShort = false;
  const deadline = performance.now() + budgetMs;
  try {
    for await (const page of referrals.listPending({ newestFirst })) {
      listed += see(page.referrals);
      setAside += page.setAside;
      clockSkewMs ??= page.clockSkewMs ?? null;
      if (performance.now() > deadline) {
        cutShort = true;
        throw new IncompleteWalkError('Partner Center takes too long to list everything');
      }
    }
    return { listed, setAside, clockSkewMs, failure: null, cutShort };
  } catch (error) {
    return { listed, setAside, clockSkewMs, failure: error as Error, cutShort };
  }
}

/** Whether our clock is so far off Partner Center's that dates mean something else here. */
export function clockFault(skewMs: number | null): ClockFault | undefined {
  if (skewMs === null || Math.abs(skewMs) <= MOST_SKEW) return undefined;
  return skewMs < 0 ? 'ahead' : 'behind';
}
