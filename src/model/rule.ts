import type { ReferralFacts } from './referral.ts';

/** What rules ask about a referral; must be known whole before they can decide. Holds no person. */
export type RoutingFacts = Pick<ReferralFacts, 'country' | 'type' | 'solutions' | 'qualification' | 'value'>;

/** The conditions of a rule. All must hold; of a list, one. */
export interface RuleConditions {
  /** ISO 3166 codes, in capitals. */
  readonly country?: readonly string[];
  readonly type?: readonly ('lead' | 'co-sell')[];
  /** Each a part of a name or id of what is asked for. */
  readonly solution?: readonly string[];
  /** The API's words. */
  readonly qualification?: readonly string[];
  readonly value?: { readonly atLeast: number; readonly currency: string | null };
}

/** Picks channels for referrals. */
export interface Rule {
  readonly name: string;
  /** Null takes everything. */
  readonly when: RuleConditions | null;
  /** `teams`, `email:nordics`, `bot`; empty when none of those it names is set. */
  readonly channels: readonly string[];
  /** Who of on-call hears `critical`; empty for all of them. */
  readonly onCall: readonly string[];
  /** Whether the rules below are read too when this one fits. */
  readonly continues: boolean;
}

const JOINT = ' + ';

/**
 * The rules that a kept route names: `A + B`. A name may itself hold what joins them, so known ones are looked for first, the
 * longest before others.
 */
export function rulesIn(route: string, known: readonly string[]): readonly string[] {
  const parts = route.split(JOINT);
  const names: string[] = [];
  while (parts.length > 0) {
    let length = parts.length;
    while (length > 1 && !known.includes(parts.slice(0, length).join(JOINT))) length -= 1;
    names.push(parts.splice(0, length).join(JOINT));
  }
  return names;
}
