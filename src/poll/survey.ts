import { type Policy, policyFingerprint } from '../alerts/policy.ts';
import { isResting } from '../alerts/rest.ts';
import type { Sighting } from '../alerts/sightings.ts';
import type { Checkpoint, Outline } from '../checkpoints/checkpoint.ts';
import type { CheckpointStore } from '../checkpoints/checkpoint-store.ts';
import type { Instant } from '../instant.ts';
import { expiryOf } from '../referrals/expiry.ts';
import type { PendingReferral } from '../referrals/referral.ts';
import type { Tally } from './tally.ts';

/** What a poll has to look into. Whatever can rest is only counted. */
export interface Survey {
  /** What was listed and is new, changed or due, by id. */
  readonly pending: ReadonlyMap<string, Sighting>;
  /** The checkpoints that belong to it, and those that were not listed; whole, by id. */
  readonly known: ReadonlyMap<string, Checkpoint>;
}

interface Kept {
  /** The rows that nobody has seen in the list yet, or that need a look. */
  readonly rows: Map<string, Outline | Checkpoint>;
  readonly fingerprint: string;
}

/**
 * Lays what is listed beside what is kept, page by page while the list is read, and forgets at once what can rest: a quiet
 * poll costs almost nothing, and its memory does not grow with what it has read.
 */
export function createSurvey({ windowDays, now, tally }: { windowDays: number; now: Instant; tally: Tally }) {
  const pending = new Map<string, Sighting>();
  let waiting: PendingReferral[] = [];
  let kept: Kept | null = null;

  function sort(referral: PendingReferral, { rows, fingerprint }: Kept): void {
    // Ids are GUIDs, which Partner Center may write in small or large letters: the first writing seen stays ours.
    const key = referral.id.toLowerCase();
    const row = rows.get(key);
    const expiry = expiryOf(referral, windowDays, row?.firstSeenAt ?? now);
    const same = row && row.expiry.at === expiry.at && row.expiry.source === expiry.source && row.exit === undefined;
    if (same && isResting(row, fingerprint, now)) {
      tally.add(row);
      rows.delete(key);
      return;
    }
    const id = row?.referralId ?? referral.id;
    pending.set(id, { id, type: referral.type, createdAt: referral.createdAt, expiry });
  }

  return {
    /** A page of the list. Pages that come before the checkpoints wait for them. */
    see(page: readonly PendingReferral[]): void {
      for (const referral of page) {
        if (kept) sort(referral, kept);
        else waiting.push(referral);
      }
    },

    /** The open checkpoints, whole or in outline. */
    know(open: readonly (Outline | Checkpoint)[], policy: Policy): void {
      const rows = new Map<string, Outline | Checkpoint>();
      for (const row of open) rows.set(row.referralId.toLowerCase(), row);
      kept = { rows, fingerprint: policyFingerprint(policy) };
      for (const referral of waiting) sort(referral, kept);
      waiting = [];
    },

    /** When both have been read. After a broken walk (`complete` false) absence from the list means nothing. */
    async end(complete: boolean, store: Pick<CheckpointStore, 'loadThese'>): Promise<Survey> {
      const { rows, fingerprint } = kept ?? { rows: new Map<string, Outline>(), fingerprint: '' };
      if (!complete) {
        for (const [key, row] of rows) {
          if (pending.has(row.referralId) || row.exit || !isResting(row, fingerprint, now)) continue;
          tally.add(row);
          rows.delete(key);
        }
      }
      return { pending, known: await whole(rows.values(), store) };
    },
  };
}

async function whole(
  rows: Iterable<Outline | Checkpoint>,
  store: Pick<CheckpointStore, 'loadThese'>,
): Promise<Map<string, Checkpoint>> {
  const known = new Map<string, Checkpoint>();
  const missing = new Set<string>();
  for (const row of rows) {
    if ('deliveries' in row) known.set(row.referralId, row);
    else missing.add(row.referralId);
  }
  for (const row of missing.size > 0 ? await store.loadThese(missing) : []) known.set(row.referralId, row);
  return known;
}
