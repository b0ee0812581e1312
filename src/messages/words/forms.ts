import { DAY, HOUR, type Instant, MINUTE } from '../../base/instant.ts';
import type { Money } from '../../model/referral.ts';

export type Unit = 'day' | 'hour' | 'minute';

/** How a language writes what is not words: dates, money, countries, lists, durations. All of it by `Intl`. */
export interface Forms {
  /** `Fri 27 Nov`, in an IANA zone. */
  day(at: Instant, timeZone: string): string;
  /** `Fri 27 Nov, 19:00` */
  moment(at: Instant, timeZone: string): string;
  /** `Fri 27 Nov 2026, 19:00 CET` */
  exact(at: Instant, timeZone: string): string;
  number(value: number): string;
  /** `EUR 250,000`; the bare number without a currency. */
  money(value: Money): string;
  /** `Netherlands` for `NL`; null for a code that is none. */
  country(code: string): string | null;
  /** `a, b and c` */
  list(items: readonly string[]): string;
  /** `a, b, c`: names side by side. */
  items(items: readonly string[]): string;
  /** `24 hours` */
  units(count: number, unit: Unit): string;
  /** `13 days`, `2 days 5 hours`, `6 hours`, `20 minutes`: as exact as its nearness deserves; at least a minute. */
  duration(milliseconds: number): string;
  /** `13d`, `6h`: one unit, short, for the head of a subject. */
  shortDuration(milliseconds: number): string;
  /** The form that goes with a number. */
  plural(count: number, forms: Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string }): string;
  /** The first letter large, as this language does it. */
  capital(text: string): string;
  /** `Country:`, before what it names. */
  label(name: string): string;
  /** One after the other, each with its full stop. */
  sentences(texts: readonly string[]): string;
}

/** What `Intl` does not know of a language. Commas and stops are those of English unless said. */
export interface Signs {
  /** Said of a date that is none. */
  readonly unknownDate: string;
  readonly comma?: string;
  readonly colon?: string;
  readonly stop?: string;
  readonly betweenSentences?: string;
  /** How short the shortest unit of time is; where one letter says too little, `short`. */
  readonly shortUnits?: 'narrow' | 'short' | 'long';
  /** How days and hours stand together: `conjunction` where people put an *and* between them. */
  readonly duration?: 'unit' | 'conjunction';
}

const DATE = { weekday: 'short', day: 'numeric', month: 'short' } as const;
const TIME = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;

/**
 * The forms of a locale. Each formatter is made when it is first needed, for the first use of Intl costs 20 ms, and kept,
 * for making one costs more than everything else in a row of a card.
 */
export function createForms(locale: string, signs: Signs): Forms {
  const { unknownDate, comma = ', ', colon = ':', stop = '.', betweenSentences = ' ' } = signs;
  const { shortUnits = 'narrow', duration: together = 'unit' } = signs;
  const kept = new Map<string, unknown>();
  function once<T>(name: string, make: () => T): T {
    let value = kept.get(name) as T | undefined;
    if (value === undefined) {
      value = make();
      kept.set(name, value);
    }
    return value;
  }
  const date = (at: Instant, timeZone: string, name: string, shape: Intl.DateTimeFormatOptions) =>
    Math.abs(at) <= 8.64e15
      ? once(`${name} ${timeZone}`, () => new Intl.DateTimeFormat(locale, { ...shape, timeZone })).format(at)
      : unknownDate;
  const decimal = (value: number) =>
    once('number', () => new Intl.NumberFormat(locale, { maximumFractionDigits: 2 })).format(value);
  const units = (count: number, unit: Unit, unitDisplay: 'long' | 'short' | 'narrow') =>
    once(`${unitDisplay} ${unit}`, () => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay })).format(
      count,
    );

  return {
    day: (at, timeZone) => date(at, timeZone, 'day', DATE),
    moment: (at, timeZone) => date(at, timeZone, 'moment', { ...DATE, ...TIME }),
    exact: (at, timeZone) => date(at, timeZone, 'exact', { ...DATE, year: 'numeric', ...TIME, timeZoneName: 'short' }),
    number: decimal,
    money({ amount, currency }) {
      if (currency === null) return decimal(amount);
      if (!/^[A-Z]{3}$/.test(currency)) return `${currency} ${decimal(amount)}`;
      const shape = { currencyDisplay: 'code', minimumFractionDigits: 0, maximumFractionDigits: 2 } as const;
      const format = once(
        `money ${currency}`,
        () => new Intl.NumberFormat(locale, { style: 'currency', currency, ...shape }),
      );
      return tidyMoney(format.formatToParts(amount));
    },
    country: code =>
      once('region', () => new Intl.DisplayNames(locale, { type: 'region', fallback: 'none' })).of(code) ?? null,
    list: items => once('list', () => new Intl.ListFormat(locale, { type: 'conjunction' })).format(items),
    items: items => items.join(comma),
    units: (count, unit) => units(count, unit, 'long'),
    duration(milliseconds) {
      const parts = exactly(milliseconds).map(([count, unit]) => units(count, unit, 'long'));
      return once(
        'span',
        () => new Intl.ListFormat(locale, { type: together, style: together === 'unit' ? 'narrow' : 'long' }),
      ).format(parts);
    },
    shortDuration(milliseconds) {
      const [[count, unit]] = exactly(milliseconds);
      return units(count, unit, shortUnits);
    },
    plural: (count, forms) => forms[once('plural', () => new Intl.PluralRules(locale)).select(count)] ?? forms.other,
    capital: text => text.charAt(0).toLocaleUpperCase(locale) + text.slice(1),
    label: name => name + colon,
    sentences: texts => texts.map(text => text.replace(/[.:。]?$/, stop)).join(betweenSentences),
  };
}

type Span = readonly [readonly [number, Unit], ...(readonly [number, Unit])[]];

function exactly(milliseconds: number): Span {
  const days = Math.floor(milliseconds / DAY);
  const hours = Math.floor((milliseconds % DAY) / HOUR);
  if (days >= 4 || (days >= 1 && hours === 0)) return [[days, 'day']];
  if (days >= 1) {
    return [
      [days, 'day'],
      [hours, 'hour'],
    ];
  }
  if (hours >= 1) return [[hours, 'hour']];
  return [[Math.max(1, Math.floor(milliseconds / MINUTE)), 'minute']];
}

// Intl sets a space that does not break between code and amount; it is an ordinary one here, so that the amount can be searched for.
function tidyMoney(parts: readonly Intl.NumberFormatPart[]): string {
  return parts.map(({ type, value }) => (type === 'literal' ? value.replaceAll('\u00a0', ' ') : value)).join('');
}
