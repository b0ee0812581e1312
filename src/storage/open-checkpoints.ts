import type { TableClient, TransactionAction } from '@azure/data-tables';
import pMap from 'p-map';
import { readPages } from '../azure/table-reads.ts';
import { creatingTable, creatingTableForPages } from '../azure/tables.ts';
import type { Checkpoint, Outline } from '../model/checkpoint.ts';
import type { CheckpointStore, SaveResult } from '../model/checkpoint-store.ts';
import { readCheckpoint } from './checkpoint-partition.ts';
import {
  type CheckpointRow,
  fromRow,
  OUTLINE_COLUMNS,
  type OutlineRow,
  outlineOf,
  toRow,
  withoutWords,
} from './checkpoint-row.ts';
import { inBatches, isConflict, isRefusal } from './transactions.ts';

const ALL_OPEN = "PartitionKey eq 'open'";
/** Up to here single reads are cheaper than reading the whole partition. */
const FEW = 20;
const AT_ONCE = 4;
/** So often a row is read anew that somebody else has written meanwhile. */
const MOST_TRIES = 20;

export interface OpenCheckpoints
  extends Pick<
    CheckpointStore,
    'loadOpen' | 'openPages' | 'openOutlines' | 'loadThese' | 'save' | 'update' | 'rowTroubles'
  > {
  /** One of them; null when there is none. */
  read(referralId: string): Promise<Checkpoint | null>;
  /** It is open no longer. */
  drop(referralId: string): void;
}

/** The checkpoints of what is pending. To their readers it is as if the table had taken every one of them. */
export function createOpenCheckpoints(table: TableClient): OpenCheckpoints {
  /** Rows that the table takes in no form, for as long as this process lives. */
  const inMemory = new Map<string, Checkpoint>();
  const bare = new Set<string>();

  async function read(referralId: string): Promise<Checkpoint | null> {
    return inMemory.get(referralId) ?? (await readCheckpoint(table, 'open', referralId));
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

  /** Each as it is in memory where the table did not take it; what is in memory alone comes last. */
  async function* withRemembered<Raw, Row extends Pick<Checkpoint, 'referralId'>>(
    pages: AsyncIterable<readonly Raw[]>,
    read: (raw: Raw) => Row,
  ): AsyncGenerator<readonly (Row | Checkpoint)[]> {
    const seen = new Set<string>();
    for await (const page of pages) {
      const rows = page.map(read);
      if (inMemory.size > 0) for (const { referralId } of rows) seen.add(referralId);
      yield inMemory.size > 0 ? rows.map(row => inMemory.get(row.referralId) ?? row) : rows;
    }
    if (inMemory.size > 0) yield [...inMemory.values()].filter(({ referralId }) => !seen.has(referralId));
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
      return withEtag(checkpoint, written.etag);
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
    const row = toRow(checkpoint, 'open');
    const { etag } = await creatingTable(table, () =>
      checkpoint.etag ? table.updateEntity(row, 'Replace', { etag: checkpoint.etag }) : table.createEntity(row),
    );
    inMemory.delete(checkpoint.referralId);
    return withEtag(checkpoint, etag);
  }

  return {
    read,
    openPages,
    openOutlines,
    loadOpen: () => gathered(openPages()),

    async loadThese(referralIds) {
      if (referralIds.size > FEW) return await gathered(openPages(), ({ referralId }) => referralIds.has(referralId));
      const found = await pMap(referralIds, read, { concurrency: AT_ONCE });
      return found.filter(checkpoint => checkpoint !== null);
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
      for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
        const current = await read(referralId);
        if (!current) return null;
        const wanted = change(current);
        if (!wanted) return current;
        const written = await saveOne(wanted);
        if (written) return written;
      }
      throw new Error('a row is always written by somebody else');
    },

    rowTroubles() {
      const troubles = { bare: [...bare], inMemory: [...inMemory.keys()] };
      bare.clear();
      return troubles;
    },

    drop(referralId) {
      inMemory.delete(referralId);
    },
  };
}

async function gathered(
  pages: AsyncIterable<readonly Checkpoint[]>,
  isWanted: (checkpoint: Checkpoint) => boolean = () => true,
): Promise<Checkpoint[]> {
  const wanted: Checkpoint[] = [];
  for await (const page of pages) wanted.push(...page.filter(isWanted));
  return wanted;
}

function toAction(checkpoint: Checkpoint): TransactionAction {
  const row = toRow(checkpoint, 'open');
  return checkpoint.etag ? ['update', row, 'Replace', { etag: checkpoint.etag }] : ['create', row];
}

function withEtag(checkpoint: Checkpoint, etag: string | undefined): Checkpoint {
  return etag ? { ...checkpoint, etag } : checkpoint;
}
