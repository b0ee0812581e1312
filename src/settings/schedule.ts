import { Cron } from 'croner';
import type { Instant } from '../base/instant.ts';

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
  const reading = readSchedule(schedule);
  if ('problem' in reading) throw new RangeError('The schedule cannot be read');
  const job = cron(reading.pattern);
  const second = Math.floor(now / 1000) * 1000;
  const runs = [...job.previousRuns(3, new Date(second + 1000)).reverse(), ...job.nextRuns(1, new Date(second))];
  const gaps = runs.slice(1).map((run, index) => run.getTime() - (runs[index] as Date).getTime());
  return Math.max(...gaps);
}

/** The schedule in words, for people who don't read cron: `every 5 minutes`, `every day at 08:00 UTC`. */
export function describeSchedule(schedule: string): string {
  const reading = readSchedule(schedule);
  if ('problem' in reading) return 'a schedule that cannot be read';
  const [second, minute, hour, day, month, weekday] = reading.pattern.split(' ') as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const days = day === '*' && month === '*' ? weekdays(weekday) : null;
  if (days === null) return custom(schedule);
  const everyDay = days === '';
  if (everyDay && minute === '*' && hour === '*' && second !== '0')
    return steps(second, 60, 'second') ?? custom(schedule);
  if (second !== '0') return custom(schedule);
  if (everyDay && hour === '*') return steps(minute, 60, 'minute') ?? custom(schedule);
  if (!/^\d+$/.test(minute)) return custom(schedule);
  if (everyDay && minute === '0' && !/^\d+$/.test(hour)) return steps(hour, 24, 'hour') ?? custom(schedule);
  if (!/^\d+$/.test(hour)) return custom(schedule);
  return `every ${days || 'day'} at ${hour.padStart(2, '0')}:${minute.padStart(2, '0')} UTC`;
}

/** `every 5 minutes` for values that are evenly spread over the whole unit; null for any others. */
function steps(field: string, size: number, unit: string): string | null {
  if (field === '*') return `every ${unit}`;
  const values = field.split(',').map(Number);
  const gap = size / values.length;
  const even = Number.isInteger(gap) && values.every((value, index) => value === (values[0] as number) + index * gap);
  if (!even) return null;
  if (values.length > 1) return `every ${gap} ${unit}s`;
  if (unit !== 'minute') return null;
  return values[0] === 0 ? 'every hour' : `every hour at minute ${values[0]}`;
}

function weekdays(field: string): string | null {
  if (field === '*') return '';
  if (field === '1,2,3,4,5') return 'weekday';
  const one = /^\d$/.test(field) ? WEEKDAYS[Number(field)] : undefined;
  return one ? one.charAt(0).toUpperCase() + one.slice(1) : null;
}

function custom(schedule: string): string {
  return `on the schedule ${schedule.trim().replace(/\s+/g, ' ')} (UTC)`;
}
