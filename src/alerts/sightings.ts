import type { Instant } from '../base/instant.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import type { Exit } from '../model/exit.ts';
import type { SeenDates } from './expiry-watch.ts';

/** A pending referral as the list showed it. */
export interface Sighting {
  readonly id: string;
  readonly type: string | null;
  readonly createdAt: Instant | null;
  /** The expiry that the list names. */
  readonly listed: Instant | null;
}

/**
 * What by-id said of a referral that the list no longer shows.
 * - `unknown`: it could not be asked.
 * - `hidden`: there is an answer, and it shows nothing (403, a gateway's 404).
 * - `refused`: an answer that makes no sense for this id.
 * - `gone`: Partner Center itself says that there is none (404, 410).
 */
export type Answer = 'still open' | Unconfirmed | Exit | OwnWord;

type Unconfirmed = 'unknown' | 'hidden' | 'refused' | 'gone';

/** Whether an answer, or none, leaves open how the referral stands. */
export function isUnconfirmed(answer: Answer): answer is Unconfirmed {
  return answer === 'unknown' || answer === 'hidden' || answer === 'refused' || answer === 'gone';
}

/** It was answered, and Partner Center calls that by a word that we do not know. */
export interface OwnWord {
  readonly exit: Exit;
  readonly word: string;
}

/** Everything one poll saw of Partner Center. */
export interface Sightings {
  readonly pending: ReadonlyMap<string, Sighting>;
  /** Whether the walk came to its end. Only then does absence mean anything. */
  readonly complete: boolean;
  readonly answers: ReadonlyMap<string, Answer>;
  /** The dates of what was read whole, listed or not. */
  readonly whole?: ReadonlyMap<string, NonNullable<SeenDates['whole']>>;
  /** What was read whole in this poll, as it is kept. */
  readonly facts?: ReadonlyMap<string, ReadFacts>;
  /** The ids of the open referrals that share each incident, where one of them may have left. */
  readonly storms?: ReadonlyMap<string, readonly string[]>;
  /** When Partner Center was last read to the end; null when it never was. */
  readonly lastConfirmedAt: Instant | null;
  /** So much is hidden that our account may be blind: what it does not show is not gone. */
  readonly blind?: boolean;
  /** How our clock differs from Partner Center's; absent when it does not, or nobody knows. */
  readonly clock?: ClockFault;
}

/** What is kept of a referral that was read whole. */
export type ReadFacts = Pick<Checkpoint, 'engagementId' | 'summary'>;

/** Ours is more than ten minutes ahead of Partner Center's, or behind. */
export type ClockFault = 'ahead' | 'behind';

/** The open checkpoints to ask for by id: absent from a complete walk, and not known to have left Pending. */
export function absentees(
  checkpoints: Iterable<Checkpoint>,
  sightings: { readonly pending: ReadonlyMap<string, unknown>; readonly complete: boolean },
): string[] {
  if (!sightings.complete) return [];
  const absent: string[] = [];
  for (const { referralId, exit } of checkpoints) {
    if (!exit && !sightings.pending.has(referralId)) absent.push(referralId);
  }
  return absent;
}
