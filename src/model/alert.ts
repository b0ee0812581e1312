import type { Instant } from '../base/instant.ts';
import type { Exit } from './exit.ts';
import type { Expiry, ReferralFacts } from './referral.ts';
import type { OnDuty } from './shift.ts';
import type { Claim } from './trail.ts';

export type Severity = 'reminder' | 'warning' | 'critical';

/** A moment before expiry with its audience. `name` is the setting's own word for it: `7d`, `24h`. */
export interface EscalationStep {
  readonly name: string;
  /** Milliseconds before expiry. */
  readonly before: number;
  readonly severity: Severity;
}

/** What there is to tell of one referral; `alert-kinds.ts` says what goes with each. */
export type AlertKind = 'new' | 'escalation' | 'answered' | 'expired' | 'gone';

/** What the reader must know beside the facts. `NOTHING_ELSE` is none of it. */
export interface Remarks {
  /** Nobody in this channel has heard of the referral yet, and the kind does not say so; on-call counts what anybody has heard. */
  readonly firstTold: boolean;
  /** A run died while it was sending this one, or no answer came: the message may be there already. */
  readonly mayBeRepeat: boolean;
  /** Since when Partner Center could not confirm how the referral stands; null when it just did. */
  readonly unconfirmedSince: Instant | null;
  /** The expiry that was told before, when it has moved since. */
  readonly movedFrom: Instant | null;
  /** Its expiry has passed by a day and Partner Center still shows it as pending. */
  readonly datePassed: boolean;
  /** The creation date could not be read, so the expiry rests on when we first saw it. */
  readonly createdUnsure: boolean;
  /** An exit that nobody anywhere was told of before. */
  readonly nobodyTold: boolean;
  /** The names of the rules that took it; null without rules. */
  readonly route: string | null;
  /** What the rules ask about could not be read, so that the catch-all has it for now. */
  readonly factsUnknown: boolean;
  /** Who is on call now, of what is critical. */
  readonly onDuty: readonly OnDuty[];
}

export const NOTHING_ELSE: Remarks = {
  firstTold: false,
  mayBeRepeat: false,
  unconfirmedSince: null,
  movedFrom: null,
  datePassed: false,
  createdUnsure: false,
  nobodyTold: false,
  route: null,
  factsUnknown: false,
  onDuty: [],
};

/** Something worth telling about one referral. */
export interface Alert extends Remarks {
  readonly kind: AlertKind;
  readonly referralId: string;
  readonly engagementId: string | null;
  /** The step of an escalation; null for every other kind. */
  readonly step: EscalationStep | null;
  readonly expiry: Expiry;
  /** When we first saw it: an answer is counted from there. Null when that is not known. */
  readonly firstSeenAt: Instant | null;
  readonly exit: Exit | null;
  /** Partner Center's own word for how it was answered, where we have none for it. */
  readonly exitWord: string | null;
  /** The colleague who has taken it on, while that lasts. */
  readonly claim: Claim | null;
  readonly facts: ReferralFacts;
}

/** An alert before the referral was read whole: all that is decided, nothing that is only shown. */
export type AlertDraft = Omit<Alert, 'facts'>;

/** The name a delivery is recorded under: `new`, `escalation:24h`, `answered`, `expired`, `gone`. */
export function alertName(alert: Pick<Alert, 'kind' | 'step'>): string {
  return alert.step ? `escalation:${alert.step.name}` : alert.kind;
}
