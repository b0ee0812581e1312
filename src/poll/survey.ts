import { isResting } from '../alerts/rest.ts';
import type { Sighting } from '../alerts/sightings.ts';
import type { Instant } from '../base/instant.ts';
import type { Checkpoint, Outline } from '../model/checkpoint.ts';
import type { CheckpointStore } from '../model/checkpoint-store.ts';
import { expiryOf } from '../model/expiry.ts';
import type { Expiry, PendingReferral } from '../model/referral.ts';
import type { Tally } from './tally.ts';

/** What a poll has to look into. Whatever can rest is only counted. */
export interface Survey {
  /** What was listed and is new, changed or due, by id. */
  readonly pending: ReadonlyMap<string, Sighting>;
  /** The checkpoints that belong to it, and those that were not listed; whole, by id. */
  readonly known: ReadonlyMap<string, Checkpoint>;
}

/** An expiry as one number, an estimate below zero: of a hundred thousand at rest nothing else has to be held. */
function packed({ at, source }: Expiry): number {
  return source === 'reported' ? at : -at;
}

/** In place of an expiry: this one was listed. */
const MET = 0;

/**
 * Lays what is listed beside what is kept, page by page while both are read, and forgets at once what can rest: a quiet
 * poll costs almost nothing, and its memory hardly grows with what it has read.
 */
export function createSurvey({ windowDays, now, tally }: { windowDays: number; now: Instant; tally: Tally }) {
  /** The packed expiry of every checkpoint at rest, or MET. */
  const resting = new Map<string, number>();
  /** The checkpoints that need a look, whatever the list says. */
  const awake = new Map<string, Outline | Checkpoint>();
  /** What was listed and has met no checkpoint at rest. */
  const listed = new Map<string, PendingReferral>();

  /** Whether a referral meets its checkpoint at rest and nothing has changed. Without any date of its own it never does. */
  function meets(referral: PendingReferral | undefined, expiry: number | undefined): boolean {
    return referral !== undefined && expiry === packed(expiryOf(referral, windowDays, Number.NaN));
  }

  function meet(id: string, expiry: number): void {
    resting.set(id, MET);
    tally.addResting(Math.abs(expiry));
  }

  return {
    /** A page of the list; answers how many of it had not been listed before. */
    see(page: readonly PendingReferral[]): number {
      let repeated = 0;
      for (const referral of page) {
        const expiry = resting.get(referral.id);
        if (expiry === MET || listed.has(referral.id)) repeated += 1;
        else if (expiry !== undefined && meets(referral, expiry)) meet(referral.id, expiry);
        else listed.set(referral.id, referral);
      }
      return page.length - repeated;
    },

    /** A page of the open checkpoints, and the fingerprint of the policy they have to rest under. */
    know(page: readonly (Outline | Checkpoint)[], fingerprint: string): void {
      for (const checkpoint of page) {
        const { referralId, rest, exit } = checkpoint;
        if (!rest || exit || !isResting(checkpoint, fingerprint, now)) {
          awake.set(referralId, checkpoint);
          continue;
        }
        const expiry = packed(checkpoint.expiry);
        tally.lookAgainAt(rest.until);
        if (!meets(listed.get(referralId), expiry)) resting.set(referralId, expiry);
        else if (listed.delete(referralId)) meet(referralId, expiry);
      }
    },

    /** When both have been read. After a broken walk (`complete` false) absence from the list means nothing. */
    async end(complete: boolean, store: Pick<CheckpointStore, 'loadThese'>): Promise<Survey> {
      const left = unmet(resting);
      const sighted = underKnownIds(listed, awake, resting);
      const known = new Map<string, Checkpoint>();
      const missing = new Set<string>();
      for (const [id, row] of awake) {
        if ('deliveries' in row) known.set(id, row);
        else missing.add(id);
      }
      for (const [id, expiry] of left) {
        if (complete || sighted.has(id)) missing.add(id);
        else tally.addResting(Math.abs(expiry));
      }
      for (const row of missing.size > 0 ? await store.loadThese(missing) : []) known.set(row.referralId, row);

      const pending = new Map<string, Sighting>();
      for (const [id, referral] of sighted) {
        const expiry = expiryOf(referral, windowDays, known.get(id)?.firstSeenAt ?? now);
        pending.set(id, { id, type: referral.type, createdAt: referral.createdAt, expiry });
      }
      return { pending, known };
    },
  };
}

function unmet(resting: ReadonlyMap<string, number>): Map<string, number> {
  const left = new Map<string, number>();
  for (const [id, expiry] of resting) if (expiry !== MET) left.set(id, expiry);
  return left;
}

/**
 * What was listed, under the ids that we know it by: they are GUIDs, which Partner Center may write in small or large
 * letters, and the first writing seen stays ours.
 */
function underKnownIds(
  listed: ReadonlyMap<string, PendingReferral>,
  awake: ReadonlyMap<string, unknown>,
  resting: ReadonlyMap<string, number>,
): Map<string, PendingReferral> {
  const sighted = new Map<string, PendingReferral>();
  if (listed.size === 0) return sighted;
  const writings = new Map<string, string>();
  for (const id of awake.keys()) writings.set(id.toLowerCase(), id);
  for (const id of resting.keys()) writings.set(id.toLowerCase(), id);
  for (const [id, referral] of listed) {
    const known = writings.get(id.toLowerCase()) ?? id;
    writings.set(id.toLowerCase(), known);
    if (resting.get(known) !== MET) sighted.set(known, referral);
  }
  return sighted;
}
