import type { TableClient } from '@azure/data-tables';
import { creatingTable, statusOf } from '../azure/tables.ts';
import { UNWATCHED, type WatchState, type WatchStore } from '../model/watch-state.ts';

const KEY = { partitionKey: 'watch', rowKey: 'state' };

interface Held {
  readonly state: WatchState;
  readonly etag: string | undefined;
}

/** The single row of `WatchState`. */
export function createWatchStore(table: TableClient): WatchStore {
  let held: Held | undefined;

  async function fetchRow(): Promise<Held> {
    try {
      const row = await table.getEntity<{ state: string }>(KEY.partitionKey, KEY.rowKey);
      return { state: { ...UNWATCHED, ...(JSON.parse(row.state) as Partial<WatchState>) }, etag: row.etag };
    } catch (error) {
      if (statusOf(error) === 404) return { state: UNWATCHED, etag: undefined };
      throw error;
    }
  }

  async function read(): Promise<WatchState> {
    held = await fetchRow();
    return held.state;
  }

  return {
    read,
    recall: async () => held?.state ?? (await read()),
    async write(state) {
      // The figures stand in columns of their own too: people look at this row in a table browser.
      const { troubles: _, warned: __, channels: ___, ...figures } = state;
      const row = { ...KEY, ...inColumns(figures), state: JSON.stringify(state) };
      const etag = held?.etag;
      try {
        const written = await creatingTable(table, () =>
          etag ? table.updateEntity(row, 'Replace', { etag }) : table.createEntity(row),
        );
        held = { state, etag: written.etag };
        return true;
      } catch (error) {
        if (![404, 409, 412].includes(statusOf(error) ?? 0)) throw error;
        return false;
      }
    },
  };
}

function inColumns(figures: Omit<WatchState, 'troubles' | 'warned' | 'channels'>): Record<string, string | number> {
  const { pending, undelivered, untold, signIn, ...instants } = figures;
  const texts = Object.entries(instants).flatMap(([name, at]) =>
    at === null ? [] : [[name, new Date(at).toISOString()] as const],
  );
  return { pending, undelivered, untold, signIn, ...Object.fromEntries(texts) };
}
