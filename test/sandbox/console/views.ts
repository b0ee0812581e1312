/** What the page shows, section by section. Every list is a list of things with an id. */
export interface ReferralView {
  readonly id: string;
  readonly customer: string;
  readonly deal: string | null;
  /** `Lead` or `Co-sell`. */
  readonly kind: string;
  readonly state: string;
  readonly pending: boolean;
  readonly place: string | null;
  readonly value: string | null;
  readonly createdAt: number;
  readonly expiresAt: number | null;
  /** Channels that took something about it, as people know them. */
  readonly told: readonly string[];
  /** Names of the rules that took it, joined by ` + `; null without rules. */
  readonly rule: string | null;
}

/** One message in a channel: a card, or what the pager was told. */
export interface MessageView {
  readonly id: string;
  /** `sales`, `on-call`, `operator`, or the name of a channel that only rules name. */
  readonly place: string;
  readonly at: number;
  readonly editedAt: number | null;
  readonly card: Readonly<Record<string, unknown>> | null;
  readonly page: { readonly action: string; readonly summary: string } | null;
}

export interface MailView {
  readonly id: string;
  readonly at: number;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** Where the HTML part is served from, locked into a frame; null without one. */
  readonly html: string | null;
  /** What the header `X-Alert-Kind` says. */
  readonly kind: string | null;
  readonly audience: 'sales' | 'on-call';
}

export interface CheckpointView {
  readonly id: string;
  readonly referralId: string;
  readonly partition: string;
  readonly customer: string | null;
  readonly expiry: string | null;
  readonly exit: string | null;
  readonly rule: string | null;
  /** What was told where, in words, with the state that colours it. */
  readonly deliveries: readonly { readonly state: string; readonly words: string }[];
  /** The row as it stands, property by property. */
  readonly row: Readonly<Record<string, string>>;
}

export interface PollView {
  readonly id: string;
  readonly at: number;
  readonly ok: boolean;
  readonly durationMs: number;
  /** What the run said of itself: `listed 8`, `told 3`. */
  readonly counts: readonly string[];
  /** Why it told what it told: `first seen × 3`. */
  readonly reasons: readonly string[];
  readonly troubles: readonly string[];
}

export interface ClockView {
  readonly id: 'clock';
  readonly now: number;
  readonly busy: boolean;
  readonly playing: boolean;
  readonly nextPollAt: number | null;
  readonly asked: number;
  readonly done: number;
  /** Whether it is working time; null where that is always. */
  readonly working: boolean | null;
}

/** How well the promise is kept: no lead expires that nobody was told about. */
export interface PromiseView {
  readonly id: 'promise';
  readonly leads: number;
  readonly told: number;
  readonly answered: number;
  readonly expiredUntold: number;
}

export interface SwitchView {
  readonly id: string;
  readonly on: boolean;
}

export interface Views {
  readonly clock: readonly ClockView[];
  readonly switches: readonly SwitchView[];
  readonly promise: readonly PromiseView[];
  readonly referrals: readonly ReferralView[];
  readonly messages: readonly MessageView[];
  readonly mails: readonly MailView[];
  readonly checkpoints: readonly CheckpointView[];
  readonly polls: readonly PollView[];
}

export type Section = keyof Views;

/** What changed in one section since the last message. `order` is left out when it stayed the same. */
export interface Change {
  readonly section: Section;
  readonly upsert: readonly { readonly id: string }[];
  readonly remove: readonly string[];
  readonly order?: readonly string[];
}
