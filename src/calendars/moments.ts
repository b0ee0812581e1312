import type ICAL from 'ical.js';
import { Temporal } from 'temporal-polyfill';

/** A date or time as a calendar writes it. */
export interface Moment {
  readonly at: Temporal.ZonedDateTime;
  /** A whole day, not a time. */
  readonly isDay: boolean;
}

/** Resolves names of zones; null for one that nobody knows. */
export type ZoneNames = (name: string) => string | null;

/**
 * The values of a property, each in its zone. What names neither a zone nor Z, or a zone that nobody knows, and every
 * whole day, is local to `zone`.
 * @throws RangeError when a value is no date
 */
export function momentsOf(property: ICAL.Property, zone: string, zoneOf: ZoneNames): Moment[] {
  const [, parameters, , ...values] = property.toJSON() as [string, { tzid?: unknown }, string, ...unknown[]];
  const named = [parameters.tzid].flat().join(',');
  // A period is a pair; its start is what counts.
  return values.map(value => momentOf(String([value].flat()[0]), zone, named === '' ? null : zoneOf(named)));
}

function momentOf(value: string, zone: string, named: string | null): Moment {
  // Some write a date and do not say that it is none but a date.
  const [, day] = /^(\d{4}-\d{2}-\d{2})(?:T::)?$/.exec(value) ?? [];
  if (day) return { at: Temporal.PlainDate.from(day).toZonedDateTime(zone), isDay: true };
  if (value.endsWith('Z')) return { at: Temporal.Instant.from(value).toZonedDateTimeISO('UTC'), isDay: false };
  return { at: Temporal.PlainDateTime.from(value).toZonedDateTime(named ?? zone), isDay: false };
}
