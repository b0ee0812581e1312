import { expect, test } from 'vitest';
import { describeSchedule, readSchedule, scheduleIntervalMs } from '../../src/settings/schedule.ts';

test.each([
  ['0 */5 * * * *', 'every 5 minutes'],
  ['0 0/15 * * * *', 'every 15 minutes'],
  ['0 * * * * *', 'every minute'],
  ['*/10 * * * * *', 'every 10 seconds'],
  ['0 0 * * * *', 'every hour'],
  ['0 7 * * * *', 'every hour at minute 7'],
  ['0 0 */2 * * *', 'every 2 hours'],
  ['0 30 8 * * *', 'every day at 08:30 UTC'],
  ['0 0 8 * * mon-fri', 'every weekday at 08:00 UTC'],
  ['0 0 8 * * su', 'every Sunday at 08:00 UTC'],
  ['0  */5 8-18 * * 1-5', 'on the schedule 0 */5 8-18 * * 1-5 (UTC)'],
  ['@daily', 'a schedule that cannot be read'],
])('%s means %s', (schedule, words) => {
  expect(describeSchedule(schedule)).toBe(words);
});

test('reads what NCRONTAB reads: name prefixes, backward ranges, open steps', () => {
  expect(readSchedule('0 0 22-20 * Mar 5/1')).toEqual({ pattern: '0 0 20,21,22 * 3 5,6' });
});

test.each([
  '0 */5 * * *',
  '0 */5 * * * * *',
  '0 0 0 ? * *',
  '0 0 0 L * *',
  '0 0 0 * * 5#2',
  '0 0 0 * * 7',
  '0 */0 * * * *',
  '0 ,5 * * * *',
  '-1 * * * * *',
  '0 0 24 * * *',
  '0 0 0 31 4 *',
])('%s is refused', schedule => {
  expect(readSchedule(schedule)).toHaveProperty('problem');
});

test('both day of month and weekday must fit', () => {
  const noon = Date.UTC(2026, 10, 13, 12);
  expect(scheduleIntervalMs('0 0 0 13 * 5', noon)).toBeGreaterThan(27 * 86_400_000);
});

test('the interval is the longest gap around now, so that a quiet night is none', () => {
  expect(scheduleIntervalMs('0 */5 * * * *', Date.UTC(2026, 10, 21, 12, 3))).toBe(300_000);
  expect(scheduleIntervalMs('0 */5 * * * *', Date.UTC(2026, 10, 21, 12, 5))).toBe(300_000);
  const mondayMorning = Date.UTC(2026, 10, 23, 8, 6);
  expect(scheduleIntervalMs('0 */5 8-18 * * 1-5', mondayMorning)).toBe((61 * 60 + 5) * 60_000);
});
