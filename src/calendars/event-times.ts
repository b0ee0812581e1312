import type ICAL from 'ical.js';
import { Temporal } from 'temporal-polyfill';
import { type Moment, momentsOf, type Zones } from './moments.ts';

/** @throws RangeError when there is no start, or none that can be read */
export function startOf(event: ICAL.Component, zones: Zones): Moment {
  const property = event.getFirstProperty('dtstart');
  const [start] = property ? momentsOf(property, zones) : [];
  if (!start) throw new RangeError('an event without a start');
  return start;
}

/** Outlook marks what it shows as whole days but writes as times. */
export function isWholeDays(event: ICAL.Component, { at, isDay }: Moment): boolean {
  if (isDay) return true;
  const marked = String(event.getFirstPropertyValue('x-microsoft-cdo-alldayevent')).toUpperCase() === 'TRUE';
  return marked && at.hour === 0 && at.minute === 0;
}

/** How the end follows from a start: by the clock on the wall, as calendars show it. */
export function endAfter(event: ICAL.Component, start: Moment, zones: Zones) {
  const property = event.getFirstProperty('dtend');
  const [end] = property ? momentsOf(property, zones) : [];
  if (!end) {
    const [, , , value] = event.getFirstProperty('duration')?.toJSON() ?? [];
    const duration = Temporal.Duration.from(value ? String(value) : start.isDay ? { days: 1 } : { seconds: 0 });
    return (at: Temporal.ZonedDateTime) => at.add(duration);
  }
  if (end.at.timeZoneId !== start.at.timeZoneId) {
    const milliseconds = end.at.epochMilliseconds - start.at.epochMilliseconds;
    return (at: Temporal.ZonedDateTime) => at.add({ milliseconds });
  }
  const onTheWall = start.at.toPlainDateTime().until(end.at.toPlainDateTime(), { largestUnit: 'days' });
  return (at: Temporal.ZonedDateTime) => at.toPlainDateTime().add(onTheWall).toZonedDateTime(at.timeZoneId);
}
