import { expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/base/instant.ts';
import {
  countryName,
  dateInWords,
  leftInWords,
  moneyInWords,
  qualificationName,
  timeLeftShort,
  typeName,
} from '../../src/messages/format.ts';
import { fillLink } from '../../src/messages/link.ts';

test.each([
  ['UTC', '2026-11-17T00:00:00Z', 'Tue 17 Nov 2026, 00:00 UTC'],
  ['Europe/Amsterdam', '2026-09-01T22:30:00Z', 'Wed 2 Sep 2026, 00:30 CEST'],
  ['America/New_York', '2026-11-17T00:00:00Z', 'Mon 16 Nov 2026, 19:00 GMT-5'],
  ['Asia/Kolkata', '2026-11-17T00:00:00Z', 'Tue 17 Nov 2026, 05:30 GMT+5:30'],
])('date in %s', (zone, at, words) => expect(dateInWords(Date.parse(at), zone)).toBe(words));

test('a date that is none does not stop an alert', () => {
  expect(dateInWords(Number.NaN, 'UTC')).toBe('at an unknown date');
});

test.each([
  [13 * DAY + 7 * HOUR, '13 days left', '13d'],
  [2 * DAY + 5 * HOUR, '2 days 5 hours left', '2d'],
  [DAY, '1 day left', '1d'],
  [DAY - 1, '23 hours left', '23h'],
  [6 * HOUR, '6 hours left', '6h'],
  [HOUR, '1 hour left', '1h'],
  [20 * MINUTE, '20 minutes left', '20m'],
  [1, '1 minute left', '0m'],
  [0, 'expiry date has passed', '0m'],
])('time left: %i ms', (milliseconds, words, short) => {
  expect(leftInWords(milliseconds)).toBe(words);
  expect(timeLeftShort(milliseconds)).toBe(short);
});

test.each([
  [{ amount: 250000, currency: 'EUR' }, 'EUR 250,000'],
  [{ amount: 1234.5, currency: 'usd' }, 'USD 1,234.5'],
  [{ amount: 0, currency: null }, '0'],
  [{ amount: Number.POSITIVE_INFINITY, currency: 'EUR' }, null],
  [null, null],
])('money: %o', (value, words) => expect(moneyInWords(value)).toBe(words));

test.each([
  ['NL', 'Netherlands'],
  ['us', 'United States'],
  ['Germany', 'Germany'],
  ['QX', 'QX'],
  ['', null],
  [null, null],
])('country: %s', (country, name) => expect(countryName(country)).toBe(name));

test('types and qualifications as sales says them', () => {
  expect([typeName('Independent'), typeName('Shared'), typeName(null)]).toEqual([
    'lead',
    'co-sell opportunity',
    'referral',
  ]);
  expect([qualificationName('SalesQualified'), qualificationName('None'), qualificationName(null)]).toEqual([
    'sales qualified',
    null,
    null,
  ]);
});

test('link: fills in both ids, encoded, and does without an engagement', () => {
  const template = 'https://partner.microsoft.com/x/{engagementId}/y?id={id}&again={id}';
  expect(fillLink(template, 'a/b$&', 'e 1')).toBe(
    'https://partner.microsoft.com/x/e%201/y?id=a%2Fb%24%26&again=a%2Fb%24%26',
  );
  expect(fillLink(template, 'a', null)).toBe('https://partner.microsoft.com/x//y?id=a&again=a');
  expect(fillLink('https://partner.microsoft.com/leads', 'a', 'b')).toBe('https://partner.microsoft.com/leads');
});
