import type { Checkpoint } from '../model/checkpoint.ts';
import type { CheckpointStore } from '../model/checkpoint-store.ts';

/**
 * The ids of the open referrals that share each incident. Most of them are at rest, so all rows are read where one may have
 * left that shares one: that is rare.
 * @param mayHaveLeft - not listed, or known to be over
 */
export async function stormsOf(
  known: Iterable<Checkpoint>,
  mayHaveLeft: (checkpoint: Checkpoint) => boolean,
  store: Pick<CheckpointStore, 'openPages'>,
): Promise<Map<string, string[]>> {
  const members = new Map<string, string[]>();
  const isConcerned = [...known].some(row => mayHaveLeft(row) && row.deliveries.some(({ storm }) => storm));
  if (!isConcerned) return members;
  for await (const page of store.openPages()) {
    for (const { referralId, deliveries } of page) {
      for (const storm of new Set(deliveries.flatMap(({ storm: key }) => key ?? []))) {
        members.set(storm, [...(members.get(storm) ?? []), referralId]);
      }
    }
  }
  return members;
}

/** Whether a referral may have left pending: it is over, or was not in a list that came to its end. */
export function mayHaveLeft({ pending }: { readonly pending: ReadonlyMap<string, unknown> }, complete: boolean) {
  return ({ referralId, exit }: Checkpoint): boolean => exit !== undefined || (complete && !pending.has(referralId));
}
