import type ICAL from 'ical.js';
import type { Temporal } from 'temporal-polyfill';
import { endAfter, startOf } from './event-times.ts';
import { momentsOf, type Zones } from './moments.ts';

/** A change of one occurrence and of all that follow it (`RANGE=THISANDFUTURE`). */
export interface Turn {
  /** The original start from which on it holds, in milliseconds since 1970. */
  readonly from: number;
  /** How far an occurrence, with its length, may come to lie from where it was, in milliseconds. */
  readonly reach: number;
  /** The occurrence that takes the place of the one with this original start: moved as far, and as long, as the change says. */
  of(start: Temporal.ZonedDateTime): {
    readonly event: ICAL.Component;
    readonly start: Temporal.ZonedDateTime;
    readonly end: Temporal.ZonedDateTime;
  };
}

/**
 * The turns that a series takes, in order.
 * @throws RangeError when one cannot be read
 */
export function turnsOf(changes: readonly ICAL.Component[], zones: Zones): readonly Turn[] {
  return changes
    .filter(change => /^THISANDFUTURE$/i.test(String(change.getFirstProperty('recurrence-id')?.getParameter('range'))))
    .map(change => turnOf(change, zones))
    .sort((a, b) => a.from - b.from);
}

function turnOf(event: ICAL.Component, zones: Zones): Turn {
  const { local: zone } = zones;
  const [original] = momentsOf(event.getFirstProperty('recurrence-id') as ICAL.Property, zones);
  if (!original) throw new RangeError('a change of nothing');
  const first = startOf(event, zones);
  const endOf = endAfter(event, first, zones);
  const [was, is] = [original.at, first.at].map(at => at.withTimeZone(zone).toPlainDateTime());
  const moved = (was as Temporal.PlainDateTime).until(is as Temporal.PlainDateTime, { largestUnit: 'days' });
  const length = endOf(first.at).epochMilliseconds - first.at.epochMilliseconds;
  return {
    from: original.at.epochMilliseconds,
    reach: length + Math.abs(first.at.epochMilliseconds - original.at.epochMilliseconds),
    of(start) {
      const at = start.withTimeZone(zone).toPlainDateTime().add(moved).toZonedDateTime(zone);
      return { event, start: at, end: endOf(at.withTimeZone(first.at.timeZoneId)).withTimeZone(zone) };
    },
  };
}
