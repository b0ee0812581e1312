import type { Instant } from '../base/instant.ts';
import type { Alert, AlertKind, Severity } from '../model/alert.ts';
import { isExit } from '../model/alert-kinds.ts';
import type { Channel } from '../model/channel.ts';
import type { Exit } from '../model/checkpoint.ts';
import type { ReferralFacts } from '../model/referral.ts';
import {
  capital,
  countryName,
  dateInWords,
  expiryInWords,
  leftInWords,
  moneyInWords,
  qualificationName,
  typeName,
} from './format.ts';
import { clean, shownId } from './text.ts';

/** What one alert says, in plain cleaned text. Cards and mails escape it each in their own way. */
export interface Wording {
  readonly customer: string;
  /** Customer and deal. */
  readonly title: string;
  /** `New co-sell lead · 13 days left`: the state in words. */
  readonly state: string;
  readonly facts: readonly LabelledFact[];
  /** What the reader must know beside the facts: repeats, doubts, who has it. */
  readonly notes: readonly string[];
  readonly footer: string;
}

export interface LabelledFact {
  readonly label: string;
  readonly value: string;
  /** An id, to be searched for: not broken up. */
  readonly id?: true;
}

const SEVERITY: Record<Severity, string> = { reminder: 'Reminder', warning: 'Warning', critical: 'Critical' };

const EXIT: Record<Exit, string> = {
  accepted: 'accepted',
  declined: 'declined',
  won: 'accepted and won',
  lost: 'accepted and lost',
  expired: 'expired',
  gone: 'no longer listed',
};

/** Who it is about; never empty. */
export function customerOf(facts: Pick<ReferralFacts, 'customer'>): string {
  return clean(facts.customer ?? '', 120) || 'Customer not named';
}

/** Customer and deal in one line. */
export function titleOf(facts: Pick<ReferralFacts, 'customer' | 'deal'>): string {
  const customer = customerOf(facts);
  const deal = clean(facts.deal ?? '', 160);
  return deal === '' || deal === customer ? customer : `${customer} – ${deal}`;
}

/** The first few names, and how many more there are. */
export function listInWords(names: readonly string[]): string | null {
  const readable = names
    .slice(0, 200)
    .map(name => clean(name, 60))
    .filter(name => name !== '');
  if (readable.length === 0) return null;
  const shown = readable.slice(0, 4).join(', ');
  return names.length > 4 ? `${shown} and ${names.length - 4} more` : shown;
}

export function wordingOf(
  alert: Alert,
  now: Instant,
  timeZone: string,
  audience: Channel['audience'] = 'sales',
): Wording {
  return {
    customer: customerOf(alert.facts),
    title: titleOf(alert.facts),
    state: stateOf(alert, now),
    facts: factsOf(alert, timeZone),
    notes: notesOf(alert, timeZone),
    footer: footerOf(alert, audience),
  };
}

function stateOf(alert: Alert, now: Instant): string {
  const type = typeName(alert.facts.type);
  const left = leftInWords(alert.expiry.at - now);
  const severity = alert.step ? SEVERITY[alert.step.severity] : 'Reminder';
  const states: Record<AlertKind, string> = {
    new: `New ${type} · ${left}`,
    escalation: `${severity}: ${alert.firstTold ? 'new, unanswered' : 'unanswered'} ${type} · ${left}`,
    answered: `${capital(type)} answered: ${EXIT[alert.exit ?? 'accepted']}`,
    expired: `${capital(type)} expired without an answer`,
    gone: 'Partner Center no longer shows this referral: withdrawn, or hidden from our account',
  };
  return states[alert.kind];
}

function factsOf(alert: Alert, timeZone: string): LabelledFact[] {
  const { facts, expiry } = alert;
  const date = expiryInWords(expiry, timeZone);
  const id = { label: 'Referral', value: shownId(alert.referralId), id: true } as const;
  if (alert.kind === 'expired') return [{ label: 'Expired', value: date }, id];
  if (isExit(alert)) return [{ label: 'Expiry date', value: date }, id];
  return [
    ...given('Value', moneyInWords(facts.value)),
    ...given('Country', countryName(facts.country)),
    ...given('Solution', listInWords(facts.solutions)),
    ...given('Qualification', qualificationName(facts.qualification)),
    ...given('Request', facts.customerRequestedContact ? 'customer asks to be contacted' : null),
    { label: 'Expires', value: date },
    id,
  ];
}

/** A fact when there is something to say, else none. */
export function given(label: string, value: string | null): LabelledFact[] {
  return value === null || value === '' ? [] : [{ label, value }];
}

function notesOf(alert: Alert, timeZone: string): string[] {
  const notes: string[] = [];
  if (alert.unconfirmedSince !== null) {
    notes.push(
      `Status could not be confirmed since ${dateInWords(alert.unconfirmedSince, timeZone)}: Partner Center does not answer us. Somebody may have answered it meanwhile.`,
    );
  }
  if (alert.kind === 'escalation' && alert.firstTold) notes.push('Also new: it has not been told here before.');
  if (alert.claim && !isExit(alert)) {
    notes.push(
      `Claimed by ${clean(alert.claim.name, 80) || 'a colleague'} until ${dateInWords(alert.claim.until, timeZone)}.`,
    );
  }
  if (alert.mayBeRepeat) notes.push(REPEAT);
  return notes;
}

export const REPEAT = 'This may be a repeat: sending was cut off the first time.';

function footerOf({ kind }: Alert, audience: Channel['audience']): string {
  const why = audience === 'on-call' ? 'you are on call and nobody' : 'nobody';
  const pending = `You see this because ${why} has answered this referral in Partner Center yet. Accept or decline it there and these alerts stop.`;
  const footers: Record<AlertKind, string> = {
    new: pending,
    escalation: pending,
    answered: 'You see this because it was told here before. Nothing more will follow.',
    expired: 'You see this because it was told here before. It can no longer be answered.',
    gone: 'You see this because it was told here before. Nothing more will follow.',
  };
  return footers[kind];
}
