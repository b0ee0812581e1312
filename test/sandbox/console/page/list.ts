export interface Row<T> {
  readonly element: HTMLElement;
  update(item: T): void;
}

export interface ListChange<T> {
  readonly upsert: readonly T[];
  readonly remove: readonly string[];
  readonly order?: readonly string[];
}

export interface List<T> {
  apply(change: ListChange<T>): void;
  readonly size: number;
  /** Every row, to refresh what does not come from its item. */
  each(visit: (item: T, row: Row<T>) => void): void;
}

/** Keeps the children of `parent` in step with a list, changing in place; the focus stays where it is. */
export function createList<T extends { readonly id: string }>(
  parent: HTMLElement,
  create: (item: T) => Row<T>,
): List<T> {
  const rows = new Map<string, Row<T>>();
  const items = new Map<string, T>();

  function drop(id: string): void {
    rows.get(id)?.element.remove();
    rows.delete(id);
    items.delete(id);
  }

  function arrange(order: readonly string[]): void {
    const wanted = new Set(order);
    for (const id of [...rows.keys()]) if (!wanted.has(id)) drop(id);
    let place = parent.firstElementChild;
    for (const id of order) {
      const node = rows.get(id)?.element;
      if (!node) continue;
      // Where the next one stands already, it is the one before that went further down: one moves, not all others.
      if (place && node === place.nextElementSibling) parent.append(place);
      else if (node !== place) parent.insertBefore(node, place);
      place = node.nextElementSibling;
    }
  }

  return {
    apply({ upsert, remove, order }) {
      for (const id of remove) drop(id);
      for (const item of upsert) {
        items.set(item.id, item);
        const row = rows.get(item.id);
        if (row) row.update(item);
        else rows.set(item.id, create(item));
      }
      // After the updates: a row may have passed the focus from one of its buttons to itself.
      const focused = document.activeElement;
      if (order) arrange(order);
      parent.classList.toggle('empty', rows.size === 0);
      // A moved node loses the focus, though nobody left it.
      if (focused instanceof HTMLElement && focused !== document.activeElement && parent.contains(focused)) {
        focused.focus({ preventScroll: true });
      }
    },
    get size() {
      return rows.size;
    },
    each(visit) {
      for (const [id, row] of rows) visit(items.get(id) as T, row);
    },
  };
}
