import type { DayHours, WeeklyHours, WeeklyTime } from '../model/weekly.ts';

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const DAYS = String.raw`([a-z]+)(?:\s*[-–]\s*([a-z]+))?`;
const TIME = String.raw`(\d{1,2}):(\d{2})`;
const PERIOD = new RegExp(String.raw`^${DAYS}\s+${TIME}\s*[-–]\s*${TIME}$`, 'i');
const MOMENT = new RegExp(String.raw`^${DAYS}\s+${TIME}$`, 'i');

const HOURS_LIKE = 'must be days and times such as Mon-Fri 09:00-17:00, several separated by commas';
const TIME_LIKE = 'must be days and one time, such as Mon-Fri 08:30 or Mon 08:00';

/** `Mon-Thu 08:00-17:00, Fri 08:00-14:00` as periods of each weekday, or what is wrong with it. */
export function readWorkingHours(text: string): { readonly hours: WeeklyHours } | { readonly problem: string } {
  const hours: DayHours[][] = WEEKDAYS.map(() => []);
  const items = text.split(',').map(item => item.trim());
  for (const [index, item] of items.entries()) {
    const which = items.length > 1 ? ` (look at period ${index + 1})` : '';
    const [, first = '', last, ...clock] = PERIOD.exec(item) ?? [];
    const weekdays = weekdaysOf(first, last);
    const from = minutesOf(clock[0], clock[1]);
    const to = minutesOf(clock[2], clock[3]);
    if (!weekdays || from === null || to === null) return { problem: `${HOURS_LIKE}${which}` };
    if (to === from) return { problem: `has a period that is over when it begins${which}: ${HOURS_LIKE}` };
    if (to < from) {
      const cure =
        'end it at 24:00 and begin another at 00:00 of the next day, such as Fri 22:00-24:00, Sat 00:00-06:00';
      return { problem: `has hours over midnight${which}: ${cure}` };
    }
    for (const weekday of weekdays) hours[weekday - 1]?.push({ from, to });
  }
  return { hours: hours.map(united) };
}

/** `Mon-Fri 08:30` as weekdays and a time, or what is wrong with it. */
export function readWeeklyTime(text: string): { readonly time: WeeklyTime } | { readonly problem: string } {
  const [, first = '', last, hour, minute] = MOMENT.exec(text.trim()) ?? [];
  const weekdays = weekdaysOf(first, last);
  const minutes = minutesOf(hour, minute);
  if (!weekdays || minutes === null || minutes === 1440) return { problem: TIME_LIKE };
  return { time: { weekdays, minutes } };
}

/** Overlapping and touching periods are one. */
function united(periods: readonly DayHours[]): DayHours[] {
  const apart: DayHours[] = [];
  for (const period of periods.toSorted((a, b) => a.from - b.from)) {
    const before = apart.at(-1);
    if (before && period.from <= before.to) {
      apart[apart.length - 1] = { from: before.from, to: Math.max(before.to, period.to) };
    } else apart.push(period);
  }
  return apart;
}

/** Monday is 1. `Sat-Mon` runs over the end of the week. */
function weekdaysOf(first: string, last = first): number[] | null {
  const from = weekdayOf(first);
  const to = weekdayOf(last);
  if (from < 0 || to < 0) return null;
  const length = ((to - from + 7) % 7) + 1;
  return Array.from({ length }, (_, offset) => ((from + offset) % 7) + 1).sort((a, b) => a - b);
}

function weekdayOf(word: string): number {
  return word.length < 3 ? -1 : WEEKDAYS.findIndex(weekday => weekday.startsWith(word.toLowerCase()));
}

function minutesOf(hour: string | undefined, minute: string | undefined): number | null {
  const minutes = Number(hour) * 60 + Number(minute);
  return Number(minute) < 60 && minutes <= 1440 ? minutes : null;
}
