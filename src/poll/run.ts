import type { Policy } from '../alerts/policy.ts';
import type { Instant } from '../base/instant.ts';
import type { Log } from '../base/log.ts';
import type { Channel } from '../model/channel.ts';
import type { Ledger } from './ledger.ts';
import type { Reading } from './read-whole.ts';

/** What the steps of one poll work with: made once, handed from step to step. */
export interface Run {
  readonly now: Instant;
  readonly policy: Policy;
  /** By id. */
  readonly channels: ReadonlyMap<string, Channel>;
  readonly ledger: Ledger;
  /** What was read by id in this poll. */
  readonly readings: ReadonlyMap<string, Reading>;
  readonly log: Log;
}
