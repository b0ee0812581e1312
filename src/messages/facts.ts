import { isMeant, type Money, type ReferralFacts } from '../model/referral.ts';
import { clean, shown } from './text.ts';
import type { Qualification, Sort, Words } from './words/words.ts';

/** Who it is about; never empty. */
export function customerOf(facts: Pick<ReferralFacts, 'customer'>, words: Words): string {
  return shown(facts.customer ?? '', 120) || words.lead.unnamed();
}

/** The deal, unless it is only the customer's name again. */
export function dealOf({ customer, deal }: Pick<ReferralFacts, 'customer' | 'deal'>): string | null {
  const text = shown(deal ?? '', 160);
  return text === '' || text === shown(customer ?? '', 120) ? null : text;
}

/** Customer and deal in one line. */
export function titleOf(facts: Pick<ReferralFacts, 'customer' | 'deal'>, words: Words): string {
  const customer = customerOf(facts, words);
  const deal = dealOf(facts);
  return deal === null ? customer : words.lead.titled(customer, deal);
}

/** What sales calls a type of Partner Center. */
export function sortOf(type: string | null): Sort {
  if (type === 'Independent') return 'lead';
  return type === 'Shared' ? 'co-sell' : 'referral';
}

/** Null when there is nothing to show, or nothing that anybody could mean. */
export function moneyInWords(value: Money | null, words: Words): string | null {
  if (value === null || !isMeant(value)) return null;
  const currency = clean(value.currency ?? '', 12).toUpperCase();
  return words.forms.money({ amount: value.amount, currency: currency === '' ? null : currency });
}

/** `Netherlands` for `NL`; anything that is no code is shown as it came. */
export function countryInWords(country: string | null, words: Words): string | null {
  const text = shown(country ?? '', 60);
  if (text === '') return null;
  return (/^[A-Za-z]{2}$/.test(text) ? words.forms.country(text.toUpperCase()) : null) ?? text;
}

const QUALIFICATIONS = new Map<string, Qualification>([
  ['direct', 'direct'],
  ['marketingqualified', 'marketing'],
  ['salesqualified', 'sales'],
]);

/** Null for nothing and for `None`; a word of Partner Center's that we do not know is shown as words. */
export function qualificationInWords(qualification: string | null, words: Words): string | null {
  const text = shown(qualification ?? '', 60);
  if (text === '' || text === 'None') return null;
  const known = QUALIFICATIONS.get(text.toLowerCase());
  return known ? words.facts.qualification(known) : text.replace(/(\p{Ll})(?=\p{Lu})/gu, '$1 ').toLowerCase();
}

/** The first few names, and how many more there are; null when there are none. */
export function namesInWords(names: readonly string[], words: Words): string | null {
  const readable = names
    .slice(0, 200)
    .map(name => shown(name, 60))
    .filter(name => name !== '');
  if (readable.length === 0) return null;
  const few = readable.slice(0, 4);
  return names.length > 4 ? words.facts.andMore(few, names.length - 4) : words.forms.items(few);
}

/** Items of a line, separated by dots, the first with a large letter; empty ones are left out. */
export function line(words: Words, ...items: readonly (string | null)[]): string {
  return words.forms.capital(items.filter(item => item !== null && item !== '').join(' · '));
}

/** A colleague's name as it may be shown; never empty. */
export function personInWords(name: string | null | undefined, words: Words): string {
  return shown(name ?? '', 80) || words.notes.someColleague();
}
