import type { Instant } from '../base/instant.ts';
import type { Alert } from './alert.ts';
import type { Report } from './report.ts';

/** What every message has. */
interface EveryMessage {
  /** Stable for what it tells in this channel, the same on every attempt. */
  readonly key: string;
  readonly now: Instant;
  /** Said with kind, id, expiry and link only, nothing that a customer wrote: for what was rejected as it was. */
  readonly plainest?: true;
  /** How many operations its carrier has closed without success, or left without an end: each is a new one. */
  readonly round?: number;
  /** These addresses in place of the channel's own recipients. */
  readonly to?: readonly string[];
  /** Only these recipients, by their short names: the others have it. */
  readonly only?: readonly string[];
}

/** One alert on its way to one channel. */
export interface AlertMessage extends EveryMessage {
  readonly kind: 'alert';
  readonly alert: Alert;
  /** What this channel answered when it last told this referral by itself: the card to edit, the mail to reply to. */
  readonly previous?: string;
  /** All that it answered about this referral by itself, oldest first, `previous` among it. */
  readonly thread?: readonly string[];
}

/** Many alerts of one kind and severity, told in one message. */
export interface DigestMessage extends EveryMessage {
  readonly kind: 'digest';
  /** What all of its alerts are. */
  readonly of: Pick<Alert, 'kind' | 'step'>;
  /** How many referrals this digest tells; never smaller than the number of rows. */
  readonly total: number;
  /** The most urgent of them, read whole, in order; `SURE_ROWS` are shown, of more as many as fit. */
  readonly rows: readonly Alert[];
  readonly mayBeRepeat: boolean;
  /** Where a channel keeps incidents: the key of the one that all of these share. */
  readonly incident?: string;
}

/** Names, as a last resort, all pending leads that could not be told in the usual way. Nothing a customer wrote. */
export interface LastResortMessage extends EveryMessage {
  readonly kind: 'last-resort';
  /** `untold`: no sales channel took it. `blind`: the tables are down, so it may be a repeat. */
  readonly why: 'untold' | 'blind';
  /** Most urgent first; all are named as far as they fit. */
  readonly rows: readonly LastResortRow[];
}

export interface LastResortRow extends Pick<Alert, 'referralId' | 'engagementId' | 'expiry'> {
  /** Where a channel keeps incidents: the key of this one's, which it may share with others. */
  readonly incident: string;
}

/** A made-up lead that says it is one: what a channel will really get, with nothing to be done. */
export interface SampleMessage extends EveryMessage {
  readonly kind: 'test';
}

/** What every summary and report has. */
interface Regular extends EveryMessage {
  /** When it was due, where it comes late; null when it comes in time. */
  readonly lateSince: Instant | null;
  readonly mayBeRepeat: boolean;
}

/** What waits for an answer, told at a set time: each channel its own. */
export interface SummaryMessage extends Regular {
  readonly kind: 'summary';
  readonly total: number;
  /** How many nobody has claimed; null where nobody claims. */
  readonly unclaimed: number | null;
  /** The most urgent first; as many as may be shown. */
  readonly rows: readonly Alert[];
}

/** What happened in the seven days before it was due. */
export interface ReportMessage extends Regular {
  readonly kind: 'report';
  readonly report: Report;
}

export type Message = AlertMessage | DigestMessage | LastResortMessage | SampleMessage | SummaryMessage | ReportMessage;

/**
 * What a channel answers. Expected failures are values; a channel never retries by itself. Which answer of which carrier is
 * which stands in `outcomes.ts`; what follows is the plan's business.
 * - `delivered`: taken over for good, with the channel's own name for it if it gave one. A mail that some of its recipients
 *   did not get is delivered, and says whom it is to be sent to again.
 * - `accepted`: taken over, its fate not yet known; ask `confirm` with the reference.
 * - `retry`: not now; at `retryAt` when the other side named a time.
 * - `doubtful`: it went out whole and no answer came: it may have arrived.
 * - `rejected`: this message, for what it holds; `afterAcceptance` when its carrier had accepted it before.
 * - `refused`: the channel takes nothing from us now, whatever it is.
 */
export type Outcome =
  | { readonly state: 'delivered'; readonly reference?: string; readonly recipients?: RecipientsLeft }
  | { readonly state: 'accepted'; readonly reference: string }
  | { readonly state: 'retry'; readonly reason: string; readonly retryAt?: Instant }
  | { readonly state: 'doubtful'; readonly reason: string }
  | { readonly state: 'rejected'; readonly reason: string; readonly afterAcceptance?: true }
  | { readonly state: 'refused'; readonly reason: string };

export type OutcomeState = Outcome['state'];

/** Recipients who did not get a mail that others got, by short names that are no addresses. */
export interface RecipientsLeft {
  /** Refused for now. */
  readonly later: readonly string[];
  /** Refused for good. */
  readonly never: readonly string[];
  /** What the server said of the first of them. */
  readonly reason: string;
}

/** A way to reach people about referrals. */
export interface Channel {
  /** Stable name that deliveries are recorded under: `teams`, `email`, `oncall-teams`, `pager`. */
  readonly id: string;
  readonly audience: 'sales' | 'on-call';
  /** Changes when its settings or binding do: a channel that refused is tried again then. No address. */
  readonly mark?: string;
  /** It goes to whoever is on shift rather than to all that it has. */
  readonly followsShifts?: true;
  /** The name that rules know it by, where that is not its id: `bot`, `bot:west`. */
  readonly routedAs?: string;
  /** It keeps an incident open for each referral until it hears that it is over. */
  readonly incidents?: true;
  /** Least milliseconds between two posts. */
  readonly paceMs: number;
  /** Tells one message. `now` inside the message is the poll's; reasons hold no address, token or customer text. */
  deliver(message: Message): Promise<Outcome>;
  /** Its cards can be brought up to date with `refresh`. */
  readonly editsCards?: true;
  /** Brings the card of an earlier message up to date without a word; answers what now stands there as its reference. */
  refresh?(message: AlertMessage): Promise<Outcome>;
  /** Asks what became of an accepted message. */
  confirm?(reference: string): Promise<Outcome>;
}

/** Something the person who runs this app should know. */
export interface OperatorMessage {
  /** What is wrong, as one key per trouble: `partner-center`, `sign-in`, `channel:teams`. */
  readonly trouble: string;
  readonly phase: 'began' | 'continues' | 'returned' | 'ended';
  readonly title: string;
  /** What it means and the exact next step. Safe to show: no address, token or customer text. */
  readonly text: string;
  readonly since: Instant;
  readonly now: Instant;
  /** It went out before, and no answer came. */
  readonly mayBeRepeat?: true;
}

/** A way to reach the operator: `operator-teams`, `operator-email`. */
export interface OperatorChannel {
  readonly id: string;
  tell(message: OperatorMessage): Promise<Outcome>;
  /** Tells of leads, as the last resort, where nobody else can be told. */
  deliver(message: Message): Promise<Outcome>;
}
