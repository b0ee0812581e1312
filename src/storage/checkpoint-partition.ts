import type { TableClient } from '@azure/data-tables';
import { readRow } from '../azure/table-reads.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import { type CheckpointRow, fromRow, toRow } from './checkpoint-row.ts';
import { isConflict } from './transactions.ts';

/** A poll reads all that are open, in pages of 1,000, and nothing of what is closed. */
export type Partition = 'open' | 'closed';

/** One checkpoint as the table has it; null when it is not there. */
export async function readCheckpoint(
  table: TableClient,
  partition: Partition,
  referralId: string,
): Promise<Checkpoint | null> {
  const row = await readRow<Omit<CheckpointRow, 'rowKey'>>(table, partition, referralId);
  return row && fromRow({ ...row, rowKey: referralId });
}

/** Changes one checkpoint under its ETag, reads again when somebody was faster; answers whether it is there. */
export async function amendCheckpoint(
  table: TableClient,
  partition: Partition,
  referralId: string,
  change: (current: Checkpoint) => Checkpoint,
): Promise<boolean> {
  for (;;) {
    const current = await readCheckpoint(table, partition, referralId);
    if (!current?.etag) return false;
    try {
      await table.updateEntity(toRow(change(current), partition), 'Replace', { etag: current.etag });
      return true;
    } catch (error) {
      if (!isConflict(error)) throw error;
    }
  }
}
