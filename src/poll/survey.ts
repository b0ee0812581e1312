import { listedBy } from '../alerts/expiry-watch.ts';
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
  /** How many were pending before this poll. */
  readonly before: number;
}

/** What an open checkpoint is compared with. */
interface Comparison {
  /** False after a broken walk: absence from the list then means nothing. */
  readonly complete: boolean;
  /** Of the policy that it may rest under. */
  readonly fingerprint: string;
}

/**
 * Lays what is kept beside what is listed. Ids are GUIDs, which Partner Center may write in small or large letters: the
 * two meet under small ones, and a referral goes by the writing that was kept or else seen first.
 */
export function createSurvey({ windowDays, now, tally }: { windowDays: number; now: Instant; tally: Tally }) {
  const listed = new Map<string, PendingReferral>();

  /** Whether the list says nothing that the checkpoint does not know. Without any date of its own it never does. */
  function isUnchanged({ createdAt, reportedExpiry }: PendingReferral, { rest, expiry }: Outline): boolean {
    if (reportedExpiry !== (rest?.listed === undefined ? listedBy(expiry) : rest.listed)) return false;
    if (expiry.source === 'reported') return true;
    const dated = { createdAt, firstSeenAt: createdAt ?? Number.NaN, dates: { listed: null } };
    return expiryOf(dated, windowDays, now).at === expiry.at;
  }

  function canRest(row: Outline, referral: PendingReferral | undefined, { complete, fingerprint }: Comparison) {
    if (!row.rest || row.exit || !isResting(row, fingerprint, now)) return false;
    tally.lookAgainAt(row.rest.until);
    return referral ? isUnchanged(referral, row) : !complete;
  }

  return {
    /** A page of the list; answers how many of it had not been listed before. Listed twice, the earlier date counts. */
    addListed(page: readonly PendingReferral[]): number {
      const sizeBefore = listed.size;
      for (const referral of page) {
        const id = referral.id.toLowerCase();
        const twin = listed.get(id);
        listed.set(id, twin ? earlier(twin, referral) : referral);
      }
      return listed.size - sizeBefore;
    },

    isListed: (id: string): boolean => listed.has(id.toLowerCase()),

    /** All that is listed, with its expiry as far as the list alone tells. */
    listing(): { readonly referralId: string; readonly engagementId: null; readonly expiry: Expiry }[] {
      return [...listed.values()].map(({ id, createdAt, reportedExpiry }) => {
        const dated = { createdAt, firstSeenAt: now, dates: { listed: reportedExpiry } };
        return { referralId: id, engagementId: null, expiry: expiryOf(dated, windowDays, now) };
      });
    },

    /**
     * When the list has been read: what needs a look. The open checkpoints come page by page, and of those that can rest none
     * is kept in memory.
     */
    async compare(
      pages: AsyncIterable<readonly (Outline | Checkpoint)[]>,
      comparison: Comparison,
      store: Pick<CheckpointStore, 'loadThese'>,
    ): Promise<Survey> {
      const settled = new Set<PendingReferral>();
      const awake = new Map<string, Outline | Checkpoint>();
      let before = 0;
      for await (const page of pages) {
        for (const row of page) {
          if (!row.exit) before += 1;
          const id = row.referralId.toLowerCase();
          const referral = listed.get(id);
          if (canRest(row, referral, comparison) && !awake.has(id)) {
            tally.addResting(row.expiry.at);
            if (referral) settled.add(referral);
          } else {
            awake.set(id, row);
            // Of two rows for one referral the one that needs a look counts.
            if (referral) settled.delete(referral);
          }
        }
      }

      const known = new Map<string, Checkpoint>();
      const toLoad = new Set<string>();
      for (const row of awake.values()) {
        if ('deliveries' in row) known.set(row.referralId, row);
        else toLoad.add(row.referralId);
      }
      for (const row of toLoad.size > 0 ? await store.loadThese(toLoad) : []) known.set(row.referralId, row);

      const pending = new Map<string, Sighting>();
      for (const [writing, referral] of listed) {
        if (settled.has(referral)) continue;
        const id = awake.get(writing)?.referralId ?? referral.id;
        const { type, createdAt, reportedExpiry } = referral;
        pending.set(id, { id, type, createdAt, listed: reportedExpiry });
      }
      return { pending, known, before };
    },
  };
}

export type PollSurvey = ReturnType<typeof createSurvey>;

/** One referral that was listed twice. */
function earlier(first: PendingReferral, second: PendingReferral): PendingReferral {
  const dates = [first.reportedExpiry, second.reportedExpiry].filter(date => date !== null);
  const reportedExpiry = dates.length > 0 ? Math.min(...dates) : null;
  return { ...first, createdAt: first.createdAt ?? second.createdAt, reportedExpiry };
}
