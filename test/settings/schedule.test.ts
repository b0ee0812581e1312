import { expect, test } from 'vitest';
import {
  longestPauseMs,
  nextRuns,
  readSchedule,
  scheduleIntervalMs,
  shortestPauseMs,
} from '../../src/settings/schedule.ts';

const monday = Date.UTC(2026, 10, 23, 8, 6);

test.each<[string, number, number]>([
  ['0 */5 * * * *', 5, 5],
  ['0 0/15 * * * *', 15, 15],
  ['*/10 * * * * *', 1 / 6, 1],
  ['0 0 * * * *', 60, 60],
  ['0 0,20 * * * *', 20, 40],
  ['0 0 9 * * *', 24 * 60, 24 * 60],
  ['0 */5 8-18 * * 1-5', 5, (2 * 24 + 13) * 60 + 5],
  ['* * 8-18 * * *', 1 / 60, 13 * 60 + 1 / 60],
  ['0 0 8 1 * *', 28 * 24 * 60, 31 * 24 * 60],
])('%s pauses for %d to %d minutes', (schedule, shortest, longest) => {
  expect(shortestPauseMs(schedule, monday)).toBe(shortest * 60_000);
  expect(longestPauseMs(schedule, monday)).toBe(longest * 60_000);
});

test('the next runs', () => {
  expect(nextRuns('0 */15 * * * *', monday, 2)).toEqual([Date.UTC(2026, 10, 23, 8, 15), Date.UTC(2026, 10, 23, 8, 30)]);
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
