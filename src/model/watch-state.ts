import type { Instant } from '../base/instant.ts';
import type { ChannelStates } from './channel-state.ts';
import type { Delivery } from './checkpoint.ts';
import type { TroubleKey } from './trouble-kinds.ts';

/** Something that keeps the app from doing its work. One key is one trouble, however often it shows. */
export interface Trouble {
  readonly key: TroubleKey;
  readonly title: string;
  readonly text: string;
  readonly since: Instant;
  /** When the operator last heard of it; null while nobody could be told. */
  readonly toldAt: Instant | null;
  /** What it is made of, where several things make one trouble. */
  readonly parts?: readonly string[];
  /** When more of them joined, while the operator has not heard that. */
  readonly joinedAt?: Instant;
  /** When it was over. It is kept for an hour more, for one that is back by then is still the same. */
  readonly endedAt?: Instant;
  /** What is said of its end. */
  readonly ending?: { readonly title: string; readonly text: string };
  /** When the operator heard that it was over. */
  readonly endToldAt?: Instant;
  /** When it came back after its end was told, while the operator has not heard that. */
  readonly returnedAt?: Instant;
  /** It came back within an hour: its end is told only after an hour without it. */
  readonly restless?: boolean;
  /** How often what is new about it went out whole and no answer came. */
  readonly doubts?: number;
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
  /** Pending referrals that no sales channel has been told of though it was due half an hour ago. */
  readonly untold: number;
  /** Before this, no open checkpoint needs a look unless something changes; null when one does, or nobody knows. */
  readonly nextLookAt: Instant | null;
  /** `ok`, or what is wrong with Partner Center's sign-in. */
  readonly signIn: string;
  readonly troubles: readonly Trouble[];
  /** Warnings that are given once and have been given: `client-secret:30`. */
  readonly warned: readonly string[];
  /** The channels that are not well. */
  readonly channels: ChannelStates;
  /** How the summary or report that was told last stands in each channel, by `summary/teams`. */
  readonly bulletins: Readonly<Record<string, Delivery>>;
  /** When this app first polled; null before, and where that was not noted. */
  readonly firstPollAt: Instant | null;
  /** When closed checkpoints were last looked through for old ones. */
  readonly tidiedAt: Instant | null;
  /** When a walk was cut short by its time, so that the next one begins with the newest; null when it begins as usual. */
  readonly newestFirstAt: Instant | null;
  /** What stood in the table made no sense. Never written: the next write mends it. */
  readonly unreadable?: true;
}

export const UNWATCHED: WatchState = {
  lastPollAt: null,
  lastGoodPollAt: null,
  pending: 0,
  nextExpiryAt: null,
  undelivered: 0,
  untold: 0,
  nextLookAt: null,
  signIn: 'ok',
  troubles: [],
  warned: [],
  channels: {},
  bulletins: {},
  firstPollAt: null,
  tidiedAt: null,
  newestFirstAt: null,
};

export interface WatchStore {
  /** As it stands in the table. */
  read(): Promise<WatchState>;
  /** As this process last saw it; read from the table once. A poll must not pay for a read each time. */
  recall(): Promise<WatchState>;
  /** Replaces what was read or recalled last; false when another process was faster, then `read` again. */
  write(state: WatchState): Promise<boolean>;
}
