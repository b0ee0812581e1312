import type ICAL from 'ical.js';
import { Temporal } from 'temporal-polyfill';

/** A date or time as a calendar writes it. */
export interface Moment {
  readonly at: Temporal.ZonedDateTime;
  /** A whole day, not a time. */
  readonly isDay: boolean;
}

/** What the times of a calendar mean. */
export interface Zones {
  /** Where whole days are, and times that name no zone, or one that nobody knows. */
  readonly local: string;
  /** The zone that a name means; null for one that nobody knows. */
  named(name: string): string | null;
}

/**
 * The values of a property, each in its zone.
 * @throws RangeError when a value is no date
 */
export function momentsOf(property: ICAL.Property, { local, named }: Zones): Moment[] {
  const [, parameters, , ...values] = property.toJSON() as [string, { tzid?: unknown }, string, ...unknown[]];
  const name = [parameters.tzid].flat().join(',');
  // A period is a pair; its start is what counts.
  return values.map(value => momentOf(String([value].flat()[0]), local, name === '' ? null : named(name)));
}

function momentOf(value: string, zone: string, named: string | null): Moment {
  // Some write a date and do not say that it is none but a date.
  const [, day] = /^(\d{4}-\d{2}-\d{2})(?:T::)?$/.exec(value) ?? [];
  if (day) return { at: Temporal.PlainDate.from(day).toZonedDateTime(zone), isDay: true };
  if (value.endsWith('Z')) return { at: Temporal.Instant.from(value).toZonedDateTimeISO('UTC'), isDay: false };
  return { at: Temporal.PlainDateTime.from(value).toZonedDateTime(named ?? zone), isDay: false };
}
