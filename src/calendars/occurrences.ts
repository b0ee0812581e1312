import type ICAL from 'ical.js';
import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import { endAfter, isWholeDays, startOf } from './event-times.ts';
import { type Moment, momentsOf, type ZoneNames } from './moments.ts';
import { turnsOf } from './this-and-future.ts';

/** One time that an event takes place. */
export interface Occurrence {
  readonly event: ICAL.Component;
  readonly start: Temporal.ZonedDateTime;
  readonly end: Temporal.ZonedDateTime;
  /** Whole days of the calendar's zone. */
  readonly isDays: boolean;
}

/** A daily event of thirty years has this many. */
const MOST_REPETITIONS = 12_000;

interface Window {
  readonly from: Temporal.Instant;
  readonly to: Temporal.Instant;
}

/** One event and, if it repeats, what was changed or cancelled of it; in steps. */
export function* occurrencesOf(
  series: readonly ICAL.Component[],
  { from, to }: Window,
  zone: string,
  zoneOf: ZoneNames,
): Generator<void, { readonly occurrences: readonly Occurrence[]; readonly unread: number }> {
  const occurrences: Occurrence[] = [];
  let unread = 0;
  const attempt = (read: () => readonly Occurrence[]) => {
    try {
      occurrences.push(...read());
    } catch {
      unread += 1;
    }
  };
  const { masters, changes } = apart(series);
  for (const master of masters) {
    yield;
    attempt(() => repetitions(master, changes, { from, to }, zone, zoneOf));
  }
  for (const change of changes) {
    yield;
    attempt(() => [single(change, zoneOfSeries(masters[0], zone, zoneOf), zoneOf)]);
  }
  const inside = occurrences.filter(
    ({ event, start, end }) =>
      !isCancelled(event) &&
      Temporal.Instant.compare(start.toInstant(), to) < 0 &&
      Temporal.Instant.compare(end.toInstant(), from) > 0 &&
      Temporal.ZonedDateTime.compare(start, end) < 0,
  );
  return { occurrences: inside, unread };
}

/** The series itself and its exceptions, each as it was sent last. */
function apart(series: readonly ICAL.Component[]) {
  const sequence = (event: ICAL.Component) => Number(event.getFirstPropertyValue('sequence') ?? 0);
  const exception = (event: ICAL.Component) => JSON.stringify(event.getFirstProperty('recurrence-id')?.toJSON());
  const begin = (event: ICAL.Component) => JSON.stringify(event.getFirstProperty('dtstart')?.toJSON());
  const bySequence = series.toSorted((a, b) => sequence(a) - sequence(b));
  const all = bySequence.filter(event => !event.hasProperty('recurrence-id'));
  const newest = sequence(all.at(-1) ?? (series[0] as ICAL.Component));
  // Some give all their events one name: what is equally new stands side by side.
  const latest = all.filter(event => sequence(event) === newest);
  const calledOff = new Set(latest.filter(isCancelled).map(begin));
  const isOff = latest.length > 0 && latest.every(event => calledOff.has(begin(event)));
  // A series that is called off takes along what was changed of it before.
  const changes = bySequence.filter(
    event => event.hasProperty('recurrence-id') && !(isOff && sequence(event) <= newest),
  );
  return {
    masters: latest.filter(event => !calledOff.has(begin(event))),
    changes: [...new Map(changes.map(event => [exception(event), event])).values()],
  };
}

function isCancelled(event: ICAL.Component): boolean {
  return String(event.getFirstPropertyValue('status')).toUpperCase() === 'CANCELLED';
}

function zoneOfSeries(master: ICAL.Component | undefined, zone: string, zoneOf: ZoneNames): string {
  const start = master?.getFirstProperty('dtstart');
  if (!start) return zone;
  const [moment] = momentsOf(start, zone, zoneOf);
  return moment && moment.at.timeZoneId !== 'UTC' ? moment.at.timeZoneId : zone;
}

function single(event: ICAL.Component, zone: string, zoneOf: ZoneNames): Occurrence {
  const first = startOf(event, zone, zoneOf);
  const end = endAfter(event, first, zone, zoneOf)(first.at);
  return { event, start: first.at, end, isDays: isWholeDays(event, first) };
}

function repetitions(
  event: ICAL.Component,
  changes: readonly ICAL.Component[],
  window: Window,
  zone: string,
  zoneOf: ZoneNames,
): readonly Occurrence[] {
  const first = startOf(event, zone, zoneOf);
  const isDays = isWholeDays(event, first);
  const own = first.at.timeZoneId === 'UTC' && !isDays ? zone : first.at.timeZoneId;
  const endOf = endAfter(event, first, zone, zoneOf);
  const length = endOf(first.at).epochMilliseconds - first.at.epochMilliseconds;
  if (length < 0) throw new RangeError('an event that ends before it starts');

  const values = (name: string, of: ICAL.Component) =>
    of.getAllProperties(name).flatMap(property => momentsOf(property, own, zoneOf));
  const rules = event.getAllProperties('rrule');
  const turns = turnsOf(changes, own, zoneOf);
  const reach = Math.max(length, ...turns.map(turn => turn.reach));
  // A day of grace for the changes of the clock in between.
  const around = {
    from: window.from.subtract({ milliseconds: reach }).subtract({ hours: 24 }),
    to: turns.length === 0 ? window.to : window.to.add({ milliseconds: reach }),
  };
  const starts = [
    ...(rules.length === 0 ? [first.at] : rules.flatMap(rule => follow(rule, first, isDays, around, own))),
    ...values('rdate', event).map(({ at }) => at),
  ];
  const left = [...values('exdate', event), ...changes.flatMap(change => values('recurrence-id', change))];
  // By their instant, and by their day where one of the two is a day.
  const instants = new Set(left.map(({ at }) => at.epochMilliseconds));
  const days = new Set(
    left.filter(({ isDay }) => isDay || isDays).map(({ at }) => at.withTimeZone(own).toPlainDate().toString()),
  );
  const isLeftOut = (at: Temporal.ZonedDateTime) =>
    instants.has(at.epochMilliseconds) || days.has(at.withTimeZone(own).toPlainDate().toString());
  return distinct(starts)
    .filter(start => !isLeftOut(start))
    .map(start => {
      const turn = turns.findLast(({ from }) => from <= start.epochMilliseconds);
      return turn ? { ...turn.of(start), isDays } : { event, start, end: endOf(start), isDays };
    });
}

function distinct(starts: readonly Temporal.ZonedDateTime[]): Temporal.ZonedDateTime[] {
  return [...new Map(starts.map(start => [start.epochMilliseconds, start])).values()];
}

/** The starts that a rule gives within a window. Its last moment may be a day, local, or UTC. */
function follow(
  rule: ICAL.Property,
  first: Moment,
  isDays: boolean,
  window: Window,
  zone: string,
): Temporal.ZonedDateTime[] {
  const text = String(rule.getFirstValue()).toUpperCase();
  if (/FREQ=(SECOND|MINUTE)LY/.test(text)) throw new RangeError('a rule that no shift follows');
  const [, until] = /UNTIL=([0-9TZ:-]+)/.exec(text) ?? [];
  const last = until === undefined ? window.to : earlier(window.to, lastMoment(until, isDays, zone));
  const rrule = new RRuleTemporal({
    rruleString: `RRULE:${text.replace(/;?UNTIL=[^;]*/, '').replace(/^;/, '')}`,
    dtstart: first.at,
    temporal: Temporal,
    maxIterations: MOST_REPETITIONS,
  });
  return rrule.between(window.from.toZonedDateTimeISO('UTC'), last.toZonedDateTimeISO('UTC'), true);
}

function earlier(a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(a, b) < 0 ? a : b;
}

/** Of whole days, and where only a day is named, to the end of that day. */
function lastMoment(until: string, isDays: boolean, zone: string): Temporal.Instant {
  const value = until.replaceAll(/[-:]/g, '');
  if (isDays || !value.includes('T')) {
    return Temporal.PlainDate.from(value.slice(0, 8))
      .add({ days: 1 })
      .toZonedDateTime(zone)
      .toInstant()
      .subtract({ seconds: 1 });
  }
  if (value.endsWith('Z')) return Temporal.Instant.from(value);
  return Temporal.PlainDateTime.from(value).toZonedDateTime(zone).toInstant();
}
