import type { Trouble } from '../model/watch-state.ts';

/** What one process made of something while others may have changed it as well. */
export interface Changed<T> {
  readonly before: T;
  readonly after: T;
}

type Fields<T> = Readonly<Record<string, T>>;

/** What stands now, with those fields put into it that were changed; of one that both have changed `newer` decides. */
export function mergedFields<T>(
  stands: Fields<T>,
  { before, after }: Changed<Fields<T>>,
  newer: (theirs: T, ours: T) => T = (_, ours) => ours,
): Fields<T> {
  const merged = new Map(Object.entries(stands));
  for (const key of Object.keys({ ...before, ...after })) {
    const [theirs, ours] = [stands[key], after[key]];
    if (isSame(ours, before[key])) continue;
    const isOursAlone = theirs === undefined || isSame(theirs, before[key]);
    if (ours !== undefined) merged.set(key, isOursAlone ? ours : newer(theirs, ours));
    else if (isOursAlone) merged.delete(key);
  }
  return Object.fromEntries(merged);
}

/** The troubles that stand now with what was made of them: where both said something new, the later word counts. */
export function mergedTroubles(stands: readonly Trouble[], { before, after }: Changed<readonly Trouble[]>): Trouble[] {
  const changed = { before: byKey(before), after: byKey(after) };
  const newer = (theirs: Trouble, ours: Trouble) => (lastWordAt(theirs) >= lastWordAt(ours) ? theirs : ours);
  return Object.values(mergedFields(byKey(stands), changed, newer));
}

function lastWordAt({ since, toldAt, endedAt, endToldAt }: Trouble): number {
  return Math.max(since, toldAt ?? 0, endedAt ?? 0, endToldAt ?? 0);
}

function byKey(troubles: readonly Trouble[]): Fields<Trouble> {
  return Object.fromEntries(troubles.map(trouble => [trouble.key, trouble]));
}

function isSame(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
