export interface Listeners {
  /** Calls `listener` after each change; the returned function ends that. */
  onChange(listener: () => void): () => void;
  changed(): void;
}

/** Lets a live page follow an emulator's state. */
export function createListeners(): Listeners {
  const listeners = new Set<() => void>();
  return {
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    changed() {
      for (const listener of listeners) listener();
    },
  };
}
