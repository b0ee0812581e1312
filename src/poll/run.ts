import type { Policy } from '../alerts/policy.ts';
import type { Instant } from '../base/instant.ts';
import type { Log } from '../base/log.ts';
import type { Channel } from '../model/channel.ts';
import type { ChannelState } from '../model/channel-state.ts';
import type { Duty } from './duty.ts';
import type { Ledger } from './ledger.ts';
import type { Reading } from './read-whole.ts';

/** What the steps of one poll work with: made once, handed from step to step. */
export interface Run {
  /** Names this run among those that reserve. */
  readonly id: string;
  readonly now: Instant;
  /** What messages go by: Partner Center's time while our own clock is ahead of it. */
  readonly saidAt: Instant;
  readonly policy: Policy;
  /** By id. */
  readonly channels: ReadonlyMap<string, Channel>;
  /** How each channel stands, brought up to date as it answers. */
  readonly states: Map<string, ChannelState>;
  /** The refusing channels that are tried in this poll. */
  readonly awake: ReadonlySet<string>;
  /** Null without a calendar of shifts. */
  readonly duty: Duty | null;
  readonly ledger: Ledger;
  /** What was read by id in this poll. */
  readonly readings: ReadonlyMap<string, Reading>;
  readonly log: Log;
}
