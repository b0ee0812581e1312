import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY, HOUR } from '../../src/base/instant.ts';
import { type Dated, expiryOf } from '../../src/model/expiry.ts';

const at = (text: string) => Date.parse(text);
const CREATED = at('2026-11-03T16:20:00Z');

function dated(listed: number | null, whole?: number | null, over: Partial<Dated> = {}): Dated {
  const dates = whole === undefined ? { listed } : { listed, whole };
  return { createdAt: CREATED, firstSeenAt: CREATED + HOUR, dates, ...over };
}

test('what Partner Center reports is taken as it is', () => {
  const expiry = { at: at('2026-11-11T00:00:00Z'), source: 'reported' };
  expect(expiryOf(dated(expiry.at), 14, CREATED)).toEqual(expiry);
  expect(expiryOf(dated(null, expiry.at), 14, CREATED)).toEqual(expiry);
});

test.each([
  ['2026-11-03T16:20:00Z', '2026-11-17T00:00:00Z'],
  ['2026-11-03T00:00:00Z', '2026-11-17T00:00:00Z'],
  ['2026-11-03T23:59:59Z', '2026-11-17T00:00:00Z'],
])('created %s, estimated %s: midnight UTC at the start of the last day', (created, expiry) => {
  const referral = dated(null, null, { createdAt: at(created) });
  expect(expiryOf(referral, 14, CREATED)).toEqual({ at: at(expiry), source: 'estimated' });
});

test('without a creation date that can be read the window starts a day before it was first seen', () => {
  const estimated = { at: 107 * DAY, source: 'estimated' };
  const unreadable = { createdAt: null, firstSeenAt: 100 * DAY + 5 };
  expect(expiryOf(dated(null, null, unreadable), 8, 0)).toEqual(estimated);
  const absurd = { ...unreadable, createdAt: at('9999-12-31T23:59:59Z') };
  expect(expiryOf(dated(null, null, absurd), 8, 0)).toEqual(estimated);
});

test.each([2 * DAY, 20 * DAY, 59 * DAY])('a creation %s ms after it was first seen is a mistake', ahead => {
  const wrong = { firstSeenAt: 100 * DAY + 5, createdAt: 100 * DAY + 5 + ahead };
  expect(expiryOf(dated(null, null, wrong), 8, 0)).toEqual({ at: 107 * DAY, source: 'estimated' });
  expect(expiryOf(dated(101 * DAY, null, wrong), 8, 0)).toEqual({ at: 101 * DAY, source: 'reported' });
});

test.each([
  ['the last instant of .NET', at('9999-12-31T23:59:59Z')],
  ['61 days after the creation', CREATED + 61 * DAY],
  ['a moment before the creation', CREATED - 1],
  ['years before the creation', at('2001-01-01T00:00:00Z')],
])('%s is no expiry, whoever names it', (_, date) => {
  const estimated = { at: at('2026-11-17T00:00:00Z'), source: 'estimated' };
  for (const odd of [dated(date), dated(null, date), dated(date, date)])
    expect(expiryOf(odd, 14, CREATED)).toEqual(estimated);
  const good = CREATED + 8 * DAY;
  for (const mixed of [dated(date, good), dated(good, date)])
    expect(expiryOf(mixed, 14, CREATED)).toEqual({ at: good, source: 'reported' });
});

test('of two dates the earlier governs, until it is pending a day after that', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 60 }), (one, other) => {
      const [first, last] = [CREATED + Math.min(one, other) * DAY, CREATED + Math.max(one, other) * DAY];
      const referral = dated(CREATED + one * DAY, CREATED + other * DAY);
      expect(expiryOf(referral, 14, first + DAY - 1).at).toBe(first);
      expect(expiryOf(referral, 14, first + DAY).at).toBe(last);
    }),
  );
});
