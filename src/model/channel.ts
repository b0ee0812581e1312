import type { Instant } from '../base/instant.ts';
import type { Alert } from './alert.ts';

/** One alert on its way to one channel. */
export interface AlertMessage {
  readonly kind: 'alert';
  /** Stable for this alert in this channel, the same on every attempt. */
  readonly key: string;
  readonly now: Instant;
  readonly alert: Alert;
  /** What this channel answered when it last told this referral by itself: the card to edit, the mail to reply to. */
  readonly previous?: string;
}

/** Many new referrals told in one message. */
export interface DigestMessage {
  readonly kind: 'digest';
  readonly key: string;
  readonly now: Instant;
  /** How many referrals this digest tells; never smaller than the number of rows. */
  readonly total: number;
  /** The most urgent of them, read whole, in order; a channel may show fewer when they don't fit. */
  readonly rows: readonly Alert[];
  readonly mayBeRepeat: boolean;
}

export type Message = AlertMessage | DigestMessage;

/**
 * What a channel answers. Expected failures are values; a channel never retries by itself.
 * - `delivered`: taken over for good, with the channel's own name for it if it gave one.
 * - `accepted`: taken over, its fate not yet known; ask `confirm` with the reference.
 * - `retry`: not now; at `retryAt` when the other side named a time.
 * - `rejected`: never; `lost` when the whole channel is gone (403, 404), not just this message.
 */
export type Outcome =
  | { readonly state: 'delivered'; readonly reference?: string }
  | { readonly state: 'accepted'; readonly reference: string }
  | { readonly state: 'retry'; readonly reason: string; readonly retryAt?: Instant }
  | { readonly state: 'rejected'; readonly reason: string; readonly lost?: true };

/** A way to reach people about referrals. */
export interface Channel {
  /** Stable name that deliveries are recorded under: `teams`, `email`, `oncall-teams`, `pager`. */
  readonly id: string;
  readonly audience: 'sales' | 'on-call';
  /** Least milliseconds between two posts. */
  readonly paceMs: number;
  /** Tells one message. `now` inside the message is the poll's; reasons hold no address, token or customer text. */
  deliver(message: Message): Promise<Outcome>;
  /** Its cards can be brought up to date with `refresh`. */
  readonly editsCards?: true;
  /** Brings the card of an earlier message up to date without a word; answers what now stands there as its reference. */
  refresh?(message: AlertMessage): Promise<Outcome>;
  /** When people last changed where it leads: what was refused before that is tried at the next poll. */
  readonly changedAt?: Instant;
  /** Asks what became of an accepted message. */
  confirm?(reference: string): Promise<Outcome>;
}

/** Something the person who runs this app should know. */
export interface OperatorMessage {
  /** What is wrong, as one key per trouble: `partner-center`, `sign-in`, `channel:teams`. */
  readonly trouble: string;
  readonly phase: 'began' | 'continues' | 'ended';
  readonly title: string;
  /** What it means and the exact next step. Safe to show: no address, token or customer text. */
  readonly text: string;
  readonly since: Instant;
  readonly now: Instant;
}

/** A way to reach the operator: `operator-teams`, `operator-email`. */
export interface OperatorChannel {
  readonly id: string;
  tell(message: OperatorMessage): Promise<Outcome>;
}
