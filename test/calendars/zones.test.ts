import { describe, expect, it } from 'vitest';
import { ANNA, ANNAS, calendar, definition, event, once, shifts } from './fixtures.ts';

describe('names of zones', () => {
  // nine to five of a winter day in Berlin
  const winter = ['20270323T090000', '20270323T170000'] as const;
  it.each([
    'Europe/Berlin',
    '"Europe/Berlin"',
    '/Europe/Berlin',
    '/example.org/20240101_1/Europe/Berlin',
    'W. Europe Standard Time',
    '"W. Europe Standard Time"',
    'w. europe standard time',
    'W. Europe Standard Time 1',
    'Romance Standard Time',
    'Central European Standard Time 2',
    '"(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna"',
    '(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna',
    '(UTC+01:00) Amsterdam, Berlin, Bern, Rom, Stockholm, Wien',
    '(GMT+01:00) Brussels, Copenhagen, Madrid, Paris',
    '(UTC+01:00) Sarajevo, Skopje, Warsaw, Zagreb',
  ])('%s, without a definition', name => {
    expect(
      shifts(once(`;TZID=${name}:${winter[0]}`, `;TZID=${name}:${winter[1]}`), '2027-03-22', 'America/New_York'),
    ).toEqual([ANNAS]);
  });

  it.each([
    ['GMT Standard Time', '2027-03-23T09:00'],
    ['GMT Standard Time 1', '2027-03-23T09:00'],
    ['"(UTC+00:00) Dublin, Edinburgh, Lisbon, London"', '2027-03-23T09:00'],
    ['"(UTC) Coordinated Universal Time"', '2027-03-23T09:00'],
    ['tzone://Microsoft/Utc', '2027-03-23T09:00'],
    ['UTC', '2027-03-23T09:00'],
    ['GMT+01:00', '2027-03-23T08:00'],
    ['UTC-0330', '2027-03-23T12:30'],
    ['UTC-11', '2027-03-23T20:00'],
    ['Eastern Standard Time', '2027-03-23T13:00'],
    ['"(UTC-05:00) Eastern Time (US & Canada)"', '2027-03-23T13:00'],
    ['(UTC-08:00) Pacific Time (US & Canada)', '2027-03-23T16:00'],
    ['(UTC-09:00) Alaska', '2027-03-23T17:00'],
    ['(UTC-03:00) Brasilia', '2027-03-23T12:00'],
    ['(UTC-05:00) Indiana (East)', '2027-03-23T13:00'],
    ['(UTC-06:00) Central America', '2027-03-23T15:00'],
    ['(UTC+05:30) Chennai, Kolkata, Mumbai, New Delhi', '2027-03-23T03:30'],
    ['(UTC+10:30) Lord Howe Island', '2027-03-22T22:00'],
    ['(UTC+02:00) Helsinki, Kyiv, Riga, Sofia, Tallinn, Vilnius', '2027-03-23T07:00'],
    ['Tokyo Standard Time', '2027-03-23T00:00'],
    ['FLE Standard Time', '2027-03-23T07:00'],
  ])('%s: nine is %s UTC', (name, start) => {
    const [first = ''] = shifts(once(`;TZID=${name}:${winter[0]}`, `;TZID=${name}:${winter[1]}`));
    expect(first.slice(0, 16)).toBe(start);
  });

  it('a name of their own means what the file defines', () => {
    const zoned = (name: string) =>
      event('UID:1', `DTSTART;TZID=${name}:${winter[0]}`, `DTEND;TZID=${name}:${winter[1]}`, ANNA);
    const own = calendar(definition('Our office'), zoned('Our office'));
    expect(shifts(own, '2027-03-22', 'America/New_York')).toEqual([ANNAS]);
    const fixed = definition('Fixed').replaceAll('+0200', '+0100');
    expect(shifts(calendar(fixed, zoned('Fixed')), '2027-03-22', 'America/New_York')).toEqual([ANNAS]);
    const located = definition('Our office').replace('BEGIN:STANDARD', 'X-LIC-LOCATION:Europe/Berlin\nBEGIN:STANDARD');
    expect(shifts(calendar(located, zoned('Our office')), '2027-03-22', 'America/New_York')).toEqual([ANNAS]);
  });

  it.each([
    ['a zone that nobody knows', ';TZID=Mars/Crater:20270323T090000', ';TZID=Mars/Crater:20270323T170000'],
    ['no zone', ':20270323T090000', ':20270323T170000'],
    ['UTC', ':20270323T080000Z', ':20270323T160000Z'],
    ['Z in spite of a zone', ';TZID=America/New_York:20270323T080000Z', ';TZID=America/New_York:20270323T160000Z'],
    [
      'a kind that is said twice',
      ';TZID=Europe/Berlin;VALUE=DATE-TIME:20270323T090000',
      ';VALUE=DATE-TIME;TZID=Europe/Berlin:20270323T170000',
    ],
  ])('%s', (_, start, end) => {
    expect(shifts(once(start, end))).toEqual([ANNAS]);
  });

  it('a definition that never ends stops nobody', () => {
    const hostile = definition('Odd').replace(
      'FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3',
      'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30',
    );
    const text = calendar(
      hostile,
      event('UID:1', 'DTSTART;TZID=Odd:20270323T090000', 'DTEND;TZID=Odd:20270323T170000', ANNA),
    );
    expect(shifts(text)).toEqual([ANNAS]);
  });
});
