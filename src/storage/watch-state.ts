import type { TableClient } from '@azure/data-tables';
import { creatingTable, statusOf } from '../azure/tables.ts';
import { kindOf, TROUBLE_KINDS, type TroubleKey } from '../model/trouble-kinds.ts';
import { UNWATCHED, type WatchState, type WatchStore } from '../model/watch-state.ts';
import { cut, isObject, joined, jsonIn, spread } from './text-columns.ts';

const KEY = { partitionKey: 'watch', rowKey: 'state' };

/**
 * What the edition before keeps in the column `state`. It takes any other field there for an instant and dies of it, so those
 * stand in a column that it does not know.
 */
const KNOWN_BEFORE: ReadonlySet<string> = new Set<keyof WatchState>([
  ...(['lastPollAt', 'lastGoodPollAt', 'nextExpiryAt', 'nextLookAt', 'tidiedAt'] as const),
  ...(['pending', 'undelivered', 'signIn', 'troubles', 'warned'] as const),
]);

interface Held {
  readonly state: WatchState;
  readonly etag: string | undefined;
}

/** The single row of `WatchState`. */
export function createWatchStore(table: TableClient): WatchStore {
  let held: Held | undefined;

  async function fetchRow(): Promise<Held> {
    try {
      const row = await table.getEntity(KEY.partitionKey, KEY.rowKey);
      return { state: stateIn(row), etag: row.etag };
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
    async write({ unreadable: _mended, ...state }) {
      const row = { ...KEY, ...columnsOf(state) };
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

/** What stands in the row, field by field: what is not what it should be counts as never written. */
function stateIn(row: Readonly<Record<string, unknown>>): WatchState {
  const state = jsonIn<Record<string, unknown>>(joined('state', row), isObject);
  if (!state) return { ...UNWATCHED, unreadable: true };
  const more = jsonIn<Record<string, unknown>>(joined('more', row), isObject) ?? {};
  const fields = Object.entries({ ...state, ...more }).filter(([name, value]) => isFit(name, value));
  const { troubles, bulletins, ...fit } = { ...UNWATCHED, ...(Object.fromEntries(fields) as Partial<WatchState>) };
  return {
    ...fit,
    troubles: troubles.filter(isTrouble),
    bulletins: Object.fromEntries(Object.entries(bulletins).filter(([, noted]) => isNoted(noted))),
  };
}

function isFit(name: string, value: unknown): boolean {
  const usual: unknown = UNWATCHED[name as keyof WatchState];
  if (usual === null) return value === null || Number.isFinite(value);
  if (typeof usual === 'number') return Number.isFinite(value);
  if (name === 'troubles') return Array.isArray(value);
  if (name === 'warned') return Array.isArray(value) && value.every(key => typeof key === 'string');
  return typeof value === typeof usual && (!isObject(usual) || isObject(value));
}

function isTrouble(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { key, title, text, since } = value;
  const isWorded = [key, title, text].every(word => typeof word === 'string') && Number.isFinite(since);
  // One that nobody knows any more would be told for ever.
  return isWorded && TROUBLE_KINDS.includes(kindOf(key as TroubleKey).kind);
}

function isNoted(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { alert, channel, state, at } = value;
  return [alert, channel, state].every(word => typeof word === 'string') && Number.isFinite(at);
}

function columnsOf(state: WatchState): Record<string, string | number> {
  const fields = Object.entries(state);
  const [before, more] = [true, false].map(known =>
    Object.fromEntries(fields.filter(([name]) => KNOWN_BEFORE.has(name) === known)),
  );
  return { ...figuresOf(fields), ...spread('state', JSON.stringify(before)), ...spread('more', JSON.stringify(more)) };
}

/** The figures stand in columns of their own too: people look at this row in a table browser. */
function figuresOf(fields: readonly (readonly [string, unknown])[]): Record<string, string | number> {
  const figures: Record<string, string | number> = {};
  for (const [name, value] of fields) {
    if (typeof value === 'string') figures[name] = cut(value, 1_000);
    if (typeof value === 'number') figures[name] = name.endsWith('At') ? new Date(value).toISOString() : value;
  }
  return figures;
}
