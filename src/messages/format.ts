import { DAY, HOUR, type Instant, MINUTE } from '../base/instant.ts';
import type { Expiry, Money } from '../model/referral.ts';
import { clean } from './text.ts';

// Each is made when it is first needed, for the first use of Intl costs 20 ms, and kept, for making one costs more than
// everything else in a row of a card.
const dateFormats = new Map<string, Intl.DateTimeFormat>();
let numberFormat: Intl.NumberFormat | undefined;
let regionNames: Intl.DisplayNames | undefined;

function dateFormat(timeZone: string): Intl.DateTimeFormat {
  const kept = dateFormats.get(timeZone);
  if (kept) return kept;
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  });
  dateFormats.set(timeZone, made);
  return made;
}

/** `Tue 17 Nov 2026, 00:00 UTC`, in an IANA zone. */
export function dateInWords(at: Instant, timeZone: string): string {
  if (!(Math.abs(at) <= 8.64e15)) return 'at an unknown date';
  const parts = dateFormat(timeZone).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find(each => each.type === type)?.value ?? '';
  // en-GB writes "Sept"; every other month has three letters.
  const month = part('month').slice(0, 3);
  return `${part('weekday')} ${part('day')} ${month} ${part('year')}, ${part('hour')}:${part('minute')} ${part('timeZoneName')}`;
}

/** The expiry date, with its zone and whether it is our estimate. */
export function expiryInWords(expiry: Expiry, timeZone: string): string {
  const date = dateInWords(expiry.at, timeZone);
  return expiry.source === 'estimated' ? `${date} (estimated)` : date;
}

const count = (n: number, unit: string) => `${n} ${unit}${n === 1 ? '' : 's'}`;

/** `13 days`, `2 days 5 hours`, `6 hours`, `20 minutes`: as exact as its nearness deserves. Null when nothing is left. */
function timeLeft(milliseconds: number): string | null {
  if (milliseconds <= 0) return null;
  const days = Math.floor(milliseconds / DAY);
  const hours = Math.floor((milliseconds % DAY) / HOUR);
  if (days >= 4) return count(days, 'day');
  if (days >= 1) return hours > 0 ? `${count(days, 'day')} ${count(hours, 'hour')}` : count(days, 'day');
  if (hours >= 1) return count(hours, 'hour');
  return count(Math.max(1, Math.floor(milliseconds / MINUTE)), 'minute');
}

/** `6 hours left`, or that the time is over. */
export function leftInWords(milliseconds: number): string {
  const left = timeLeft(milliseconds);
  return left === null ? 'expiry date has passed' : `${left} left`;
}

/** `6h`, `3d`, `20m`: one unit, for the head of a subject. */
export function timeLeftShort(milliseconds: number): string {
  if (milliseconds >= DAY) return `${Math.floor(milliseconds / DAY)}d`;
  if (milliseconds >= HOUR) return `${Math.floor(milliseconds / HOUR)}h`;
  return `${Math.max(0, Math.floor(milliseconds / MINUTE))}m`;
}

/** `EUR 250,000`; the bare number when the currency is missing; null when there is nothing to show. */
export function moneyInWords(value: Money | null): string | null {
  if (value === null || !Number.isFinite(value.amount)) return null;
  numberFormat ??= new Intl.NumberFormat('en', { maximumFractionDigits: 2 });
  const number = numberFormat.format(value.amount);
  const currency = clean(value.currency ?? '', 12);
  return currency === '' ? number : `${currency.toUpperCase()} ${number}`;
}

/** `Netherlands` for `NL`; anything that is no code is shown as it came. */
export function countryName(country: string | null): string | null {
  const text = clean(country ?? '', 60);
  if (text === '') return null;
  if (!/^[A-Za-z]{2}$/.test(text)) return text;
  regionNames ??= new Intl.DisplayNames('en', { type: 'region', fallback: 'code' });
  return regionNames.of(text.toUpperCase()) ?? text;
}

/** What Partner Center calls a type, as sales says it. */
export function typeName(type: string | null): string {
  if (type === 'Independent') return 'lead';
  if (type === 'Shared') return 'co-sell opportunity';
  return 'referral';
}

/** `MarketingQualified` → `marketing qualified`. Null for nothing and for `None`. */
export function qualificationName(qualification: string | null): string | null {
  const text = clean(qualification ?? '', 60);
  if (text === '' || text === 'None') return null;
  return text.replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ').toLowerCase();
}

/** The first letter large. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
