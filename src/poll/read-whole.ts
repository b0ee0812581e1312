import pMap from 'p-map';
import type { Answer } from '../alerts/sightings.ts';
import {
  NotAllowedError,
  PartnerCenterError,
  ReferralNotFoundError,
  SignInNeededError,
  ThrottledError,
} from '../model/errors.ts';
import type { Referral } from '../model/referral.ts';
import type { ReferralsClient } from '../model/referral-source.ts';

/**
 * A referral read by id, or why there is none: `gone`, `hidden` and `refused` are answers about this one (see `Answer`),
 * `unknown` is none.
 */
export type Reading = Referral | 'gone' | 'hidden' | 'refused' | 'unknown';

const AT_ONCE = 4;
const FAILURES_IN_A_ROW = 5;
/** Time for all reading of a poll, in milliseconds: the platform ends an invocation after ten minutes. */
const BUDGET_MS = 120_000;

/**
 * Reads referrals by id, four at a time in the order given, each once a poll. Gives up on the rest when Partner Center
 * throttles us, has signed us out, fails several times in a row or takes too long: a poll must not spend its time on that.
 * What it answers about one id says nothing of the others.
 */
export function createReader(referrals: Pick<ReferralsClient, 'get'>, reachable: boolean, budgetMs = BUDGET_MS) {
  const readings = new Map<string, Reading>();
  let failures = reachable ? 0 : FAILURES_IN_A_ROW;
  let deadline: number | null = null;

  async function read(id: string): Promise<Reading> {
    deadline ??= performance.now() + budgetMs;
    if (failures >= FAILURES_IN_A_ROW || performance.now() >= deadline) return 'unknown';
    const reading = await ask(id);
    if (reading !== 'unknown') failures = 0;
    return reading;
  }

  async function ask(id: string): Promise<Reading> {
    try {
      return await referrals.get(id);
    } catch (error) {
      const answer = answerAbout(error);
      if (answer) return answer;
      const isOver = error instanceof ThrottledError || error instanceof SignInNeededError;
      failures = isOver ? FAILURES_IN_A_ROW : failures + 1;
      return 'unknown';
    }
  }

  return {
    readings: readings as ReadonlyMap<string, Reading>,

    async readAll(ids: Iterable<string>): Promise<void> {
      const missing = [...new Set(ids)].filter(id => !readings.has(id));
      await pMap(missing, async id => readings.set(id, await read(id)), { concurrency: AT_ONCE });
    },
  };
}

export type Reader = ReturnType<typeof createReader>;

/** What a failure says of the id that was asked for; null when it speaks of the service. */
function answerAbout(error: unknown): Reading | null {
  if (error instanceof ReferralNotFoundError) return error.own ? 'gone' : 'hidden';
  if (error instanceof NotAllowedError) return 'hidden';
  if (error instanceof RangeError) return 'refused';
  if (!(error instanceof PartnerCenterError) || error instanceof ThrottledError) return null;
  const { status } = error;
  return status !== null && status !== 401 && status < 500 ? 'refused' : null;
}

/** What a reading says of a referral that is no longer listed. */
export function answerOf(reading: Reading): Answer {
  if (typeof reading === 'string') return reading;
  switch (reading.state) {
    case 'pending':
    case 'received':
      return 'still open';
    case 'other':
      return inItsOwnWord(reading);
    case 'accepted':
      return (reading.substatus ?? 'accepted').toLowerCase() === 'accepted' ? 'accepted' : inItsOwnWord(reading);
    default:
      return reading.state;
  }
}

/** A word that we don't know. What is Active or Closed was answered somehow; anything else may still expire. */
function inItsOwnWord({ status, substatus }: Referral): Answer {
  const word = substatus ?? status ?? '';
  switch (status?.toLowerCase()) {
    case 'active':
      return { exit: 'accepted', word };
    case 'closed':
      return { exit: 'declined', word };
    default:
      return 'still open';
  }
}
