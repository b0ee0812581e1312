import type { Instant } from '../base/instant.ts';

/** The instant a pending referral becomes Expired, and whether the API said so or we worked it out. */
export interface Expiry {
  readonly at: Instant;
  readonly source: 'reported' | 'estimated';
}

/** What a list page tells of a pending referral: enough to decide, not to show. */
export interface PendingReferral {
  readonly id: string;
  readonly type: string | null;
  readonly createdAt: Instant | null;
  readonly reportedExpiry: Instant | null;
}

/** Where a referral stands. `pending` is ours to answer; `received` is still open; the others have left Pending. */
export type ReferralState = 'pending' | 'received' | 'accepted' | 'declined' | 'won' | 'lost' | 'expired' | 'other';

export interface Money {
  readonly amount: number;
  /** ISO 4217, or null when Partner Center names none. */
  readonly currency: string | null;
}

/** Whether anybody can have meant an amount: beyond this nobody reads one. */
export function isMeant({ amount }: Money): boolean {
  return Math.abs(amount) < 1e15;
}

/** The part of a referral that may be kept and shown to a whole channel: no person, no note. */
export interface ReferralSummary {
  readonly customer: string | null;
  readonly country: string | null;
  readonly value: Money | null;
  readonly type: string | null;
}

/** A summary with what only a fresh read tells. Still nothing of a person. */
export interface ReferralFacts extends ReferralSummary {
  readonly deal: string | null;
  /** Names of solutions and products asked for, readable, in the API's order. */
  readonly solutions: readonly string[];
  readonly qualification: string | null;
  readonly customerRequestedContact: boolean;
}

/** The facts of a referral that could not be read. */
export const NOTHING_KNOWN: ReferralFacts = {
  customer: null,
  country: null,
  value: null,
  type: null,
  deal: null,
  solutions: [],
  qualification: null,
  customerRequestedContact: false,
};

/** Somebody at the customer. Personal data: only for the one who asks for details, never kept, never logged. */
export interface Contact {
  readonly name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
}

/** One referral, read whole by id. */
export interface Referral {
  readonly id: string;
  readonly engagementId: string | null;
  readonly state: ReferralState;
  /** The API's own words, for display. */
  readonly status: string | null;
  readonly substatus: string | null;
  readonly createdAt: Instant | null;
  readonly reportedExpiry: Instant | null;
  readonly facts: ReferralFacts;
  /** Names and ids of all solutions and products asked for. */
  readonly askedFor: readonly string[];
  readonly city: string | null;
  readonly customerSize: string | null;
  readonly notes: string | null;
  readonly contacts: readonly Contact[];
  /** False when the customer said no; null when nothing was said. */
  readonly consentToContact: boolean | null;
  readonly invitedBy: string | null;
  /** The resource as it came, for callers of the detail endpoint. */
  readonly resource: Readonly<Record<string, unknown>>;
}

/** What of the resource is neither written by people nor about them. */
const IMPERSONAL = [
  ...['id', 'engagementId', 'type', 'direction', 'status', 'substatus'],
  ...['createdDateTime', 'updatedDateTime', 'expirationDateTime'],
];

/** A referral as it is shown once what people wrote of it is to be forgotten: how it stands and until when, no more. */
export function bareReferral(referral: Referral): Referral {
  const { id, engagementId, state, status, substatus, createdAt, reportedExpiry, facts, resource } = referral;
  return {
    ...{ id, engagementId, state, status, substatus, createdAt, reportedExpiry },
    facts: { ...NOTHING_KNOWN, type: facts.type },
    askedFor: [],
    ...{ city: null, customerSize: null, notes: null, contacts: [], consentToContact: null, invitedBy: null },
    resource: Object.fromEntries(IMPERSONAL.filter(name => name in resource).map(name => [name, resource[name]])),
  };
}
