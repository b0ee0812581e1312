import { expect, it } from 'vitest';
import { workingTimeIn } from './working-hours.ts';

const BERLIN = {
  WORKING_HOURS: 'Mon-Thu 09:00-17:00, Fri 09:00-14:00',
  ALERT_TIME_ZONE: 'Europe/Berlin',
  HOLIDAYS: '2027-03-03',
};

it.each([
  ['2027-03-01T08:00:00Z', true],
  ['2027-03-01T07:59:00Z', false],
  ['2027-03-01T16:00:00Z', false],
  ['2027-03-03T10:00:00Z', false],
  ['2027-03-05T12:59:00Z', true],
  ['2027-03-05T13:00:00Z', false],
  ['2027-03-29T07:00:00Z', true],
])('%s: %s', (at, works) => {
  expect(workingTimeIn(BERLIN)(Date.parse(at))).toBe(works);
  expect(workingTimeIn({})(Date.parse(at))).toBe(true);
});
