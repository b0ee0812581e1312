import type { Instant } from '../base/instant.ts';

/** What the next poll must know of a channel that is not well. An empty one is: nothing is wrong with it. */
export interface ChannelState {
  /** The channel's mark when it was last tried: another one, and all of this is over. */
  readonly mark?: string;
  /** It takes nothing from us. */
  readonly refusing?: Refusing;
  /** The message that it rejected in every form, while it has taken none since. */
  readonly rejected?: string;
  /** Since when it is known not to answer in time. */
  readonly silentSince?: Instant;
  /** Since when its carrier accepts messages and names no end. */
  readonly endlessSince?: Instant;
}

export interface Refusing {
  readonly since: Instant;
  readonly triedAt: Instant;
  /** The message that it refused last. */
  readonly last: string;
  /** What it said; safe to show. */
  readonly reason: string;
}

/** By the channels' ids; those that are well are left out. */
export type ChannelStates = Readonly<Record<string, ChannelState>>;
