import { withDelivery } from '../alerts/deliveries.ts';
import { exitDeliveries } from '../alerts/exits.ts';
import type { Policy } from '../alerts/policy.ts';
import { restOf } from '../alerts/rest.ts';
import type { Instant } from '../base/instant.ts';
import type { Checkpoint, Delivery } from '../model/checkpoint.ts';
import type { CheckpointStore } from '../model/checkpoint-store.ts';

/** A delivery as it now stands, or undefined where it was taken back. */
export interface Entry {
  readonly referralId: string;
  readonly channel: string;
  readonly alert: string;
  readonly delivery: Delivery | undefined;
}

/** The checkpoints of one poll, as they stand in the table and as they will stand. */
export function createLedger(store: CheckpointStore, rows: Map<string, Checkpoint>, policy: Policy, now: Instant) {
  function enter({ referralId, delivery, ...at }: Entry): void {
    const row = rows.get(referralId);
    if (row) rows.set(referralId, withDelivery(row, at, delivery));
  }

  function rested(row: Checkpoint): Checkpoint {
    const rest = restOf(row, policy, now);
    return rest ? { ...row, rest } : row;
  }

  function isOver(row: Checkpoint): boolean {
    const { exit } = row;
    if (!exit) return false;
    return exitDeliveries(row, exit, policy, now).every(({ exitDelivery }) => exitDelivery === 'done');
  }

  async function save(ids: readonly string[]): Promise<readonly string[]> {
    const wanted = ids.flatMap(id => rows.get(id) ?? []).map(rested);
    const { saved, conflicts } = await store.save(wanted);
    for (const row of saved) rows.set(row.referralId, row);
    return conflicts;
  }

  return {
    rows,

    /** Writes reservations before anything is sent. Answers the ids that another run or person was faster on. */
    async reserve(ids: Iterable<string>, reservations: readonly Entry[]): Promise<ReadonlySet<string>> {
      for (const reservation of reservations) enter(reservation);
      return new Set(await save([...new Set([...ids, ...reservations.map(({ referralId }) => referralId)])]));
    },

    /** Writes what came of deliveries, and closes what is over. */
    async record(entries: readonly Entry[], alsoOver: Iterable<string> = []): Promise<void> {
      for (const entry of entries) enter(entry);
      const ids = [...new Set([...entries.map(({ referralId }) => referralId), ...alsoOver])];
      const over = ids.flatMap(id => rows.get(id) ?? []).filter(isOver);
      await store.close(over.map(row => ({ ...row, closedAt: now })));
      for (const { referralId } of over) rows.delete(referralId);

      const conflicts = await save(ids.filter(id => rows.has(id)));
      // A colleague pressed a button meanwhile: put our outcomes into what the row says now.
      for (const id of conflicts) {
        const ours = entries.filter(({ referralId }) => referralId === id);
        const merged = await store.update(id, current =>
          ours.reduce((row, { delivery, ...at }) => withDelivery(row, at, delivery), current),
        );
        if (merged) rows.set(id, merged);
      }
    },
  };
}

export type Ledger = ReturnType<typeof createLedger>;
