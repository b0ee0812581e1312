import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/base/instant.ts';
import { afterReading, calendarTrouble, isDue } from '../../src/calendars/kept-calendar.ts';
import { gapsWithin, onCallAt } from '../../src/calendars/on-duty.ts';
import type { Shift } from '../../src/model/shift.ts';

const NOW = Date.parse('2027-03-22T09:00:00Z');

describe('what is kept of a calendar', () => {
  const good = afterReading(null, { value: ['a shift'] }, NOW);

  it.each([
    ['never', null, true],
    ['5 minutes ago', 5 * MINUTE, false],
    ['15 minutes ago', 15 * MINUTE, true],
    ['by a clock an hour ahead', -HOUR, true],
  ])('is read anew when it was tried %s: %s', (_, ago, due) => {
    expect(isDue(ago === null ? null : { ...good, triedAt: NOW - ago }, NOW)).toBe(due);
  });

  it('serves while the calendar is away, and is a trouble after an hour until it is back', () => {
    let kept = good;
    const troubles: (string | null)[] = [];
    for (const minutes of [15, 30, 45, 60, 75, 90]) {
      kept = afterReading(kept, { problem: `away ${minutes}` }, NOW + minutes * MINUTE);
      expect(kept.value).toEqual(['a shift']);
      troubles.push(calendarTrouble(kept, NOW + minutes * MINUTE));
    }
    expect(troubles).toEqual([null, null, null, null, 'away 75', 'away 90']);
    const back = afterReading(kept, { value: [] }, NOW + DAY);
    expect([back.value, calendarTrouble(back, NOW + DAY)]).toEqual([[], null]);
  });

  it('is nothing while it was never read', () => {
    const away = afterReading<string[]>(null, { problem: 'a web page' }, NOW);
    expect([away.value, calendarTrouble(away, NOW), calendarTrouble(away, NOW + HOUR)]).toEqual([
      null,
      null,
      'a web page',
    ]);
  });

  it('survives JSON', () => {
    expect(JSON.parse(JSON.stringify(good))).toEqual(good);
  });
});

describe('who is on call', () => {
  const shift = (from: number, to: number, ...names: string[]): Shift => ({
    from: NOW + from * HOUR,
    to: NOW + to * HOUR,
    people: names.map(name => ({ address: `${name}@example.com`, name })),
  });
  const shifts = [shift(0, 8, 'anna'), shift(4, 6, 'ben', 'anna'), shift(10, 12, 'ben')];
  const who = (hours: number) =>
    onCallAt(shifts, NOW + hours * HOUR).map(({ name, until }) => `${name} ${(until - NOW) / HOUR}`);

  it.each([
    [-1, []],
    [0, ['anna 8']],
    [4, ['anna 8', 'ben 6']],
    [6, ['anna 8']],
    [8, []],
    [11.99, ['ben 12']],
    [12, []],
  ])('after %d hours: %j', (hours, expected) => {
    expect(who(hours)).toEqual(expected);
  });

  it.each([
    [0, 12, [[8, 10]]],
    [
      -2,
      14,
      [
        [-2, 0],
        [8, 10],
        [12, 14],
      ],
    ],
    [5, 7, []],
    [9, 9.5, [[9, 9.5]]],
  ])('from %d to %d hours nobody is: %j', (from, to, gaps) => {
    const found = gapsWithin(shifts.toReversed(), NOW + from * HOUR, NOW + to * HOUR);
    expect(found.map(gap => [(gap.from - NOW) / HOUR, (gap.to - NOW) / HOUR])).toEqual(gaps);
  });
});
