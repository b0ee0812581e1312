import type { Instant } from '../base/instant.ts';
import type { Checkpoint, Exit } from '../model/checkpoint.ts';
import type { Expiry } from '../model/referral.ts';

/** A pending referral as the list showed it. */
export interface Sighting {
  readonly id: string;
  readonly type: string | null;
  readonly createdAt: Instant | null;
  readonly expiry: Expiry;
}

/** What Partner Center said of a referral that the list no longer shows; `unknown` when it could not be asked. */
export type Answer = 'still open' | 'unknown' | Exit;

/** Everything one poll saw of Partner Center. */
export interface Sightings {
  readonly pending: ReadonlyMap<string, Sighting>;
  /** Whether the walk came to its end. Only then does absence mean anything. */
  readonly complete: boolean;
  readonly answers: ReadonlyMap<string, Answer>;
  /** When Partner Center was last read to the end; null when it never was. */
  readonly lastConfirmedAt: Instant | null;
}

/** The open checkpoints to ask for by id: absent from a complete walk, and not known to have left Pending. */
export function absentees(
  checkpoints: Iterable<Checkpoint>,
  sightings: Pick<Sightings, 'pending' | 'complete'>,
): string[] {
  if (!sightings.complete) return [];
  const absent: string[] = [];
  for (const { referralId, exit } of checkpoints) {
    if (!exit && !sightings.pending.has(referralId)) absent.push(referralId);
  }
  return absent;
}
