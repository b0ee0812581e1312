import { expect, it } from 'vitest';
import { readHolidays } from '../../src/settings/holidays.ts';
import { readWeeklyTime, readWorkingHours } from '../../src/settings/weekly.ts';

const day = (...periods: string[]) =>
  periods.map(period => {
    const [from = 0, to = 0] = period
      .split('-')
      .map(time => Number(time.split(':')[0]) * 60 + Number(time.split(':')[1]));
    return { from, to };
  });
const weekdays = (of: unknown[]) => [of, of, of, of, of, [], []];

it.each<[string, unknown]>([
  ['Mon-Fri 09:00-17:00', weekdays(day('09:00-17:00'))],
  ['mon - fri 9:00 - 17:00', weekdays(day('09:00-17:00'))],
  ['Monday–Friday 09:00–17:00', weekdays(day('09:00-17:00'))],
  ['Mon-Fri 13:00-17:00, Mon-Fri 08:00-12:00', weekdays(day('08:00-12:00', '13:00-17:00'))],
  ['Mon-Fri 08:00-12:00,Mon-Fri 11:00-17:00', weekdays(day('08:00-17:00'))],
  ['Mon-Fri 08:00-12:00, Mon-Fri 12:00-17:00', weekdays(day('08:00-17:00'))],
  ['Mon-Fri 08:00-17:00, Tue 09:00-10:00', weekdays(day('08:00-17:00'))],
  ['Mon-Fri 00:00-24:00', weekdays(day('00:00-24:00'))],
  ['Mon-Thu 08:00-17:00, Fri 08:00-14:00', [...Array(4).fill(day('08:00-17:00')), day('08:00-14:00'), [], []]],
  ['Sat-Mon 10:00-11:00', [day('10:00-11:00'), [], [], [], [], day('10:00-11:00'), day('10:00-11:00')]],
  ['Sun 22:00-24:00', [[], [], [], [], [], [], day('22:00-24:00')]],
])('reads working hours: %s', (text, hours) => {
  expect(readWorkingHours(text)).toEqual({ hours });
});

const LIKE = 'must be days and times such as Mon-Fri 09:00-17:00, several separated by commas';

it.each([
  ['9-5', LIKE],
  ['always', LIKE],
  ['', LIKE],
  ['Mon-Fri', LIKE],
  ['Mon-Fri 9-17', LIKE],
  ['Mo-Fr 09:00-17:00', LIKE],
  ['Mon-Fri 09:00-25:00', LIKE],
  ['Mon-Fri 09:00-24:01', LIKE],
  ['Mon-Fri 09:60-17:00', LIKE],
  ['Mon-Fri 9am-5pm', LIKE],
  ['Mon, Tue 09:00-17:00', `${LIKE} (look at period 1)`],
  ['Mon 09:00-17:00, Tues 09:00-17:00, Montag 09:00-17:00', `${LIKE} (look at period 3)`],
  ['Mon-Fri 09:00-17:00,', `${LIKE} (look at period 2)`],
  ['Mon 09:00-09:00', `has a period that is over when it begins: ${LIKE}`],
  ['Fri 22:00-02:00', expect.stringContaining('has hours over midnight: end it at 24:00')],
  ['Mon 09:00-17:00, Fri 22:00-00:00', expect.stringContaining('has hours over midnight (look at period 2)')],
])('says what is wrong with the working hours %j', (text, problem) => {
  expect(readWorkingHours(text)).toEqual({ problem });
});

it.each([
  ['Mon-Fri 08:30', { weekdays: [1, 2, 3, 4, 5], minutes: 510 }],
  ['mon 8:00', { weekdays: [1], minutes: 480 }],
  ['Fri-Mon 00:00', { weekdays: [1, 5, 6, 7], minutes: 0 }],
])('reads a weekly time: %s', (text, time) => {
  expect(readWeeklyTime(text)).toEqual({ time });
});

it.each(['08:30', 'Mon', 'Mon 24:00', 'Mon 8', 'daily 08:00', 'Mon 08:00-09:00', 'Mon 08:00, Tue 09:00'])(
  'says what is wrong with the weekly time %j',
  text => {
    expect(readWeeklyTime(text)).toEqual({ problem: 'must be days and one time, such as Mon-Fri 08:30 or Mon 08:00' });
  },
);

it.each<[string, object]>([
  ['2026-12-25', { days: ['2026-12-25'] }],
  ['2027-01-01, 2026-12-25,2026-12-25,', { days: ['2026-12-25', '2027-01-01'] }],
  ['2028-02-29', { days: ['2028-02-29'] }],
  ['2027-02-29', { problem: 'must be dates such as 2026-12-25, separated by commas' }],
  ['2026-12-25, 26.12.2026', { problem: 'must be dates such as 2026-12-25, separated by commas (look at date 2)' }],
  ['2026-13-01', { problem: 'must be dates such as 2026-12-25, separated by commas' }],
  [',', { problem: 'must be dates such as 2026-12-25, separated by commas' }],
])('reads holidays: %s', (text, read) => {
  expect(readHolidays(text)).toEqual(read);
});
