import { IncompleteWalkError } from '../model/errors.ts';
import type { PendingReferral } from '../model/referral.ts';
import type { ReferralsClient } from '../model/referral-source.ts';

/** One walk through the list of pending referrals, as far as it came. */
export interface Walk {
  /** How many referrals, each counted once. */
  readonly listed: number;
  /** Rows without a usable id: they cannot be watched, only reported. */
  readonly setAside: number;
  /** What ended the walk before the last page; null when it is complete. */
  readonly failure: Error | null;
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
  budgetMs: number = BUDGET_MS,
): Promise<Walk> {
  let listed = 0;
  let setAside = 0;
  const deadline = performance.now() + budgetMs;
  try {
    for await (const page of referrals.listPending()) {
      listed += see(page.referrals);
      setAside += page.setAside;
      if (performance.now() > deadline)
        throw new IncompleteWalkError('Partner Center takes too long to list everything');
    }
    return { listed, setAside, failure: null };
  } catch (error) {
    return { listed, setAside, failure: error as Error };
  }
}
