import type { TableClient } from '@azure/data-tables';
import pMap from 'p-map';
import type { Checkpoint } from '../model/checkpoint.ts';
import type { CheckpointArchive, CheckpointStore } from '../model/checkpoint-store.ts';
import { forgetting } from '../model/forget.ts';
import { amendCheckpoint, readCheckpoint } from './checkpoint-partition.ts';
import { closedSince, eraseClosedBefore, keepClosed } from './closed-checkpoints.ts';
import { createOpenCheckpoints } from './open-checkpoints.ts';
import { inBatches, isConflict } from './transactions.ts';

const AT_ONCE = 4;

/** Checkpoints in Table Storage: one partition for the open ones, one for those that are closed. */
export function createCheckpointStore(table: TableClient): CheckpointStore & CheckpointArchive {
  const { read, drop, ...open } = createOpenCheckpoints(table);

  return {
    ...open,

    closedSince: instant => closedSince(table, instant),
    eraseClosedBefore: instant => eraseClosedBefore(table, instant),

    async find(referralId) {
      return (await read(referralId)) ?? (await readCheckpoint(table, 'closed', referralId));
    },

    async close(checkpoints) {
      // Two partitions cannot share a transaction. Kept first, removed second: a crash between the two
      // leaves an open row that the next poll closes again.
      for (const batch of inBatches(checkpoints)) {
        await keepClosed(table, batch);
        await pMap(batch, removeOpen, { concurrency: AT_ONCE });
        for (const { referralId } of batch) drop(referralId);
      }
    },

    async amend(referralId, change) {
      const isOpen = await amendCheckpoint(table, 'open', referralId, change);
      const isClosed = await amendCheckpoint(table, 'closed', referralId, change);
      return isOpen || isClosed;
    },
  };

  /** Removes the open row of what is kept as closed now. What was erased of it meanwhile is erased there too. */
  async function removeOpen(closed: Checkpoint): Promise<void> {
    for (let { referralId, etag = '*' } = closed; ; ) {
      try {
        await table.deleteEntity('open', referralId, { etag });
        return;
      } catch (error) {
        if (!isConflict(error)) throw error;
      }
      const current = await readCheckpoint(table, 'open', referralId);
      if (!current?.etag) return;
      if (current.forgotten && !closed.forgotten) await keepClosed(table, [forgetting(closed)]);
      etag = current.etag;
    }
  }
}
