import type { RuleConditions } from '../model/rule.ts';
import { asList, asRecord, didYouMean, type Fault, refuseUnknown, shown } from './rule-words.ts';

const TYPES = ['lead', 'co-sell'] as const;
const TYPES_OF_THE_API = new Map([
  ['independent', 'lead'],
  ['shared', 'co-sell'],
]);
const QUALIFICATIONS = ['None', 'Direct', 'MarketingQualified', 'SalesQualified'] as const;
const CONDITIONS = ['country', 'type', 'solution', 'qualification', 'value'];

/** The conditions of a rule; each fault is said, and what is left is what could be read. */
export function readConditions(value: unknown, fault: Fault): RuleConditions {
  const record = asRecord(value);
  if (!record || Object.keys(record).length === 0) {
    fault('has a "when" without a condition: give it one, such as { "country": "SE" }');
    return {};
  }
  refuseUnknown(record, ' in its "when"', CONDITIONS, fault);
  const words = <T>(key: string, read: (word: string) => T | null, otherwise: (word: unknown) => string) => {
    if (!(key in record)) return {};
    const items = asList(record[key]);
    if (items.length === 0) fault(`has no ${key} in the list of its "${key}": name at least one`);
    return { [key]: [...new Set(items.flatMap(item => readWord(item, read, otherwise, fault)))] };
  };
  return {
    ...words(
      'country',
      countryCode,
      word => `names the country ${shown(word)}: write its code, such as "${codeOf(word) ?? 'SE'}"`,
    ),
    ...words(
      'type',
      word => TYPES.find(known => known === word.toLowerCase()) ?? null,
      word => `names the type ${shown(word)}, which is neither "lead" nor "co-sell"${likelyType(word)}`,
    ),
    ...words(
      'solution',
      word => word,
      word => `names the solution ${shown(word)}: write a part of its name or id, such as "Dynamics"`,
    ),
    ...words(
      'qualification',
      word => QUALIFICATIONS.find(known => known.toLowerCase() === word.toLowerCase()) ?? null,
      word =>
        `names the qualification ${shown(word)}, which is none of ${QUALIFICATIONS.join(', ')}${didYouMean(word, QUALIFICATIONS)}`,
    ),
    ...('value' in record && readValue(record.value, fault)),
  };
}

function readWord<T>(
  item: unknown,
  read: (word: string) => T | null,
  otherwise: (word: unknown) => string,
  fault: Fault,
): T[] {
  const word = typeof item === 'string' ? read(item.trim()) : null;
  if (word !== null && word !== '') return [word];
  fault(otherwise(item));
  return [];
}

/** `SE`, in capitals, by its present name: `UK` is `GB`. */
function countryCode(word: string): string | null {
  if (!/^[a-z]{2}$/i.test(word)) return null;
  return new Intl.Locale(`und-${word}`).region ?? null;
}

/** The code of a country by its English name. */
function codeOf(word: unknown): string | null {
  const name = typeof word === 'string' ? word.trim().toLowerCase() : '';
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const codes = letters.flatMap(first => letters.map(second => first + second));
  return codes.find(code => names.of(code)?.toLowerCase() === name) ?? null;
}

function likelyType(word: unknown): string {
  const ours = typeof word === 'string' ? TYPES_OF_THE_API.get(word.trim().toLowerCase()) : undefined;
  return ours ? `; did you mean "${ours}"?` : didYouMean(word, TYPES);
}

function readValue(value: unknown, fault: Fault): Pick<RuleConditions, 'value'> {
  const record = asRecord(value);
  const atLeast = record?.atLeast;
  if (record) refuseUnknown(record, ' in its "value"', ['atLeast', 'currency'], fault);
  if (typeof atLeast !== 'number' || !(atLeast >= 0)) {
    fault('has a "value" without a number from which it holds: write { "atLeast": 50000, "currency": "EUR" }');
    return {};
  }
  const currency = record?.currency ?? null;
  if (currency === null) return { value: { atLeast, currency: null } };
  const code = typeof currency === 'string' ? currency.trim().toUpperCase() : '';
  if (!/^[A-Z]{3}$/.test(code)) fault(`names the currency ${shown(currency)}: write its code, such as "EUR"`);
  return { value: { atLeast, currency: code } };
}
