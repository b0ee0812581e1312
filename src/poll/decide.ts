import { mustBeRead, type SeenDates } from '../alerts/expiry-watch.ts';
import { type Plan, plan } from '../alerts/plan.ts';
import type { Policy } from '../alerts/policy.ts';
import { type Answer, absentees, type ClockFault, isUnconfirmed, type Sightings } from '../alerts/sightings.ts';
import { areManyHidden, type HiddenCount, isAllHidden, isHidden } from '../alerts/visibility.ts';
import type { Instant } from '../base/instant.ts';
import type { ReferralsClient } from '../model/referral-source.ts';
import { factsRead, hasLeft, toRead } from './facts.ts';
import { answerOf, type Reader, type Reading } from './read-whole.ts';
import type { Survey } from './survey.ts';

/** What a poll decided, and what it had asked by id for that. */
export interface Decision {
  readonly plan: Plan;
  /** How much of what was pending is hidden, when so much is that we may be blind; null when not. */
  readonly blind: HiddenCount | null;
}

export interface Known extends Survey {
  readonly complete: boolean;
  readonly policy: Policy;
  readonly now: Instant;
  readonly clock: ClockFault | undefined;
  /** When Partner Center was last read to its end. Asked for when something could not be confirmed. */
  readonly lastGoodPollAt: () => Promise<Instant | null>;
  /** When each absent one was asked for last, across polls. */
  readonly askedAt: Map<string, Instant>;
  /** The ids of the open referrals that share each incident. */
  readonly storms: ReadonlyMap<string, readonly string[]>;
}

/**
 * Reads whole what must be known and decides. What will be told is read first, then what has no sure expiry, what is absent
 * from the list last and the longest unasked of that first: whatever ends the reading then costs the least.
 */
export async function decide(
  reader: Reader,
  referrals: Pick<ReferralsClient, 'list'>,
  known: Known,
): Promise<Decision> {
  const { complete, policy, now } = known;
  const absent = absentees(known.known.values(), known);
  const planned = (answers: Sightings['answers'], more: Pick<Sightings, 'lastConfirmedAt' | 'blind'>): Plan => {
    const clock = known.clock && { clock: known.clock };
    const read = { whole: wholeDates(reader), facts: factsRead(reader.readings), storms: known.storms };
    const pending = worthWatching(known, reader);
    return plan({ pending, complete, answers, ...read, ...more, ...clock }, known.known, policy, now);
  };
  /** Plans and reads until everything that is shown was read: what was read may change what is shown. */
  const settle = async (...how: Parameters<typeof planned>): Promise<Plan> => {
    for (;;) {
      const decided = planned(...how);
      const missing = toRead(decided).filter(id => !reader.readings.has(id));
      if (missing.length === 0) return decided;
      await reader.readAll(missing);
    }
  };

  await settle(new Map(), { lastConfirmedAt: now });
  await reader.readAll(leftOpen(known));
  await reader.readAll(longestUnaskedFirst(absent, known));
  const answers = new Map(absent.map(id => [id, answerOf(reader.readings.get(id) ?? 'unknown')]));
  for (const id of absent) if (answers.get(id) !== 'unknown') known.askedAt.set(id, now);
  const blind = await howBlind(answers, known.before, referrals);
  const doubtful = !complete || [...answers.values()].some(isUnconfirmed);
  const lastConfirmedAt = doubtful ? await known.lastGoodPollAt() : now;
  return { plan: await settle(answers, { lastConfirmedAt, blind: blind !== null }), blind };
}

/**
 * What is listed, without what is over by id and new to us, or known to be over: a list that lags behind shows once more what
 * has been told.
 */
function worthWatching({ pending, known }: Known, { readings }: Reader): Known['pending'] {
  const isWatched = (id: string) => known.has(id) && !known.get(id)?.exit;
  return new Map([...pending].filter(([id]) => isWatched(id) || !hasLeft(readings.get(id))));
}

/** Those whose expiry the list leaves open, or that it shows though they are over: new ones first, then the most urgent. */
function leftOpen({ pending, known, now }: Known): string[] {
  const open = [...pending.values()].filter(sighting => {
    const row = known.get(sighting.id);
    return row?.exit !== undefined || mustBeRead(row, sighting, now);
  });
  const expiry = (id: string) => known.get(id)?.expiry.at ?? 0;
  return open.map(({ id }) => id).toSorted((a, b) => expiry(a) - expiry(b));
}

function longestUnaskedFirst(absent: readonly string[], { askedAt, known }: Known): string[] {
  for (const id of askedAt.keys()) if (!known.has(id)) askedAt.delete(id);
  return absent.toSorted((a, b) => (askedAt.get(a) ?? 0) - (askedAt.get(b) ?? 0));
}

/** The dates that readings of this poll name. */
function wholeDates({ readings }: Reader): Map<string, NonNullable<SeenDates['whole']>> {
  const whole = new Map<string, NonNullable<SeenDates['whole']>>();
  for (const [id, reading] of readings) {
    const dates = datesIn(reading);
    if (dates) whole.set(id, dates);
  }
  return whole;
}

function datesIn(reading: Reading): SeenDates['whole'] {
  if (typeof reading === 'object') return { createdAt: reading.createdAt, expiry: reading.reportedExpiry };
  return reading === 'unknown' ? undefined : 'refused';
}

/** Whether our account may be blind. Where everything is hidden, a list without filter tells whether it sees anything. */
async function howBlind(
  answers: ReadonlyMap<string, Answer>,
  pending: number,
  referrals: Pick<ReferralsClient, 'list'>,
): Promise<HiddenCount | null> {
  const count = { hidden: [...answers.values()].filter(isHidden).length, pending };
  if (areManyHidden(count)) return count;
  return isAllHidden(count) && !(await showsAnything(referrals)) ? count : null;
}

async function showsAnything(referrals: Pick<ReferralsClient, 'list'>): Promise<boolean> {
  try {
    return (await referrals.list({ top: 1 })).rows.length > 0;
  } catch {
    return false;
  }
}
