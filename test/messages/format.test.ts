import { expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/base/instant.ts';
import {
  countryInWords,
  customerOf,
  moneyInWords,
  namesInWords,
  qualificationInWords,
  sortOf,
  titleOf,
} from '../../src/messages/facts.ts';
import { dateInWords } from '../../src/messages/format.ts';
import { fillLink } from '../../src/messages/link.ts';
import { leftInWords } from '../../src/messages/wording.ts';
import { en } from '../../src/messages/words/en.ts';
import { facts, now, view } from './samples.ts';

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
  [1, '1 minute left', '1m'],
  [0, 'expiry date has passed', '1m'],
])('time left: %i ms', (milliseconds, words, short) => {
  expect(leftInWords(now + milliseconds, now, view)).toBe(words);
  expect(en.forms.shortDuration(milliseconds)).toBe(short);
});

test.each([
  [0, '13 days left, no working time'],
  [1, '13 days left (1 working day)'],
  [9, '13 days left (9 working days)'],
])('%i working days left', (days, words) => {
  expect(leftInWords(now + 13 * DAY, now, { ...view, workingDaysLeft: () => days })).toBe(words);
});

test.each([
  [{ amount: 250000, currency: 'EUR' }, 'EUR 250,000'],
  [{ amount: 1234.5, currency: 'usd' }, 'USD 1,234.5'],
  [{ amount: 0, currency: null }, '0'],
  [{ amount: 5, currency: 'points' }, 'POINTS 5'],
  [{ amount: Number.POSITIVE_INFINITY, currency: 'EUR' }, null],
  [{ amount: 1e21, currency: 'EUR' }, null],
  [{ amount: 999_999_999_999, currency: 'JPY' }, 'JPY 999,999,999,999'],
  [{ amount: Number.NaN, currency: 'EUR' }, null],
  [null, null],
])('money: %o', (value, words) => expect(moneyInWords(value, en)).toBe(words));

test.each([
  ['NL', 'Netherlands'],
  ['us', 'United States'],
  ['Germany', 'Germany'],
  ['QX', 'QX'],
  ['', null],
  [null, null],
])('country: %s', (country, name) => expect(countryInWords(country, en)).toBe(name));

test('types and qualifications as sales says them', () => {
  expect([sortOf('Independent'), sortOf('Shared'), sortOf(null)]).toEqual(['lead', 'co-sell', 'referral']);
  const said = ['SalesQualified', 'MarketingQualified', 'Direct', 'PartnerQualified', 'constructor', 'None', null];
  expect(said.map(word => qualificationInWords(word, en))).toEqual([
    'sales qualified',
    'marketing qualified',
    'came directly from the customer',
    'partner qualified',
    'constructor',
    null,
    null,
  ]);
});

test('a name with nothing to be seen in it is no name', () => {
  const names = ['', ' ', '\u200b\u2060', '\u3164\u115f', '\ufe0f\u034f', '\u202e', '\u{1d159}', '\u0301', '\u2800'];
  for (const customer of names) {
    expect(customerOf({ customer }, en)).toBe('Customer not named');
    expect(titleOf({ customer: 'Contoso', deal: customer }, en)).toBe('Contoso');
    expect(namesInWords([customer], en)).toBeNull();
  }
  expect(customerOf({ customer: '…' }, en)).toBe('…');
});

test('names: four, and how many more there are', () => {
  expect(namesInWords(['a', 'b', 'c', 'd'], en)).toBe('a, b, c, d');
  expect(namesInWords(['a', 'b', 'c', 'd', 'e', 'f'], en)).toBe('a, b, c, d and 2 more');
});

test('a deal that only names the customer again is left out', () => {
  expect(titleOf({ ...facts, deal: facts.customer }, en)).toBe(facts.customer);
});

test('link: fills in both ids, encoded, and does without an engagement', () => {
  const template = 'https://partner.microsoft.com/x/{engagementId}/y?id={id}&again={id}';
  expect(fillLink(template, 'a/b$&', 'e 1').url).toBe(
    'https://partner.microsoft.com/x/e%201/y?id=a%2Fb%24%26&again=a%2Fb%24%26',
  );
  expect(fillLink(template, 'a', null).url).toBe('https://partner.microsoft.com/x//y?id=a&again=a');
});

test.each([
  ['https://partner.microsoft.com/leads', 'e', true],
  ['https://partner.microsoft.com/leads/{engagementId}', 'e', false],
  ['https://partner.microsoft.com/leads/{engagementId}', null, true],
  ['https://partner.microsoft.com/leads?id={id}', null, false],
])('link: knows whether it opens only the list: %s', (template, engagement, opensList) => {
  expect(fillLink(template, 'a', engagement).opensList).toBe(opensList);
});
