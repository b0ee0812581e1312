import { decodeHTML } from 'entities/decode';
import type { Instant } from '../base/instant.ts';
import { asObject, type WireObject } from './wire-object.ts';

/**
 * Hand-made readers of single wire values: whatever comes, they answer a value or null and never throw. This is the one place
 * that reads other people's text, so it is bounded here: no text, list or step of it grows without end.
 */

/** A list, also where one object stands in its place or nothing at all. Empty objects say nothing. */
export function asObjects(value: unknown): readonly WireObject[] {
  const list = Array.isArray(value) ? value.slice(0, LONGEST_LIST) : [value];
  return list.map(asObject).filter(item => Object.keys(item).length > 0);
}

/** A customer has not more contacts, and asks for no more solutions, than anybody would read. */
const LONGEST_LIST = 100;
/** In characters: what is longer is no name. */
const LONGEST_LINE = 200;
const LONGEST_TEXT = 10_000;
/** Characters that may be written for one that is read: `&CounterClockwiseContourIntegral;`. */
const LONGEST_ENTITY = 34;

// Overrides of the writing direction can make a name read as another one.
const DIRECTION_OVERRIDES = /[\u202A-\u202E\u2066-\u2069]/g;
const CONTROLS_AND_SPACE = /[\p{Cc}\p{Zl}\p{Zp}\s]+/gu;
// Most values are plain words with single spaces between them, where nothing needs decoding; a page has a thousand of them.
const PLAIN = /^[!-%'-~]+(?: [!-%'-~]+)*$/;

/** Text on one line: entities decoded once, controls and runs of space folded; null when nothing is left. */
export function asLine(value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return null;
  if (value.length <= LONGEST_LINE && PLAIN.test(value)) return value;
  const text = decodeHTML(value.slice(0, LONGEST_LINE * LONGEST_ENTITY))
    .replace(DIRECTION_OVERRIDES, '')
    .replace(CONTROLS_AND_SPACE, ' ')
    .trim();
  return text === '' ? null : bounded(text, LONGEST_LINE);
}

/** Cut between characters, and seen to be cut. */
function bounded(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** Text that may have several lines. */
export function asText(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const text = decodeHTML(value.slice(0, LONGEST_TEXT * LONGEST_ENTITY))
    .replace(DIRECTION_OVERRIDES, '')
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .trim();
  return text === '' ? null : bounded(text, LONGEST_TEXT);
}

export function asBoolean(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') return null;
  const word = value.trim().toLowerCase();
  return word === 'true' ? true : word === 'false' ? false : null;
}

/** A number, also as a string; null when it is none. */
export function asNumber(value: unknown): number | null {
  if (typeof value === 'string' && value.trim() === '') return null;
  if (typeof value !== 'number' && typeof value !== 'string') return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

// What Partner Center writes, and what JavaScript reads as it stands.
const UTC_DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;
const DATE_TIME = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(?:\.(\d*))?)?(Z|[+-]\d{2}:?\d{2})?$/i;
// .NET's least and greatest dates, the years 1 and 9999, stand for none; nothing in Partner Center is older than this.
const EARLIEST = Date.UTC(2000, 0, 1);
const LATEST = Date.UTC(9999, 0, 1);
const LONGEST_DATE = 64;

/** A date-time with any number of fraction digits; without a zone it is UTC. Null for anything else. */
export function asInstant(value: unknown): Instant | null {
  if (typeof value !== 'string' || value.length > LONGEST_DATE) return null;
  const instant = UTC_DATE_TIME.test(value) ? Date.parse(value) : anyInstant(value);
  return instant >= EARLIEST && instant < LATEST && isDay(value.trim()) ? instant : null;
}

/** JavaScript reads 30 February as 2 March. */
function isDay(text: string): boolean {
  const day = text.slice(8, 10);
  return day <= '28' || new Date(Date.parse(text.slice(0, 10))).getUTCDate() === Number(day);
}

function anyInstant(value: string): Instant {
  const match = DATE_TIME.exec(value.trim());
  if (!match) return Number.NaN;
  const [, date, time = '00:00:00', fraction = '', zone = 'Z'] = match;
  const offset = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone.toUpperCase();
  return Date.parse(
    `${date}T${time.length === 5 ? `${time}:00` : time}.${fraction.padEnd(3, '0').slice(0, 3)}${offset}`,
  );
}

/** A code such as `LearningAndCertification` or `Microsoft365` as words; text that has spaces already stays. */
export function inWordsOfCode(code: string): string {
  if (/\s/.test(code)) return code;
  return code
    .replace(/([a-z])(?=[A-Z0-9])|(\d)(?=[A-Z])/g, '$& ')
    .replace(/[A-Z](?=[A-Z][a-z])/g, '$& ')
    .replace(/[_]+/g, ' ')
    .trim();
}
