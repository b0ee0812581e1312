import type { Instant } from '../base/instant.ts';
import type { Trouble } from '../watch/troubles.ts';

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
