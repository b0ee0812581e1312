import { type Policy, policyFingerprint } from '../alerts/policy.ts';
import { isResting } from '../alerts/rest.ts';
import type { Sighting } from '../alerts/sightings.ts';
import type { Checkpoint, Outline } from '../checkpoints/checkpoint.ts';
import type { CheckpointStore } from '../checkpoints/checkpoint-store.ts';
import type { Instant } from '../instant.ts';
import { expiryOf } from '../referrals/expiry.ts';
import type { Walk } from './walk.ts';

/** What a poll found, sorted by whether it has to be looked into. */
export interface Survey {
  /** What was listed and is new, changed or due, by id. */
  readonly pending: ReadonlyMap<string, Sighting>;
  /** The checkpoints that belong to it, and those that were not listed; whole, by id. */
  readonly known: ReadonlyMap<string, Checkpoint>;
  /** The others. Nothing is due for them and nothing about them has changed, so nobody looks further. */
  readonly resting: readonly Outline[];
}

export interface SurveyOptions {
  readonly store: Pick<CheckpointStore, 'loadThese'>;
  readonly policy: Policy;
  readonly windowDays: number;
  readonly now: Instant;
}

/** Lays what was listed beside what is kept. What can rest is left as it is, so that a quiet poll costs almost nothing. */
export async function survey(
  walk: Walk,
  open: readonly (Outline | Checkpoint)[],
  { store, policy, windowDays, now }: SurveyOptions,
): Promise<Survey> {
  const fingerprint = policyFingerprint(policy);
  // Ids are GUIDs, which Partner Center may write in small or large letters: the first writing seen stays ours.
  const rows = new Map(open.map(row => [row.referralId.toLowerCase(), row]));
  const pending = new Map<string, Sighting>();
  const resting: Outline[] = [];

  for (const referral of walk.found) {
    const { type, createdAt } = referral;
    const key = referral.id.toLowerCase();
    const row = rows.get(key);
    const expiry = expiryOf(referral, windowDays, row?.firstSeenAt ?? now);
    const same = row && row.expiry.at === expiry.at && row.expiry.source === expiry.source && row.exit === undefined;
    if (same && isResting(row, fingerprint, now)) {
      resting.push(row);
      rows.delete(key);
    } else {
      const id = row?.referralId ?? referral.id;
      pending.set(id, { id, type, createdAt, expiry });
    }
  }

  // After a broken walk absence means nothing.
  if (walk.failure !== null) {
    for (const [key, row] of rows) {
      if (pending.has(row.referralId) || row.exit || !isResting(row, fingerprint, now)) continue;
      resting.push(row);
      rows.delete(key);
    }
  }
  return { pending, known: await whole(rows.values(), store), resting };
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
