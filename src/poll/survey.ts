import { isResting } from '../alerts/rest.ts';
import type { Sighting } from '../alerts/sightings.ts';
import type { Instant } from '../base/instant.ts';
import type { Checkpoint, Outline } from '../model/checkpoint.ts';
import type { CheckpointStore } from '../model/checkpoint-store.ts';
import { expiryOf } from '../model/expiry.ts';
import type { PendingReferral } from '../model/referral.ts';
import type { Tally } from './tally.ts';

/** What a poll has to look into. Whatever can rest is only counted. */
export interface Survey {
  /** What was listed and is new, changed or due, by id. */
  readonly pending: ReadonlyMap<string, Sighting>;
  /** The checkpoints that belong to it, and those that were not listed; whole, by id. */
  readonly known: ReadonlyMap<string, Checkpoint>;
}

/**
 * Lays what is listed beside what is kept. Ids are GUIDs, which Partner Center may write in small or large letters: the
 * two meet under small ones, and a referral goes by the writing that was kept or else seen first.
 */
export function createSurvey({ windowDays, now, tally }: { windowDays: number; now: Instant; tally: Tally }) {
  const listed = new Map<string, PendingReferral>();
  const kept = new Map<string, Outline | Checkpoint>();

  /** Whether the list says nothing that the checkpoint does not know. Without any date of its own it never does. */
  function isUnchanged(referral: PendingReferral, { expiry }: Outline): boolean {
    const { at, source } = expiryOf(referral, windowDays, Number.NaN);
    return at === expiry.at && source === expiry.source;
  }

  return {
    /** A page of the list; answers how many of it had not been listed before. */
    addListed(page: readonly PendingReferral[]): number {
      const before = listed.size;
      for (const referral of page) {
        const id = referral.id.toLowerCase();
        if (!listed.has(id)) listed.set(id, referral);
      }
      return listed.size - before;
    },

    /** A page of the open checkpoints. */
    addKept(page: readonly (Outline | Checkpoint)[]): void {
      for (const row of page) kept.set(row.referralId.toLowerCase(), row);
    },

    /**
     * When both have been read: what needs a look under the policy of that fingerprint. After a broken walk (`complete`
     * false) absence from the list means nothing.
     */
    async compare(
      { complete, fingerprint }: { readonly complete: boolean; readonly fingerprint: string },
      store: Pick<CheckpointStore, 'loadThese'>,
    ): Promise<Survey> {
      const known = new Map<string, Checkpoint>();
      const toLoad = new Set<string>();
      for (const [id, row] of kept) {
        const referral = listed.get(id);
        const { rest } = row;
        if (rest && !row.exit && isResting(row, fingerprint, now)) {
          tally.lookAgainAt(rest.until);
          if (referral ? isUnchanged(referral, row) : !complete) {
            tally.addResting(row.expiry.at);
            listed.delete(id);
            continue;
          }
        }
        if ('deliveries' in row) known.set(row.referralId, row);
        else toLoad.add(row.referralId);
      }
      for (const row of toLoad.size > 0 ? await store.loadThese(toLoad) : []) known.set(row.referralId, row);

      const pending = new Map<string, Sighting>();
      for (const [writing, referral] of listed) {
        const id = kept.get(writing)?.referralId ?? referral.id;
        const { type, createdAt } = referral;
        const expiry = expiryOf(referral, windowDays, known.get(id)?.firstSeenAt ?? now);
        pending.set(id, { id, type, createdAt, expiry });
      }
      return { pending, known };
    },
  };
}
