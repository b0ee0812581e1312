import { Cron } from 'croner';
import { HOUR, type Instant, MINUTE } from '../base/instant.ts';

interface Field {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly words?: readonly string[];
}

const MONTHS = 'january,february,march,april,may,june,july,august,september,october,november,december'.split(',');
const WEEKDAYS = 'sunday,monday,tuesday,wednesday,thursday,friday,saturday'.split(',');

const FIELDS: readonly Field[] = [
  { name: 'second', min: 0, max: 59 },
  { name: 'minute', min: 0, max: 59 },
  { name: 'hour', min: 0, max: 23 },
  { name: 'day', min: 1, max: 31 },
  { name: 'month', min: 1, max: 12, words: MONTHS },
  { name: 'weekday', min: 0, max: 6, words: WEEKDAYS },
];

/**
 * The schedule as plain numbers, each field `*` or a list, or the reason why NCRONTAB would refuse it.
 * Our own reading, because cron libraries accept more than the platform does (`L`, `#`, weekday 7, `@daily`)
 * and a schedule the platform refuses would stop the watch without a word.
 */
export function readSchedule(text: string): { pattern: string } | { problem: string } {
  // The platform's own parser takes blanks only.
  if (/[^\S ]/.test(text.trim())) return { problem: 'has a tab or a line break between its fields: use blanks' };
  const parts = text.trim().split(/ +/);
  if (parts.length !== FIELDS.length) {
    return { problem: 'must have six fields: second, minute, hour, day, month, weekday, such as 0 */5 * * * *' };
  }
  const numbers: string[] = [];
  for (const [index, field] of FIELDS.entries()) {
    const values = readField(parts[index] as string, field);
    if (!values) {
      const words = field.words ? ` or English names` : '';
      return {
        problem: `has a ${field.name} that NCRONTAB does not know: ${field.min} to ${field.max}${words}, with * , - /`,
      };
    }
    numbers.push(values.size === field.max - field.min + 1 ? '*' : [...values].sort((a, b) => a - b).join(','));
  }
  const pattern = numbers.join(' ');
  if (!cron(pattern).nextRun()) return { problem: 'names a moment that never comes' };
  return { pattern };
}

function readField(text: string, field: Field): Set<number> | null {
  const values = new Set<number>();
  for (const item of text.split(',')) {
    const match = /^(?:(\*)|(\w+)(?:-(\w+))?)(?:\/(\d{1,2}))?$/.exec(item);
    if (!match) return null;
    const [, star, first, last, every] = match;
    const step = every === undefined ? 1 : Number(every);
    const from = star ? field.min : readValue(first as string, field);
    const open = star || (every !== undefined && last === undefined);
    const to = open ? field.max : readValue((last ?? first) as string, field);
    if (from === null || to === null || step < 1) return null;
    // NCRONTAB reads 22-4 as 4-22
    for (let value = Math.min(from, to); value <= Math.max(from, to); value += step) values.add(value);
  }
  return values;
}

function readValue(text: string, field: Field): number | null {
  if (/^\d{1,2}$/.test(text)) {
    const value = Number(text);
    return value >= field.min && value <= field.max ? value : null;
  }
  const index = (field.words ?? []).findIndex(word => word.startsWith(text.toLowerCase()));
  return index < 0 ? null : index + field.min;
}

function cron(pattern: string): Cron {
  // The same as the zone UTC, without asking Intl for it: the first use of Intl in a process costs 20 ms.
  return new Cron(pattern, { mode: '6-part', utcOffset: 0, domAndDow: true });
}

/**
 * Milliseconds between polls around `now`: the longest of the gaps between the last three runs and the next one,
 * so that a schedule with quiet nights does not look dead in the morning.
 * @throws RangeError when the schedule is none
 */
export function scheduleIntervalMs(schedule: string, now: Instant): number {
  const job = jobOf(schedule);
  const second = Math.floor(now / 1000) * 1000;
  const runs = [...job.previousRuns(3, new Date(second + 1000)).reverse(), ...job.nextRuns(1, new Date(second))];
  return Math.max(...gapsOf(runs.map(run => run.getTime())));
}

function jobOf(schedule: string): Cron {
  return cron(patternOf(schedule));
}

function patternOf(schedule: string): string {
  const reading = readSchedule(schedule);
  if ('problem' in reading) throw new RangeError('The schedule cannot be read');
  return reading.pattern;
}

/** The runs that come next. @throws RangeError when the schedule is none */
export function nextRuns(schedule: string, now: Instant, count: number): Instant[] {
  return jobOf(schedule)
    .nextRuns(count, new Date(now))
    .map(run => run.getTime());
}

/** Milliseconds between the two runs that are nearest to each other, of those that come next. */
export function shortestPauseMs(schedule: string, now: Instant): number {
  return Math.min(...gapsOf(nextRuns(schedule, now, 200)));
}

/** Milliseconds of the longest time without a poll, nights and weekends included. */
export function longestPauseMs(schedule: string, now: Instant): number {
  const [second = '', minute = '', ...rest] = patternOf(schedule).split(' ');
  // Within an hour the runs may be many; across hours the first and the last of each tell the same.
  const outline = cron([ends(second), ends(minute), ...rest].join(' ')).nextRuns(2_000, new Date(now));
  const runs = outline.map(run => run.getTime());
  const across = gapsOf(runs).filter((_, index) => hourOf(runs[index]) !== hourOf(runs[index + 1]));
  const within = gapsOf(valuesOf(minute)).map(gap => gap * MINUTE);
  return Math.max(...across, ...within);
}

function hourOf(instant = 0): number {
  return Math.floor(instant / HOUR);
}

function ends(field: string): string {
  const values = valuesOf(field);
  return `${Math.min(...values)},${Math.max(...values)}`;
}

/** The values of a field of minutes or seconds. */
function valuesOf(field: string): number[] {
  return field === '*' ? Array.from({ length: 60 }, (_, value) => value) : field.split(',').map(Number);
}

function gapsOf(moments: readonly number[]): number[] {
  return moments.slice(1).map((moment, index) => moment - (moments[index] as number));
}
