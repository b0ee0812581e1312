import type { Temporal as TemporalNamespace } from 'temporal-polyfill';
import type { Instant } from './instant.ts';

/** What clocks on the wall of one zone show. Days are written `2027-03-28`; offsets are the library's business. */
export interface LocalTime {
  readonly zone: string;
  /** The day that this instant falls on. */
  dayOf(at: Instant): string;
  /** The day so many days later; earlier when negative. */
  later(day: string, days: number): string;
  /** 1 for Monday to 7 for Sunday. */
  weekdayOf(day: string): number;
  /**
   * When clocks show so many minutes after midnight; 1440 is the midnight that ends the day. A time that the clock
   * skips is as much later, one that it shows twice is the first.
   */
  at(day: string, minutes: number): Instant;
}

/** Whether this is a zone that clocks can be asked about: an IANA name. */
export function isZone(zone: string): boolean {
  // The first use of Intl in a process costs 20 ms: not for the zone that everybody knows.
  if (zone === 'UTC') return true;
  if (!/^[a-z]/i.test(zone)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** Makes clocks of any zone. The library is loaded with the first call: polls without working hours and calendars do without. */
export async function loadLocalTime(): Promise<(zone: string) => LocalTime> {
  const { Temporal } = await import('temporal-polyfill');
  return zone => createLocalTime(Temporal, zone);
}

function createLocalTime(Temporal: typeof TemporalNamespace, zone: string): LocalTime {
  const dayFrom = Temporal.PlainDate.from;
  return {
    zone,
    dayOf: at =>
      Temporal.Instant.fromEpochMilliseconds(Math.floor(at)).toZonedDateTimeISO(zone).toPlainDate().toString(),
    later: (day, days) => dayFrom(day).add({ days }).toString(),
    weekdayOf: day => dayFrom(day).dayOfWeek,
    at(day, minutes) {
      const date = dayFrom(day).add({ days: Math.floor(minutes / 1440) });
      const time = Temporal.PlainTime.from({ hour: Math.floor((minutes % 1440) / 60), minute: minutes % 60 });
      return date.toZonedDateTime({ timeZone: zone, plainTime: time }).epochMilliseconds;
    },
  };
}
