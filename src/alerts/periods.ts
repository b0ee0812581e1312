import type { Instant } from '../base/instant.ts';
import type { LocalTime } from '../base/local-time.ts';
import type { WeeklyTime } from '../model/weekly.ts';

/** What a summary or report is about, once its time has come. */
export interface DuePeriod {
  /** The day it is due on, as `2027-03-28`: kept as told, so that it is told once. */
  readonly key: string;
  /** The same time seven days earlier. */
  readonly from: Instant;
  /** When it was due, however late it is told. */
  readonly to: Instant;
}

/**
 * The period whose time has come and that was not told, or null. Late rather than never: within its day, or for seven days.
 * @param told - key of the one that was told last; null when none was
 */
export function duePeriod(
  { weekdays, minutes }: WeeklyTime,
  late: 'within its day' | 'within its week',
  told: string | null,
  now: Instant,
  { dayOf, later, weekdayOf, at }: LocalTime,
): DuePeriod | null {
  const today = dayOf(now);
  // Written by a clock that was ahead; a day of grace is for a zone that was changed.
  const believed = told !== null && told <= later(today, 1) ? told : null;
  for (let back = 0; back <= (late === 'within its day' ? 0 : 7); back += 1) {
    const day = later(today, -back);
    if (!weekdays.includes(weekdayOf(day))) continue;
    const to = at(day, minutes);
    if (to > now) continue;
    if (believed !== null && believed >= day) return null;
    return { key: day, from: at(later(day, -7), minutes), to };
  }
  return null;
}
