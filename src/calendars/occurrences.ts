import type ICAL from 'ical.js';
import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import { endAfter, isWholeDays, startOf } from './event-times.ts';
import { type Moment, momentsOf, type Zones } from './moments.ts';
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
  zones: Zones,
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
    attempt(() => repetitions(master, changes, { from, to }, zones));
  }
  for (const change of changes) {
    yield;
    attempt(() => [single(change, { ...zones, local: zoneOfSeries(masters[0], zones) })]);
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

function zoneOfSeries(master: ICAL.Component | undefined, zones: Zones): string {
  const start = master?.getFirstProperty('dtstart');
  if (!start) return zones.local;
  const [moment] = momentsOf(start, zones);
  return moment && moment.at.timeZoneId !== 'UTC' ? moment.at.timeZoneId : zones.local;
}

function single(event: ICAL.Component, zones: Zones): Occurrence {
  const first = startOf(event, zones);
  const end = endAfter(event, first, zones)(first.at);
  return { event, start: first.at, end, isDays: isWholeDays(event, first) };
}

function repetitions(
  event: ICAL.Component,
  changes: readonly ICAL.Component[],
  window: Window,
  zones: Zones,
): readonly Occurrence[] {
  const first = startOf(event, zones);
  const isDays = isWholeDays(event, first);
  const own = first.at.timeZoneId === 'UTC' && !isDays ? zones.local : first.at.timeZoneId;
  const ownZones = { ...zones, local: own };
  const endOf = endAfter(event, first, zones);
  const length = endOf(first.at).epochMilliseconds - first.at.epochMilliseconds;
  if (length < 0) throw new RangeError('an event that ends before it starts');

  const values = (name: string, of: ICAL.Component) =>
    of.getAllProperties(name).flatMap(property => momentsOf(property, ownZones));
  const rules = event.getAllProperties('rrule');
  const turns = turnsOf(changes, ownZones);
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
