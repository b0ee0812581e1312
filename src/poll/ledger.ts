import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { withDelivery } from '../alerts/deliveries.ts';
import { exitDeliveries, hasEnded, operatorsPart } from '../alerts/exits.ts';
import type { Policy } from '../alerts/policy.ts';
import { restOf } from '../alerts/rest.ts';
import { isTold } from '../alerts/told.ts';
import type { Instant } from '../base/instant.ts';
import type { Checkpoint, Delivery } from '../model/checkpoint.ts';
import type { CheckpointStore } from '../model/checkpoint-store.ts';

/** A delivery as it now stands: an outcome, or a reservation that holds only while what it was made upon stands there. */
export interface Entry {
  readonly referralId: string;
  readonly channel: string;
  readonly alert: string;
  readonly delivery: Delivery;
  /** What stood there before; only of a reservation. */
  readonly upon?: Delivery | undefined;
}

/** What came of a commit. */
export interface Committed {
  /** Reservations that another run was faster with, as `entryKey` names them. */
  readonly taken: ReadonlySet<string>;
  /** Ids of rows that could not be written, now and when it was tried again. */
  readonly unwritten: ReadonlySet<string>;
}

interface Commit {
  readonly entries: readonly Entry[];
  readonly ids: readonly string[];
  done(committed: Committed): void;
}

/** Before a write that failed is tried again, in milliseconds. The client of the tables has tried several times by then. */
const PAUSE_MS = 500;

/**
 * The checkpoints of one poll, as they stand in the table and as they will stand. What several channels have to write at one
 * time goes in one write; a row that cannot be written takes no other along.
 */
export function createLedger(
  store: CheckpointStore,
  rows: Map<string, Checkpoint>,
  policy: Policy,
  now: Instant,
  pauseMs = PAUSE_MS,
) {
  let waiting: Commit[] = [];
  let isWriting = false;
  /** Outcomes that are in no table yet, with why. */
  let unrecorded: Entry[] = [];
  let failure: unknown = null;
  /** Ids of rows that are not in the table as they stand here: what was due of them was not sent. */
  const behind = new Set<string>();

  function enter(entry: Entry): void {
    const row = rows.get(entry.referralId);
    if (row) rows.set(entry.referralId, withDelivery(row, entry, entry.delivery));
  }

  function rested(row: Checkpoint): Checkpoint {
    const rest = restOf(row, policy, now);
    return rest ? { ...row, rest } : row;
  }

  async function writeAll(): Promise<void> {
    // Whatever is handed over in the same turn goes into the same write.
    await null;
    while (waiting.length > 0) {
      const commits = waiting;
      waiting = [];
      const wanted = commits.flatMap(commit => commit.entries);
      const isMine = (entry: Entry) => !isReservation(entry) || holds(entry, rows.get(entry.referralId));
      const entries = wanted.filter(isMine);
      const taken = new Set(wanted.filter(entry => !isMine(entry)).map(entryKey));
      const before = new Map(rows);
      for (const entry of entries) enter(entry);
      const ids = [...new Set(commits.flatMap(commit => commit.ids))];
      const { conflicts, unwritten } = await save(ids);
      for (const id of conflicts) {
        const lost = await merge(id, entries).catch(noteFailure);
        if (lost) for (const key of lost) taken.add(key);
        else unwritten.add(id);
      }
      for (const id of ids) behind.delete(id);
      for (const id of unwritten) {
        behind.add(id);
        // What is not in the table is not reserved; what came of a message is written as soon as it can be.
        const row = before.get(id);
        if (row) rows.set(id, row);
        unrecorded.push(...entries.filter(entry => entry.referralId === id && !isReservation(entry)));
      }
      for (const { done } of commits) done({ taken, unwritten });
    }
    isWriting = false;
  }

  function noteFailure(error: unknown): undefined {
    failure = error;
    return undefined;
  }

  /** Writes rows as they stand here. When the write fails, once more, and then each by itself. */
  async function save(ids: readonly string[]): Promise<{ conflicts: string[]; unwritten: Set<string> }> {
    const wanted = () => ids.flatMap(id => rows.get(id) ?? []).map(rested);
    const first = await saveThese(wanted()).catch(noteFailure);
    if (first) return { conflicts: [...first], unwritten: new Set() };
    await sleep(pauseMs);
    const conflicts: string[] = [];
    const unwritten = new Set<string>();
    const again = await saveThese(wanted()).catch(noteFailure);
    if (again) return { conflicts: [...again], unwritten };
    for (const row of ids.length > 1 ? wanted() : []) {
      const alone = await saveThese([row]).catch(noteFailure);
      if (alone) conflicts.push(...alone);
      else unwritten.add(row.referralId);
    }
    if (ids.length === 1) for (const id of ids) unwritten.add(id);
    return { conflicts, unwritten };
  }

  async function saveThese(wanted: readonly Checkpoint[]): Promise<readonly string[]> {
    const { saved, conflicts } = await store.save(wanted);
    for (const row of saved) rows.set(row.referralId, row);
    return conflicts;
  }

  /**
   * Puts what is ours into what a row says now: a colleague pressed a button meanwhile, another run was faster, or a write
   * arrived whose answer did not. Answers the reservations that do not hold.
   */
  async function merge(id: string, entries: readonly Entry[]): Promise<readonly string[]> {
    const ours = entries.filter(({ referralId }) => referralId === id);
    let lost: string[] = [];
    const merged = await store.update(id, current => {
      lost = [];
      const changed = ours.reduce((row, entry) => {
        if (isThere(entry, current) || isOutdone(entry, current, now)) return row;
        if (!isReservation(entry)) return withDelivery(row, entry, entry.delivery);
        if (holds(entry, current)) return withDelivery(row, entry, entry.delivery);
        lost.push(entryKey(entry));
        return row;
      }, current);
      return changed === current ? null : rested(changed);
    });
    if (merged) rows.set(id, merged);
    else rows.delete(id);
    return merged ? lost : ours.filter(isReservation).map(entryKey);
  }

  function isOver(row: Checkpoint): boolean {
    if (!hasEnded(row)) return false;
    const isDone = exitDeliveries(row, policy, now).every(({ exitDelivery }) => exitDelivery === 'done');
    return isDone && operatorsPart(row, now) === 'done';
  }

  /** Writes these entries, and the rows of these ids as they stand here. Never rejects. */
  function commit(entries: readonly Entry[], alsoIds: Iterable<string> = []): Promise<Committed> {
    const ids = [...new Set([...alsoIds, ...entries.map(({ referralId }) => referralId)])].filter(id => rows.has(id));
    if (ids.length === 0) {
      const taken = new Set(entries.filter(isReservation).map(entryKey));
      return Promise.resolve({ taken, unwritten: new Set() });
    }
    return new Promise(done => {
      waiting.push({ entries, ids, done });
      if (isWriting) return;
      isWriting = true;
      writeAll().catch(noteFailure);
    });
  }

  return {
    rows,
    commit,

    /**
     * Writes what could not be written, and closes what is over.
     * @throws what kept something from being written
     */
    async finish(alsoOver: Iterable<string> = []): Promise<void> {
      const late = unrecorded;
      unrecorded = [];
      if (late.length > 0) await commit(late);
      const maybeOver = new Set([...alsoOver, ...rows.keys()]);
      const over = [...maybeOver].flatMap(id => rows.get(id) ?? []).filter(isOver);
      if (over.length > 0) {
        await store.close(over.map(row => ({ ...row, closedAt: now })));
        for (const { referralId } of over) rows.delete(referralId);
      }
      // Where the tables take nothing, what they cannot keep has to be told in another way.
      if (behind.size > 0) throw failure;
    },
  };
}

export type Ledger = ReturnType<typeof createLedger>;

/** Those reservations that are ours: no other run was faster, and the table has them. */
export function oursOf<T extends Pick<Entry, 'referralId' | 'channel' | 'alert'>>(
  reserved: readonly T[],
  { taken, unwritten }: Committed,
): T[] {
  return reserved.filter(one => !taken.has(entryKey(one)) && !unwritten.has(one.referralId));
}

function entryKey({ referralId, channel, alert }: Pick<Entry, 'referralId' | 'channel' | 'alert'>): string {
  return `${referralId} ${channel} ${alert}`;
}

function standsFor({ channel, alert }: Entry, row: Checkpoint | undefined): Delivery | undefined {
  return row?.deliveries.find(delivery => delivery.channel === channel && delivery.alert === alert);
}

/** Whether what a reservation was made upon still stands there. A row that is gone was closed by another run. */
function holds(entry: Entry, row: Checkpoint | undefined): boolean {
  if (!row) return false;
  const there = standsFor(entry, row);
  return there?.state === entry.upon?.state && there?.at === entry.upon?.at;
}

/** Whether what is ours is there: its write arrived, though its answer did not. */
function isThere(entry: Entry, row: Checkpoint): boolean {
  const there = standsFor(entry, row);
  if (!isReservation(entry)) return isDeepStrictEqual(there, entry.delivery);
  return there?.state === 'sending' && there.run === entry.delivery.run;
}

/** Whether a run that took ours for dead has told what we could not. */
function isOutdone(entry: Entry, row: Checkpoint, now: Instant): boolean {
  const there = standsFor(entry, row);
  const isSettled = (delivery: Delivery) => isTold(delivery, row.expiry.at, now);
  return there !== undefined && isSettled(there) && !isReservation(entry) && !isSettled(entry.delivery);
}

function isReservation({ delivery }: Entry): boolean {
  return delivery.state === 'sending';
}
