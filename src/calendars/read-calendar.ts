import type ICAL from 'ical.js';
import { Temporal } from 'temporal-polyfill';
import { DAY, type Instant } from '../base/instant.ts';
import type { Shift } from '../model/shift.ts';
import { readCalendarText } from './calendar-text.ts';
import { type Occurrence, occurrencesOf } from './occurrences.ts';
import { peopleOf, textOf } from './people.ts';
import { zoneNamed } from './zones.ts';

/** From when to when a calendar is read, and whose days its days are. */
export interface Span {
  readonly from: Instant;
  readonly to: Instant;
  /** IANA name; also for times without a zone, or with one that nobody knows. */
  readonly zone: string;
}

export interface ShiftsReading {
  /** By their start. */
  readonly shifts: readonly Shift[];
  /** Shifts that name nobody's address: nobody's. */
  readonly withoutAddress: number;
  /** Events that could not be read. */
  readonly unread: number;
}

export interface HolidaysReading {
  /** As `2026-12-25`, in order. */
  readonly days: readonly string[];
  readonly unread: number;
}

/** The shifts of an iCalendar text, or why it is none; in steps, for a calendar may be large. */
export function* readShifts(text: string, span: Span): Generator<void, ShiftsReading | { readonly problem: string }> {
  const read = yield* occurrencesIn(text, span);
  if ('problem' in read) return read;
  const all = read.occurrences.map(({ event, start, end }) => ({
    from: start.epochMilliseconds,
    to: end.epochMilliseconds,
    people: peopleOf(event),
  }));
  const shifts = all.filter(({ people }) => people.length > 0).sort((a, b) => a.from - b.from || a.to - b.to);
  return { shifts, withoutAddress: all.length - shifts.length, unread: read.unread };
}

/** The whole days off of an iCalendar text, or why it is none; in steps. */
export function* readHolidayList(
  text: string,
  span: Span,
): Generator<void, HolidaysReading | { readonly problem: string }> {
  const read = yield* occurrencesIn(text, span);
  if ('problem' in read) return read;
  const days = read.occurrences.filter(({ event, isDays }) => isDays && !isObservance(event)).flatMap(daysOf);
  return { days: [...new Set(days)].sort(), unread: read.unread };
}

function* occurrencesIn(text: string, { from, to, zone }: Span) {
  const calendar = yield* readCalendarText(text);
  if ('problem' in calendar) return calendar;
  const known = new Map<string, string | null>();
  const zoneOf = (name: string) => {
    if (!known.has(name)) known.set(name, zoneNamed(name, calendar.zones.get(name), from));
    return known.get(name) ?? null;
  };
  const window = {
    from: Temporal.Instant.fromEpochMilliseconds(from),
    to: Temporal.Instant.fromEpochMilliseconds(to),
  };
  const occurrences: Occurrence[] = [];
  let { unread } = calendar;
  const near = { from: dayText(from - 2 * DAY), to: dayText(to + 2 * DAY) };
  for (const series of inSeries(calendar.events)) {
    if (series.every(event => isFarFrom(event, near))) continue;
    const read = yield* occurrencesOf(series, window, { local: zone, named: zoneOf });
    occurrences.push(...read.occurrences);
    unread += read.unread;
  }
  return { occurrences, unread };
}

function dayText(at: Instant): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** Told by the days as they are written, for a calendar may hold years of events and zones are dear. */
function isFarFrom(event: ICAL.Component, near: { readonly from: string; readonly to: string }): boolean {
  if (event.hasProperty('rrule') || event.hasProperty('rdate') || event.hasProperty('recurrence-id')) return false;
  const [start, end] = ['dtstart', 'dtend'].map(name => {
    const [, , , value] = event.getFirstProperty(name)?.toJSON() ?? [];
    return /^(\d{4}-\d{2}-\d{2})T\d|^(\d{4}-\d{2}-\d{2})$/.exec(String(value))?.[0].slice(0, 10);
  });
  return start !== undefined && end !== undefined && start <= end && (start > near.to || end < near.from);
}

/** Events of one name belong together. */
function inSeries(events: readonly ICAL.Component[]): Iterable<readonly ICAL.Component[]> {
  return Map.groupBy(events, (event, index) => textOf(event, 'uid') || `unnamed ${index}`).values();
}

function daysOf({ start, end }: Occurrence): string[] {
  const first = start.toPlainDate();
  const { days } = first.until(end.toPlainDate(), { largestUnit: 'days' });
  return Array.from({ length: Math.min(days, 400) }, (_, i) => first.add({ days: i }).toString());
}

// How a description begins on a day on which people work, in the languages of lists that say so.
const OBSERVANCES =
  /^\s*(observance|gedenktag|brauchtumstag|célébration|commémoration|journée commémorative|celebración|conmemoración|observancia|gedenkdag|herdenkingsdag|viering|obchody|dzień pamięci|święto nieustawowe|anma günü|kutlama|özel gün|記念日|ricorrenza|osservanza|comemoração|observância)(?!\p{L})/iu;

function isObservance(event: ICAL.Component): boolean {
  const description = textOf(event, 'description');
  return OBSERVANCES.test(description) || description.split('\n').slice(1).some(saysHowToHide);
}

/** In any language, only Google's observances go on to say where they can be hidden. */
function saysHowToHide(line: string): boolean {
  const google = line.indexOf('Google');
  return google >= 0 && /[>＞]/.test(line.slice(google));
}
