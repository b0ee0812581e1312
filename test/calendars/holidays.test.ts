import { expect, it } from 'vitest';
import { readHolidayList } from '../../src/calendars/read-calendar.ts';
import { calendar, event, wholly } from './fixtures.ts';

const SPAN = { from: Date.parse('2027-01-01'), to: Date.parse('2028-01-01'), zone: 'Europe/Berlin' };

function days(...events: readonly string[]) {
  const read = wholly(readHolidayList(calendar(...events), SPAN));
  return 'problem' in read ? read.problem : read.days;
}
const day = (date: string, ...more: string[]) =>
  event(`UID:${date}`, `DTSTART;VALUE=DATE:${date}`, 'SUMMARY:A day', ...more);

it('reads whole days, also several at once and every year', () => {
  expect(
    days(
      day('20270501', 'DESCRIPTION:Public holiday'),
      day('20271224', 'DTEND;VALUE=DATE:20271227'),
      event('UID:every', 'DTSTART;VALUE=DATE:20201003', 'DTEND;VALUE=DATE:20201004', 'RRULE:FREQ=YEARLY'),
    ),
  ).toEqual(['2027-05-01', '2027-10-03', '2027-12-24', '2027-12-25', '2027-12-26']);
});

it('takes for whole days what Outlook marks as such', () => {
  const marked = ['X-MICROSOFT-CDO-ALLDAYEVENT:TRUE'];
  const times = [
    'DTSTART;TZID=W. Europe Standard Time:20270501T000000',
    'DTEND;TZID=W. Europe Standard Time:20270502T000000',
  ];
  expect(days(event('UID:1', ...times, ...marked))).toEqual(['2027-05-01']);
});

it('leaves out meetings and what is cancelled', () => {
  expect(
    days(event('UID:1', 'DTSTART:20270501T080000Z', 'DTEND:20270501T090000Z'), day('20270502', 'STATUS:CANCELLED')),
  ).toEqual([]);
});

it.each([
  'Observance',
  'Observance\\nTo hide observances\\, go to Google Calendar Settings > Holidays in Germany',
  'Gedenktag',
  'Journée commémorative',
  'Celebración',
  'Gedenkdag',
  'Obchody',
  'Özel gün',
  '記念日',
  'Any word\\nIn any language\\, Google Kalender > …',
])('leaves out an observance: %s', description => {
  expect(days(day('20270501'), day('20271111', `DESCRIPTION:${description}`))).toEqual(['2027-05-01']);
});

it.each([
  'Public holiday',
  'Gesetzlicher Feiertag',
  'Jour férié',
  'Public holiday in Bavaria\\, Saarland',
  'Feest',
  '',
])('keeps a holiday: %s', description => {
  expect(days(day('20270501', `DESCRIPTION:${description}`))).toEqual(['2027-05-01']);
});
