import type { TableClient, TableEntityResult, TransactionAction } from '@azure/data-tables';
import pMap from 'p-map';
import { readPages, readRow } from '../azure/table-reads.ts';
import { creatingTable, creatingTableForPages, statusOf } from '../azure/tables.ts';
import type { Instant } from '../base/instant.ts';
import type { Checkpoint, Outline } from '../model/checkpoint.ts';
import type { CheckpointArchive, CheckpointStore, SaveResult } from '../model/checkpoint-store.ts';
import { forgetting } from '../model/forget.ts';
import {
  type CheckpointRow,
  fromRow,
  OUTLINE_COLUMNS,
  type OutlineRow,
  outlineOf,
  toRow,
  withoutWords,
} from './checkpoint-row.ts';
import { toText } from './row-values.ts';
import { ignoringMissing, ignoringRefusal, inBatches, isConflict, isRefusal } from './transactions.ts';

const OPEN = 'open';
const CLOSED = 'closed';
const ALL_OPEN = `PartitionKey eq '${OPEN}'`;
/** Up to here single reads are cheaper than reading the whole partition. */
const FEW = 20;
const AT_ONCE = 4;

/** Checkpoints in Table Storage: one partition for the open ones, so that a poll reads them in pages of 1,000. */
export function createCheckpointStore(table: TableClient): CheckpointStore & CheckpointArchive {
  /** Rows that the table takes in no form, for as long as this process lives. */
  const inMemory = new Map<string, Checkpoint>();
  const bare = new Set<string>();

  async function read(partition: string, referralId: string): Promise<Checkpoint | null> {
    const kept = partition === OPEN ? inMemory.get(referralId) : undefined;
    return kept ?? (await readTable(partition, referralId));
  }

  async function readTable(partition: string, referralId: string): Promise<Checkpoint | null> {
    const row = await readRow<Omit<CheckpointRow, 'rowKey'>>(table, partition, referralId);
    return row && fromRow({ ...row, rowKey: referralId });
  }

  async function* openPages(): AsyncGenerator<readonly Checkpoint[]> {
    const queryOptions = { filter: ALL_OPEN };
    const pages = table.listEntities<CheckpointRow>({ queryOptions }).byPage({ maxPageSize: 1000 });
    yield* withRemembered(creatingTableForPages(table, pages), fromRow);
  }

  async function* openOutlines(): AsyncGenerator<readonly Outline[]> {
    const pages = readPages<OutlineRow>(table, { filter: ALL_OPEN, select: OUTLINE_COLUMNS });
    yield* withRemembered(creatingTableForPages(table, pages), outlineOf);
  }

  async function* withRemembered<Raw, Row extends Pick<Checkpoint, 'referralId'>>(
    pages: AsyncIterable<readonly Raw[]>,
    read: (raw: Raw) => Row,
  ): AsyncGenerator<readonly (Row | Checkpoint)[]> {
    const seen = new Set<string>();
    for await (const page of pages) {
      const rows = page.map(read);
      if (inMemory.size > 0) for (const { referralId } of rows) seen.add(referralId);
      yield remembered(rows);
    }
    if (inMemory.size > 0) yield onlyRemembered(seen);
  }

  async function loadOpen(): Promise<Checkpoint[]> {
    const checkpoints: Checkpoint[] = [];
    for await (const page of openPages()) checkpoints.push(...page);
    return checkpoints;
  }

  async function saveOne(checkpoint: Checkpoint): Promise<Checkpoint | null> {
    try {
      return await writeOne(checkpoint);
    } catch (error) {
      if (isConflict(error)) return lost(checkpoint);
      if (!isRefusal(error)) throw error;
    }
    try {
      const written = await writeOne(withoutWords(checkpoint));
      bare.add(checkpoint.referralId);
      // What was cut off is still known in this poll.
      return { ...checkpoint, ...(written.etag && { etag: written.etag }) };
    } catch (error) {
      if (isConflict(error)) return lost(checkpoint);
      if (!isRefusal(error)) throw error;
      inMemory.set(checkpoint.referralId, checkpoint);
      return checkpoint;
    }
  }

  /** Somebody else was faster: what the table has counts now. */
  function lost({ referralId }: Checkpoint): null {
    inMemory.delete(referralId);
    return null;
  }

  async function writeOne(checkpoint: Checkpoint): Promise<Checkpoint> {
    const row = toRow(checkpoint, OPEN);
    const { etag } = await creatingTable(table, () =>
      checkpoint.etag ? table.updateEntity(row, 'Replace', { etag: checkpoint.etag }) : table.createEntity(row),
    );
    inMemory.delete(checkpoint.referralId);
    return withEtag(checkpoint, etag);
  }

  async function saveBatch(batch: readonly Checkpoint[]): Promise<SaveResult> {
    try {
      const { subResponses } = await creatingTable(table, () => table.submitTransaction(batch.map(toAction)));
      for (const { referralId } of batch) inMemory.delete(referralId);
      return { saved: batch.map((checkpoint, i) => withEtag(checkpoint, subResponses[i]?.etag)), conflicts: [] };
    } catch (error) {
      if (!isConflict(error) && !isRefusal(error)) throw error;
    }
    // One conflicting or refused row spoils its whole transaction: the others must not suffer for it.
    const saved: Checkpoint[] = [];
    const conflicts: string[] = [];
    for (const checkpoint of batch) {
      const written = await saveOne(checkpoint);
      if (written) saved.push(written);
      else conflicts.push(checkpoint.referralId);
    }
    return { saved, conflicts };
  }

  /** A page as it would be if the table had taken every row. */
  function remembered<Row extends Pick<Checkpoint, 'referralId'>>(page: readonly Row[]): (Row | Checkpoint)[] {
    if (inMemory.size === 0) return [...page];
    return page.map(row => inMemory.get(row.referralId) ?? row);
  }

  /** What is in memory alone, after everything that the table has. */
  function onlyRemembered(seen: ReadonlySet<string>): Checkpoint[] {
    return [...inMemory.values()].filter(({ referralId }) => !seen.has(referralId));
  }

  return {
    loadOpen,

    openPages,
    openOutlines,

    async loadThese(referralIds) {
      if (referralIds.size > FEW) {
        const wanted: Checkpoint[] = [];
        for await (const page of openPages())
          wanted.push(...page.filter(({ referralId }) => referralIds.has(referralId)));
        return wanted;
      }
      const found = await pMap(referralIds, id => read(OPEN, id), { concurrency: AT_ONCE });
      return found.filter(checkpoint => checkpoint !== null);
    },

    async find(referralId) {
      return (await read(OPEN, referralId)) ?? (await read(CLOSED, referralId));
    },

    async save(checkpoints) {
      const saved: Checkpoint[] = [];
      const conflicts: string[] = [];
      for (const batch of inBatches(checkpoints)) {
        const result = await saveBatch(batch);
        saved.push(...result.saved);
        conflicts.push(...result.conflicts);
      }
      return { saved, conflicts };
    },

    async update(referralId, change) {
      for (;;) {
        const current = await read(OPEN, referralId);
        if (!current) return null;
        const wanted = change(current);
        if (!wanted) return current;
        const written = await saveOne(wanted);
        if (written) return written;
      }
    },

    async close(checkpoints) {
      // Two partitions cannot share a transaction. Kept first, removed second: a crash between the two
      // leaves an open row that the next poll closes again.
      for (const batch of inBatches(checkpoints)) {
        await keepClosed(batch);
        await pMap(batch, removeOpen, { concurrency: AT_ONCE });
        for (const { referralId } of batch) inMemory.delete(referralId);
      }
    },

    async closedSince(instant) {
      const filter = `PartitionKey eq '${CLOSED}' and closedAt ge '${toText(instant)}'`;
      const pages = table.listEntities<CheckpointRow>({ queryOptions: { filter } }).byPage({ maxPageSize: 1000 });
      const closed: Checkpoint[] = [];
      for await (const page of creatingTableForPages(table, pages)) closed.push(...page.map(fromRow));
      return closed;
    },

    async amend(referralId, change) {
      const amended = [await amendIn(OPEN, referralId, change), await amendIn(CLOSED, referralId, change)];
      return amended.includes(true);
    },

    rowTroubles() {
      const troubles = { bare: [...bare], inMemory: [...inMemory.keys()] };
      bare.clear();
      return troubles;
    },

    async eraseClosedBefore(instant: Instant) {
      const filter = `PartitionKey eq '${CLOSED}' and closedAt lt '${toText(instant)}'`;
      const select = ['PartitionKey', 'RowKey'];
      const rows: TableEntityResult<CheckpointRow>[] = [];
      await creatingTable(table, async () => {
        for await (const row of table.listEntities<CheckpointRow>({ queryOptions: { filter, select } })) rows.push(row);
      });
      for (const batch of inBatches(rows)) await removeRows(batch);
      return rows.length;
    },
  };

  async function amendIn(partition: string, referralId: string, change: (current: Checkpoint) => Checkpoint) {
    for (;;) {
      const current = await read(partition, referralId);
      if (!current?.etag) return false;
      const row = toRow(change(current), partition);
      try {
        await table.updateEntity(row, 'Replace', { etag: current.etag });
        return true;
      } catch (error) {
        // Somebody was faster: what the table has now is changed.
        if (!isConflict(error)) throw error;
      }
    }
  }

  async function keepClosed(batch: readonly Checkpoint[]): Promise<void> {
    const write = (rows: readonly Checkpoint[]) =>
      creatingTable(table, () =>
        table.submitTransaction(rows.map(checkpoint => ['upsert', toRow(checkpoint, CLOSED), 'Replace'])),
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

  /** Removes the open row of what is kept as closed now. What was erased of it meanwhile is erased there too. */
  async function removeOpen(closed: Checkpoint): Promise<void> {
    for (let { referralId, etag = '*' } = closed; ; ) {
      try {
        await table.deleteEntity(OPEN, referralId, { etag });
        return;
      } catch (error) {
        if (!isConflict(error)) throw error;
      }
      const current = await readTable(OPEN, referralId);
      if (!current?.etag) return;
      if (current.forgotten && !closed.forgotten) await keepClosed([forgetting(closed)]);
      etag = current.etag;
    }
  }

  async function removeRows(rows: readonly { partitionKey: string; rowKey: string }[]): Promise<void> {
    try {
      await table.submitTransaction(rows.map(({ partitionKey, rowKey }) => ['delete', { partitionKey, rowKey }]));
    } catch (error) {
      if (statusOf(error) !== 404) throw error;
      for (const { partitionKey, rowKey } of rows) {
        await table.deleteEntity(partitionKey, rowKey).catch(ignoringMissing);
      }
    }
  }
}

function toAction(checkpoint: Checkpoint): TransactionAction {
  const row = toRow(checkpoint, OPEN);
  return checkpoint.etag ? ['update', row, 'Replace', { etag: checkpoint.etag }] : ['create', row];
}

function withEtag(checkpoint: Checkpoint, etag: string | undefined): Checkpoint {
  return etag ? { ...checkpoint, etag } : checkpoint;
}
