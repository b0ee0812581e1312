import type { TableClient, TableEntityResult } from '@azure/data-tables';
import { creatingTable, creatingTableForPages, statusOf } from '../azure/tables.ts';
import type { Instant } from '../base/instant.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import { type CheckpointRow, fromRow, toRow, withoutWords } from './checkpoint-row.ts';
import { toText } from './row-values.ts';
import { ignoringMissing, ignoringRefusal, inBatches, isRefusal } from './transactions.ts';

/** Keeps what has ended; what the table refuses for what people wrote, without that. At most 100. */
export async function keepClosed(table: TableClient, batch: readonly Checkpoint[]): Promise<void> {
  const write = (rows: readonly Checkpoint[]) =>
    creatingTable(table, () =>
      table.submitTransaction(rows.map(checkpoint => ['upsert', toRow(checkpoint, 'closed'), 'Replace'])),
    );
  try {
    await write(batch);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    for (const checkpoint of batch) {
      await write([checkpoint]).catch(refused => {
        ignoringRefusal(refused);
        return write([withoutWords(checkpoint)]).then(() => undefined, ignoringRefusal);
      });
    }
  }
}

/** Those that were closed at the instant or after it. */
export async function closedSince(table: TableClient, instant: Instant): Promise<Checkpoint[]> {
  const filter = `PartitionKey eq 'closed' and closedAt ge '${toText(instant)}'`;
  const pages = table.listEntities<CheckpointRow>({ queryOptions: { filter } }).byPage({ maxPageSize: 1000 });
  const closed: Checkpoint[] = [];
  for await (const page of creatingTableForPages(table, pages)) closed.push(...page.map(fromRow));
  return closed;
}

/** Erases those that were closed before the instant; answers how many. */
export async function eraseClosedBefore(table: TableClient, instant: Instant): Promise<number> {
  const filter = `PartitionKey eq 'closed' and closedAt lt '${toText(instant)}'`;
  const select = ['PartitionKey', 'RowKey'];
  const rows: TableEntityResult<CheckpointRow>[] = [];
  await creatingTable(table, async () => {
    for await (const row of table.listEntities<CheckpointRow>({ queryOptions: { filter, select } })) rows.push(row);
  });
  for (const batch of inBatches(rows)) await removeRows(table, batch);
  return rows.length;
}

async function removeRows(
  table: TableClient,
  rows: readonly { partitionKey: string; rowKey: string }[],
): Promise<void> {
  try {
    await table.submitTransaction(rows.map(({ partitionKey, rowKey }) => ['delete', { partitionKey, rowKey }]));
  } catch (error) {
    if (statusOf(error) !== 404) throw error;
    for (const { partitionKey, rowKey } of rows) {
      await table.deleteEntity(partitionKey, rowKey).catch(ignoringMissing);
    }
  }
}
