import type { TableClient } from '@azure/data-tables';
import { creatingTable, statusOf } from '../azure/tables.ts';
import { joined, jsonIn, spread } from './text-columns.ts';

/** Keeps what was read of a calendar, so that it serves while the calendar is away and the app starts anew. */
export interface KeptStore<T> {
  /** As this process last kept it; read from the table once. Null when nothing is kept. */
  recall(): Promise<T | null>;
  keep(value: T): Promise<void>;
}

/**
 * A row of its own in `WatchState`, `watch` and the calendar's name: the row of the state is written too often for it.
 * @param isGood - what is kept and makes no sense is as if nothing were kept: then the calendar is read anew
 */
export function createKeptStore<T>(
  table: TableClient,
  rowKey: string,
  isGood: (value: unknown) => value is T,
): KeptStore<T> {
  const key = { partitionKey: 'watch', rowKey };
  let held: Promise<T | null> | null = null;

  async function fetchRow(): Promise<T | null> {
    try {
      const row = await table.getEntity(key.partitionKey, key.rowKey);
      return jsonIn<T>(joined('kept', row), isGood) ?? null;
    } catch (error) {
      if (statusOf(error) === 404) return null;
      throw error;
    }
  }

  return {
    recall() {
      held ??= fetchRow().catch(error => {
        held = null;
        throw error;
      });
      return held;
    },
    async keep(value) {
      held = Promise.resolve(value);
      await creatingTable(table, () =>
        table.upsertEntity({ ...key, ...spread('kept', JSON.stringify(value)) }, 'Replace'),
      );
    },
  };
}
