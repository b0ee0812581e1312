import { DAY, type Instant } from '../base/instant.ts';
import type { LocalTime } from '../base/local-time.ts';
import type { WeeklyHours } from '../model/weekly.ts';

/** A stretch of working time. Its end is no working time any more. */
export interface Period {
  readonly start: Instant;
  readonly end: Instant;
}

/** When people work: their week's hours in their zone, less holidays. */
export interface WorkingTime {
  isWorkingTime(at: Instant): boolean;
  /** The first start of working time after an instant; null when none comes until `limit`. */
  nextStart(after: Instant, limit: Instant): Instant | null;
  /** The working period that began last before an instant outside working time; null when there is none for a year. */
  periodBefore(at: Instant): Period | null;
  /** Days with working time left between two instants; today counts as long as some of its own is left. */
  workingDaysLeft(now: Instant, until: Instant): number;
}

/** No office is closed for longer, and no lead is pending for longer. */
const HORIZON_DAYS = 400;

export function createWorkingTime(
  hours: WeeklyHours,
  holidays: Iterable<string>,
  { dayOf, later, weekdayOf, at }: LocalTime,
): WorkingTime {
  const closed = new Set(holidays);
  // A poll asks about the same few days for every lead.
  const known = new Map<string, readonly Period[]>();

  function periodsOf(day: string): readonly Period[] {
    const kept = known.get(day);
    if (kept) return kept;
    const open = closed.has(day) ? [] : (hours[weekdayOf(day) - 1] ?? []);
    const periods = open
      .map(({ from, to }) => ({ start: at(day, from), end: at(day, to) }))
      .filter(({ start, end }) => start < end);
    known.set(day, periods);
    return periods;
  }

  function isWorkingTime(instant: Instant): boolean {
    return periodsOf(dayOf(instant)).some(({ start, end }) => start <= instant && instant < end);
  }

  function nextStart(after: Instant, limit: Instant): Instant | null {
    for (
      let day = dayOf(after), last = dayOf(Math.min(limit, after + HORIZON_DAYS * DAY));
      day <= last;
      day = later(day, 1)
    ) {
      // One that touches the period before it starts nothing.
      const next = periodsOf(day).find(({ start }) => start > after && !isWorkingTime(start - 1));
      if (next) return next.start <= limit ? next.start : null;
    }
    return null;
  }

  /** Latest first. */
  function* periodsBackFrom(instant: Instant): Generator<Period> {
    let day = dayOf(instant);
    for (let back = 0; back <= HORIZON_DAYS; back += 1, day = later(day, -1)) yield* periodsOf(day).toReversed();
  }

  function periodBefore(instant: Instant): Period | null {
    let found = null as Period | null;
    for (const period of periodsBackFrom(instant)) {
      if (period.start >= instant) continue;
      if (found && period.end < found.start) break;
      found = { start: period.start, end: found?.end ?? period.end };
    }
    return found;
  }

  function workingDaysLeft(now: Instant, until: Instant): number {
    let days = 0;
    for (
      let day = dayOf(now), last = dayOf(Math.min(until, now + HORIZON_DAYS * DAY));
      day <= last;
      day = later(day, 1)
    ) {
      if (periodsOf(day).some(({ start, end }) => start < until && end > now)) days += 1;
    }
    return days;
  }

  return { isWorkingTime, nextStart, periodBefore, workingDaysLeft };
}
