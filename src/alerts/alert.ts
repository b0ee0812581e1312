import type { Exit } from '../checkpoints/checkpoint.ts';
import type { Instant } from '../instant.ts';
import type { Expiry, ReferralFacts } from '../referrals/referral.ts';

export type Severity = 'reminder' | 'warning' | 'critical';

/** A moment before expiry with its audience. `name` is the setting's own word for it: `7d`, `24h`. */
export interface EscalationStep {
  readonly name: string;
  /** Milliseconds before expiry. */
  readonly before: number;
  readonly severity: Severity;
}

export type AlertKind = 'new' | 'escalation' | 'answered' | 'expired';

/** Something worth telling about one referral. */
export interface Alert {
  readonly kind: AlertKind;
  readonly referralId: string;
  readonly engagementId: string | null;
  /** The step of an escalation; null for every other kind. */
  readonly step: EscalationStep | null;
  /** An escalation whose referral nobody in this channel has heard of yet. */
  readonly firstTold: boolean;
  /** A run died while it was sending this one: the message may be there already. */
  readonly mayBeRepeat: boolean;
  /** Since when Partner Center could not confirm that the referral is still pending; null when it just did. */
  readonly unconfirmedSince: Instant | null;
  readonly expiry: Expiry;
  readonly exit: Exit | null;
  readonly facts: ReferralFacts;
}
