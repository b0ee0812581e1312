import type { Change, Section, Views } from './views.ts';

/** Keeps what every section shows and tells followers only what changed. */
export interface Feed {
  /** Compares with what was published before and tells the difference, if any. */
  publish<S extends Section>(section: S, items: Views[S]): void;
  /** Everything as it stands, then every change; the answer ends it. */
  follow(follower: (change: Change) => void): () => void;
}

interface Item {
  readonly id: string;
}

interface Kept {
  readonly known: Map<string, { readonly item: Item; readonly text: string }>;
  items: readonly Item[];
}

export function createFeed(): Feed {
  const sections = new Map<Section, Kept>();
  const followers = new Set<(change: Change) => void>();
  return {
    publish(section, items) {
      const kept = sections.get(section) ?? { known: new Map(), items: [] };
      sections.set(section, kept);
      const change = compare(section, kept, items);
      kept.items = items;
      if (change) for (const follower of followers) follower(change);
    },
    follow(follower) {
      for (const [section, { items }] of sections) {
        follower({ section, upsert: items, remove: [], order: items.map(item => item.id) });
      }
      followers.add(follower);
      return () => followers.delete(follower);
    },
  };
}

function compare(section: Section, kept: Kept, items: readonly Item[]): Change | null {
  const ids = new Set(items.map(item => item.id));
  const remove = [...kept.known.keys()].filter(id => !ids.has(id));
  for (const id of remove) kept.known.delete(id);
  const upsert = items.filter(item => {
    const known = kept.known.get(item.id);
    if (known?.item === item) return false;
    const text = JSON.stringify(item);
    kept.known.set(item.id, { item, text });
    return known?.text !== text;
  });
  const moved = items.length !== kept.items.length || items.some((item, index) => item.id !== kept.items[index]?.id);
  if (upsert.length === 0 && remove.length === 0 && !moved) return null;
  return { section, upsert, remove, ...(moved ? { order: items.map(item => item.id) } : {}) };
}
