import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/base/instant.ts';
import { deadlineInWords } from '../../src/messages/deadline.ts';
import { view } from './samples.ts';

const at = Date.parse;

test.each([
  // Midnight in UTC is how Partner Center writes the end of a day.
  ['UTC', '2026-11-28T00:00:00Z', '2026-11-25T12:00:00Z', 'answer by the end of Fri 27 Nov'],
  ['UTC', '2026-11-28T00:00:00Z', '2026-11-27T23:59:59Z', 'answer by the end of Fri 27 Nov'],
  ['America/New_York', '2026-11-28T00:00:00Z', '2026-11-25T12:00:00Z', 'answer by Fri 27 Nov, 19:00'],
  ['Europe/Amsterdam', '2026-11-28T00:00:00Z', '2026-11-27T22:59:59Z', 'answer by the end of Fri 27 Nov'],
  // In the hours after that midnight the end of Friday is over, and the hour is said.
  ['Europe/Amsterdam', '2026-11-28T00:00:00Z', '2026-11-27T23:00:00Z', 'answer by Sat 28 Nov, 01:00'],
  // India's half past five, Tokyo's nine o'clock: both are before work.
  ['Asia/Kolkata', '2026-11-28T00:00:00Z', '2026-11-27T12:00:00Z', 'answer by the end of Fri 27 Nov'],
  ['Asia/Tokyo', '2026-11-28T00:00:00Z', '2026-11-27T12:00:00Z', 'answer by the end of Fri 27 Nov'],
  ['Australia/Sydney', '2026-11-28T00:00:00Z', '2026-11-27T12:00:00Z', 'answer by Sat 28 Nov, 11:00'],
  ['UTC', '2026-11-28T09:00:00.000Z', '2026-11-27T12:00:00Z', 'answer by the end of Fri 27 Nov'],
  ['UTC', '2026-11-28T09:00:00.001Z', '2026-11-27T12:00:00Z', 'answer by Sat 28 Nov, 09:00'],
  ['UTC', '2026-11-28T17:30:00Z', '2026-11-27T12:00:00Z', 'answer by Sat 28 Nov, 17:30'],
  ['UTC', '2027-01-01T00:00:00Z', '2026-12-30T12:00:00Z', 'answer by the end of Thu 31 Dec'],
  // The night when clocks go forward is an hour short.
  ['Europe/Amsterdam', '2026-03-29T07:00:00Z', '2026-03-27T12:00:00Z', 'answer by the end of Sat 28 Mar'],
  ['Europe/Amsterdam', '2026-03-29T07:00:01Z', '2026-03-27T12:00:00Z', 'answer by Sun 29 Mar, 09:00'],
  ['UTC', '2026-11-28T00:00:00Z', '2026-11-28T00:00:00Z', 'its expiry was Sat 28 Nov, 00:00'],
])('in %s, expiry %s, at %s: %s', (timeZone, expiry, now, words) => {
  expect(deadlineInWords(at(expiry), at(now), { ...view, timeZone })).toBe(words);
});

test('whatever the zone, the end of a day is said only before it, and never of a later day than the expiry', () => {
  const zones = fc.constantFrom('UTC', 'America/Los_Angeles', 'Europe/Istanbul', 'Asia/Tokyo', 'Pacific/Chatham');
  const start = at('2026-01-01T00:00:00Z');
  fc.assert(
    fc.property(
      zones,
      fc.integer({ min: 0, max: 400 * 24 * 60 }),
      fc.integer({ min: 1, max: 20_000 }),
      (timeZone, m, left) => {
        const expiry = start + m * MINUTE;
        const now = expiry - left * MINUTE;
        const words = deadlineInWords(expiry, now, { ...view, timeZone });
        const hour = Number(
          new Intl.DateTimeFormat('en', { timeZone, hour: 'numeric', hourCycle: 'h23' }).format(expiry),
        );
        if (words.includes('the end of')) {
          expect(hour).toBeLessThanOrEqual(9);
          expect(left * MINUTE).toBeGreaterThan(0);
        } else if (hour < 9) {
          // The morning of the expiry itself.
          expect(left * MINUTE).toBeLessThan(10 * HOUR);
        }
        expect(words).not.toMatch(/NaN|undefined|Invalid/);
      },
    ),
    { numRuns: 300 },
  );
});

test('a date that is none does not stop an alert', () => {
  expect(deadlineInWords(Number.NaN, at('2026-11-28T00:00:00Z'), view)).toContain('unknown date');
  expect(deadlineInWords(9e15, at('2026-11-28T00:00:00Z') + DAY, view)).toContain('unknown date');
});
