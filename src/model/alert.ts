import type { Instant } from '../base/instant.ts';
import type { Claim, Exit } from './checkpoint.ts';
import type { Expiry, ReferralFacts } from './referral.ts';

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

/** Something worth telling about one referral. */
export interface Alert {
  readonly kind: AlertKind;
  readonly referralId: string;
  readonly engagementId: string | null;
  /** The step of an escalation; null for every other kind. */
  readonly step: EscalationStep | null;
  /** An escalation whose referral nobody in this channel has heard of yet; on-call counts what anybody has heard. */
  readonly firstTold: boolean;
  /** A run died while it was sending this one: the message may be there already. */
  readonly mayBeRepeat: boolean;
  /** Since when Partner Center could not confirm that the referral is still pending; null when it just did. */
  readonly unconfirmedSince: Instant | null;
  readonly expiry: Expiry;
  readonly exit: Exit | null;
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
