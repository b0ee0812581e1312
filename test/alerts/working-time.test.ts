import { expect, it } from 'vitest';
import { createWorkingTime } from '../../src/alerts/working-time.ts';
import { DAY } from '../../src/base/instant.ts';
import { loadLocalTime } from '../../src/base/local-time.ts';
import { readWorkingHours } from '../../src/settings/weekly.ts';

const localTime = await loadLocalTime();
const at = Date.parse;

function workingTime(hours: string, zone = 'Europe/Berlin', holidays: readonly string[] = []) {
  const read = readWorkingHours(hours);
  if ('problem' in read) throw new Error(read.problem);
  return createWorkingTime(read.hours, holidays, localTime(zone));
}

const OFFICE = workingTime('Mon-Fri 09:00-17:00');

it.each([
  ['2027-02-05T08:00:00Z', true],
  ['2027-02-05T07:59:59Z', false],
  ['2027-02-05T15:59:59Z', true],
  ['2027-02-05T16:00:00Z', false],
  ['2027-02-06T10:00:00Z', false],
  // summer time: an hour earlier by UTC
  ['2027-07-05T07:00:00Z', true],
  ['2027-07-05T15:00:00Z', false],
])('is working time in Berlin at %s: %s', (instant, working) => {
  expect(OFFICE.isWorkingTime(at(instant))).toBe(working);
});

it('does not work on holidays', () => {
  const office = workingTime('Mon-Fri 09:00-17:00', 'Europe/Berlin', ['2027-05-06']);
  expect(office.isWorkingTime(at('2027-05-06T10:00:00Z'))).toBe(false);
  expect(office.nextStart(at('2027-05-05T20:00:00Z'), at('2027-06-01T00:00:00Z'))).toBe(at('2027-05-07T07:00:00Z'));
});

it.each([
  ['Mon-Fri 09:00-17:00', '2027-03-26T18:00:00Z', '2027-03-29T07:00:00Z'], // over the change to summer time
  ['Mon-Fri 09:00-17:00', '2027-10-29T18:00:00Z', '2027-11-01T08:00:00Z'], // and back
  ['Mon-Fri 09:00-17:00', '2027-02-05T12:00:00Z', '2027-02-08T08:00:00Z'], // at work: the next start, not this one
  ['Mon 09:00-24:00, Tue 00:00-17:00, Thu 09:00-17:00', '2027-02-08T10:00:00Z', '2027-02-11T08:00:00Z'], // touching
  ['Sun 02:30-04:00', '2027-03-27T12:00:00Z', '2027-03-28T01:30:00Z'], // 02:30 is skipped that night
])('with %s, after %s work starts again at %s', (hours, after, start) => {
  expect(workingTime(hours).nextStart(at(after), at('2028-01-01T00:00:00Z'))).toBe(at(start));
});

it('names no start after the limit', () => {
  expect(OFFICE.nextStart(at('2027-02-05T18:00:00Z'), at('2027-02-08T07:59:59Z'))).toBeNull();
  expect(OFFICE.nextStart(at('2027-02-05T18:00:00Z'), at('2027-02-08T08:00:00Z'))).toBe(at('2027-02-08T08:00:00Z'));
});

it.each([
  ['Mon-Fri 09:00-17:00', '2027-02-07T12:00:00Z', '2027-02-05T08:00:00Z', '2027-02-05T16:00:00Z'],
  ['Mon-Fri 09:00-12:00, Mon-Fri 13:00-17:00', '2027-02-05T11:30:00Z', '2027-02-05T08:00:00Z', '2027-02-05T11:00:00Z'],
  ['Mon-Fri 00:00-24:00', '2027-02-07T12:00:00Z', '2027-01-31T23:00:00Z', '2027-02-05T23:00:00Z'],
])('with %s, before %s people worked from %s to %s', (hours, before, start, end) => {
  expect(workingTime(hours).periodBefore(at(before))).toEqual({ start: at(start), end: at(end) });
});

it('knows that nobody worked for a year', () => {
  const days = Array.from({ length: 500 }, (_, i) => new Date(at('2026-01-01') + i * DAY).toISOString().slice(0, 10));
  expect(workingTime('Mon-Fri 09:00-17:00', 'UTC', days).periodBefore(at('2027-03-01'))).toBeNull();
});

it.each([
  ['2027-02-03T10:00:00Z', '2027-02-08T00:00:00Z', 3], // Wed, Thu, Fri; expiry in the night to Monday
  ['2027-02-03T16:00:00Z', '2027-02-08T00:00:00Z', 2], // Wednesday is over
  ['2027-02-03T15:59:59Z', '2027-02-08T00:00:00Z', 3], // its last second
  ['2027-02-03T02:00:00Z', '2027-02-08T00:00:00Z', 3], // before work on Wednesday
  ['2027-02-03T10:00:00Z', '2027-02-08T08:00:00Z', 3], // expires as Monday begins
  ['2027-02-03T10:00:00Z', '2027-02-08T09:00:00Z', 4], // an hour of Monday is left
  ['2027-02-06T10:00:00Z', '2027-02-08T00:00:00Z', 0], // only a weekend
  ['2027-02-08T00:00:00Z', '2027-02-07T00:00:00Z', 0], // passed
  ['2028-02-28T10:00:00Z', '2028-03-02T00:00:00Z', 3], // leap day
])('from %s until %s there are %d working days left', (now, until, days) => {
  expect(OFFICE.workingDaysLeft(at(now), at(until))).toBe(days);
});
