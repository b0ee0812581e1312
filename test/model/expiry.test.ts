import { expect, test } from 'vitest';
import { DAY } from '../../src/base/instant.ts';
import { expiryOf } from '../../src/model/expiry.ts';

const at = (text: string) => Date.parse(text);

test('what Partner Center reports is taken as it is', () => {
  const referral = { createdAt: at('2026-11-03T16:20:00Z'), reportedExpiry: at('2026-11-11T00:00:00Z') };
  expect(expiryOf(referral, 14, 0)).toEqual({ at: at('2026-11-11T00:00:00Z'), source: 'reported' });
});

test.each([
  ['2026-11-03T16:20:00Z', '2026-11-17T00:00:00Z'],
  ['2026-11-03T00:00:00Z', '2026-11-17T00:00:00Z'],
  ['2026-11-03T23:59:59Z', '2026-11-17T00:00:00Z'],
])('created %s, estimated %s: midnight UTC at the start of the last day', (created, expiry) => {
  const referral = { createdAt: at(created), reportedExpiry: null };
  expect(expiryOf(referral, 14, 0)).toEqual({ at: at(expiry), source: 'estimated' });
});

test('without a creation date the clock starts when it was first seen', () => {
  const referral = { createdAt: null, reportedExpiry: null };
  expect(expiryOf(referral, 8, 100 * DAY + 5)).toEqual({ at: 108 * DAY, source: 'estimated' });
});
