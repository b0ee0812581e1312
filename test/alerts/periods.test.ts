import fc from 'fast-check';
import { expect, it } from 'vitest';
import { duePeriod } from '../../src/alerts/periods.ts';
import { DAY, HOUR, MINUTE } from '../../src/base/instant.ts';
import { loadLocalTime } from '../../src/base/local-time.ts';
import { readWeeklyTime } from '../../src/settings/weekly.ts';

const localTime = await loadLocalTime();
const berlin = localTime('Europe/Berlin');
const at = Date.parse;

function weekly(text: string) {
  const read = readWeeklyTime(text);
  if ('problem' in read) throw new Error(read.problem);
  return read.time;
}

it.each([
  ['before its time', '2027-02-05T07:29:59Z', null, null],
  ['at its time', '2027-02-05T07:30:00Z', null, '2027-02-05'],
  ['late, within its day', '2027-02-05T22:59:59Z', '2027-02-04', '2027-02-05'],
  ['the day after', '2027-02-05T23:00:00Z', '2027-02-04', null],
  ['told already', '2027-02-05T12:00:00Z', '2027-02-05', null],
  ['on a day without one', '2027-02-06T12:00:00Z', '2027-02-04', null],
  ['in summer', '2027-07-05T06:30:00Z', '2027-07-02', '2027-07-05'],
  ['told by a clock that was a year ahead', '2027-02-05T12:00:00Z', '2028-02-05', '2027-02-05'],
  ['told in a zone where it is tomorrow', '2027-02-05T12:00:00Z', '2027-02-06', null],
])('a summary at Mon-Fri 08:30, %s', (_, now, told, due) => {
  expect(duePeriod(weekly('Mon-Fri 08:30'), 'within its day', told, at(now), berlin)?.key ?? null).toBe(due);
});

it.each([
  ['before its time is still the one of last week', '2027-02-08T06:59:59Z', null, '2027-02-01'],
  ['before its time, that of last week told', '2027-02-08T06:59:59Z', '2027-02-01', null],
  ['at its time', '2027-02-08T07:00:00Z', '2027-02-01', '2027-02-08'],
  ['late, within its week', '2027-02-14T23:00:00Z', '2027-02-01', '2027-02-08'],
  ['told already', '2027-02-14T23:00:00Z', '2027-02-08', null],
  ['after weeks without a poll: the last one only', '2027-03-09T12:00:00Z', '2027-02-01', '2027-03-08'],
])('a report at Mon 08:00, %s', (_, now, told, due) => {
  expect(duePeriod(weekly('Mon 08:00'), 'within its week', told, at(now), berlin)?.key ?? null).toBe(due);
});

it('covers seven days of the calendar, also when one has 23 hours', () => {
  expect(duePeriod(weekly('Mon 08:00'), 'within its week', null, at('2027-03-31T00:00:00Z'), berlin)).toEqual({
    key: '2027-03-29',
    from: at('2027-03-22T07:00:00Z'),
    to: at('2027-03-29T06:00:00Z'),
  });
});

// 01:30 to 02:30 comes twice or not at all in the nights of these weeks
it('is told once a day over both changes of the clock, whatever its time', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('Europe/Berlin', 'America/New_York', 'America/Santiago', 'Australia/Lord_Howe'),
      fc.constantFrom('2027-03-14', '2027-03-28', '2027-04-04', '2027-09-05', '2027-10-03', '2027-10-31', '2027-11-07'),
      fc.integer({ min: 0, max: 23 }),
      fc.constantFrom('00', '15', '30'),
      (zone, turn, hour, minute) => {
        const clock = localTime(zone);
        const time = weekly(`Mon-Sun ${hour}:${minute}`);
        const told: string[] = [];
        for (let now = at(turn) - 3 * DAY; now < at(turn) + 3 * DAY; now += 15 * MINUTE) {
          const due = duePeriod(time, 'within its day', told.at(-1) ?? null, now, clock);
          if (due) told.push(due.key);
        }
        const first = clock.dayOf(at(turn) - 2 * DAY);
        const days = Array.from({ length: 4 }, (_, i) => clock.later(first, i));
        expect(told).toEqual([...new Set(told)]);
        for (const day of days) expect(told).toContain(day);
      },
    ),
    { numRuns: 25 },
  );
});

it('makes reports that join without a gap', () => {
  const time = weekly('Mon 08:00');
  let told: string | null = null;
  let end: number | null = null;
  for (let now = at('2027-02-01T12:00:00Z'); now < at('2027-12-01'); now += 5 * HOUR) {
    const due = duePeriod(time, 'within its week', told, now, berlin);
    if (!due) continue;
    if (end !== null) expect(due.from).toBe(end);
    ({ key: told, to: end } = due);
  }
  expect(told).toBe('2027-11-29');
});
