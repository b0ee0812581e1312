import type { Checkpoint } from '../../src/model/checkpoint.ts';
import type { CheckpointStore } from '../../src/model/checkpoint-store.ts';
import { UNWATCHED, type WatchState, type WatchStore } from '../../src/model/watch-state.ts';
import { type CheckpointRow, fromRow, toRow } from '../../src/storage/checkpoint-row.ts';

/** What is in the tables, whichever process wrote it. */
export interface Tables {
  readonly open: Map<string, CheckpointRow & { etag: string }>;
  readonly closed: Map<string, CheckpointRow>;
  watch: { state: WatchState; version: number } | null;
  versions: number;
}

export function emptyTables(): Tables {
  return { open: new Map(), closed: new Map(), watch: null, versions: 0 };
}

export interface StoreHooks {
  /** Throws when nothing can be read now. */
  beforeRead(): void;
  /** Throws when nothing can be written now. */
  beforeWrite(): void;
  onClose(ids: readonly string[]): void;
}

/** Checkpoints in memory, in the rows that the real tables hold, under the same rules of ETags. */
export function createMemoryCheckpoints(tables: Tables, hooks: StoreHooks): CheckpointStore {
  const read = (): Checkpoint[] => {
    hooks.beforeRead();
    return [...tables.open.values()].map(row => fromRow(structuredClone(row)));
  };
  function put(checkpoint: Checkpoint): Checkpoint | null {
    if (tables.open.get(checkpoint.referralId)?.etag !== checkpoint.etag) return null;
    const etag = String(++tables.versions);
    tables.open.set(checkpoint.referralId, { ...toRow(checkpoint, 'open'), etag });
    return { ...checkpoint, etag };
  }
  return {
    loadOpen: async () => read(),
    openPages: async function* () {
      yield read();
    },
    openOutlines: async function* () {
      yield read();
    },
    loadThese: async ids => read().filter(({ referralId }) => ids.has(referralId)),
    find: async id => read().find(({ referralId }) => referralId === id) ?? null,
    async save(checkpoints) {
      hooks.beforeWrite();
      const results = checkpoints.map(checkpoint => ({ id: checkpoint.referralId, saved: put(checkpoint) }));
      return {
        saved: results.flatMap(({ saved }) => saved ?? []),
        conflicts: results.flatMap(({ id, saved }) => (saved ? [] : [id])),
      };
    },
    async update(id, change) {
      const current = read().find(({ referralId }) => referralId === id);
      if (!current) return null;
      const wanted = change(current);
      if (!wanted) return current;
      hooks.beforeWrite();
      return put(wanted);
    },
    async close(checkpoints) {
      hooks.beforeWrite();
      hooks.onClose(checkpoints.map(({ referralId }) => referralId));
      for (const checkpoint of checkpoints) {
        tables.open.delete(checkpoint.referralId);
        tables.closed.set(checkpoint.referralId, toRow(checkpoint, 'closed'));
      }
    },
    rowTroubles: () => ({ bare: [], inMemory: [] }),
    eraseClosedBefore: async () => 0,
  };
}

export function createMemoryWatch(tables: Tables, hooks: Pick<StoreHooks, 'beforeRead' | 'beforeWrite'>): WatchStore {
  let seen: Tables['watch'] = null;
  let known = false;
  const read = async (): Promise<WatchState> => {
    hooks.beforeRead();
    seen = tables.watch;
    known = true;
    return structuredClone(seen?.state ?? UNWATCHED);
  };
  return {
    read,
    recall: async () => (known ? structuredClone(seen?.state ?? UNWATCHED) : await read()),
    async write(state) {
      hooks.beforeWrite();
      if (tables.watch?.version !== seen?.version) return false;
      tables.watch = { state: structuredClone(state), version: ++tables.versions };
      seen = tables.watch;
      known = true;
      return true;
    },
  };
}
