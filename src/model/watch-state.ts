import type { Instant } from '../base/instant.ts';

/** Something that keeps the app from doing its work. One key is one trouble, however often it shows. */
export interface Trouble {
  /** `partner-center`, `sign-in`, `token-store`, `tables`, `set-aside`, `channel:teams`. */
  readonly key: string;
  readonly title: string;
  readonly text: string;
  readonly since: Instant;
  /** When the operator last heard of it; null while nobody could be told. */
  readonly toldAt: Instant | null;
  /** When it was over, while the operator has not heard that. */
  readonly endedAt?: Instant;
  /** Since when a process is telling what is new about it; others leave it alone then. */
  readonly tellingSince?: Instant;
}

/** What the watch knows of itself: its heartbeat, and what is wrong with it. No customer data. */
export interface WatchState {
  readonly lastPollAt: Instant | null;
  /** The end of the last poll that read Partner Center completely. */
  readonly lastGoodPollAt: Instant | null;
  readonly pending: number;
  readonly nextExpiryAt: Instant | null;
  /** Alerts that have not reached a channel that should have them. */
  readonly undelivered: number;
  /** Before this, no open checkpoint needs a look unless something changes; null when one does, or nobody knows. */
  readonly nextLookAt: Instant | null;
  /** `ok`, or what is wrong with Partner Center's sign-in. */
  readonly signIn: string;
  readonly troubles: readonly Trouble[];
  /** Warnings that are given once and have been given: `client-secret:30`. */
  readonly warned: readonly string[];
  /** When closed checkpoints were last looked through for old ones. */
  readonly tidiedAt: Instant | null;
}

export const UNWATCHED: WatchState = {
  lastPollAt: null,
  lastGoodPollAt: null,
  pending: 0,
  nextExpiryAt: null,
  undelivered: 0,
  nextLookAt: null,
  signIn: 'ok',
  troubles: [],
  warned: [],
  tidiedAt: null,
};

export interface WatchStore {
  /** As it stands in the table. */
  read(): Promise<WatchState>;
  /** As this process last saw it; read from the table once. A poll must not pay for a read each time. */
  recall(): Promise<WatchState>;
  /** Replaces what was read or recalled last; false when another process was faster, then `read` again. */
  write(state: WatchState): Promise<boolean>;
}
