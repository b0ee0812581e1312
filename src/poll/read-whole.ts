import pMap from 'p-map';
import type { Answer } from '../alerts/sightings.ts';
import { ReferralNotFoundError, SignInNeededError, ThrottledError } from '../model/errors.ts';
import type { Referral } from '../model/referral.ts';
import type { ReferralsClient } from '../model/referral-source.ts';

/** A referral read by id; `gone` when Partner Center does not know it, `unknown` when it could not be read. */
export type Reading = Referral | 'gone' | 'unknown';

const AT_ONCE = 4;
const FAILURES_IN_A_ROW = 3;
/** Time for all reading of a poll, in milliseconds: the platform ends an invocation after ten minutes. */
const BUDGET_MS = 120_000;

/**
 * Reads referrals by id, four at a time, each once a poll. Gives up on the rest when Partner Center throttles us, has
 * signed us out, fails several times in a row or takes too long: a poll must not spend its time on that.
 */
export function createReader(referrals: Pick<ReferralsClient, 'get'>, reachable: boolean, budgetMs = BUDGET_MS) {
  const readings = new Map<string, Reading>();
  let failures = reachable ? 0 : FAILURES_IN_A_ROW;
  let deadline: number | null = null;

  async function read(id: string): Promise<Reading> {
    deadline ??= performance.now() + budgetMs;
    if (failures >= FAILURES_IN_A_ROW || performance.now() >= deadline) return 'unknown';
    try {
      const referral = await referrals.get(id);
      failures = 0;
      return referral;
    } catch (error) {
      if (error instanceof ReferralNotFoundError) return 'gone';
      failures =
        error instanceof ThrottledError || error instanceof SignInNeededError ? FAILURES_IN_A_ROW : failures + 1;
      return 'unknown';
    }
  }

  return {
    async readAll(ids: Iterable<string>): Promise<ReadonlyMap<string, Reading>> {
      const missing = [...new Set(ids)].filter(id => !readings.has(id));
      await pMap(missing, async id => readings.set(id, await read(id)), { concurrency: AT_ONCE });
      return readings;
    },
  };
}

/** What a reading says of a referral that is no longer listed. */
export function answerOf(reading: Reading): Answer {
  if (typeof reading === 'string') return reading;
  switch (reading.state) {
    case 'pending':
    case 'received':
      return 'still open';
    case 'other':
      // A word that we don't know. Closed and Active ones cannot expire any more; a new one still can.
      if (reading.status === 'Closed') return 'gone';
      return reading.status === 'Active' ? 'accepted' : 'still open';
    default:
      return reading.state;
  }
}
