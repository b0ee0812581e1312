import { describe, expect, it } from 'vitest';
import { readShifts } from '../../src/calendars/read-calendar.ts';
import { ANNA, ANNAS, BEN, calendar, event, once, shifts, wholly } from './fixtures.ts';

const at = Date.parse;

describe('whole days', () => {
  it.each([
    ['in Berlin', 'Europe/Berlin', '2027-03-26T23:00 2027-03-28T22:00 anna@example.com'],
    ['in New York', 'America/New_York', '2027-03-27T04:00 2027-03-29T04:00 anna@example.com'],
    ['in Tokyo', 'Asia/Tokyo', '2027-03-26T15:00 2027-03-28T15:00 anna@example.com'],
  ])('are days of the zone: %s', (_, zone, shift) => {
    expect(shifts(once(';VALUE=DATE:20270327', ';VALUE=DATE:20270329'), '2027-03-22', zone)).toEqual([shift]);
    expect(shifts(once(':20270327', ':20270329'), '2027-03-22', zone)).toEqual([shift]);
  });
  it('last one day where no end is given', () => {
    const text = calendar(event('UID:1', 'DTSTART;VALUE=DATE:20270323', ANNA));
    expect(shifts(text)).toEqual(['2027-03-22T23:00 2027-03-23T23:00 anna@example.com']);
  });
  it('repeat by the week, over the change of the clock', () => {
    const text = once(';VALUE=DATE:20270315', ';VALUE=DATE:20270322', 'RRULE:FREQ=WEEKLY;UNTIL=20270330');
    expect(shifts(text)).toEqual([
      '2027-03-21T23:00 2027-03-28T22:00 anna@example.com',
      '2027-03-28T22:00 2027-04-04T22:00 anna@example.com',
    ]);
  });
});

const BERLIN = ';TZID=Europe/Berlin:';
const weekly = (rule: string, ...more: string[]) =>
  event(
    'UID:week',
    `DTSTART${BERLIN}20270301T090000`,
    `DTEND${BERLIN}20270301T170000`,
    `RRULE:FREQ=WEEKLY${rule}`,
    ANNA,
    ...more,
  );
const MARCH_22 = '2027-03-22T08:00 2027-03-22T16:00 anna@example.com';
const MARCH_29 = '2027-03-29T07:00 2027-03-29T15:00 anna@example.com';

describe('repetitions', () => {
  it('keep their hour over the change of the clock', () => {
    expect(shifts(calendar(weekly('')))).toEqual([MARCH_22, MARCH_29]);
  });
  it.each([
    ['until a moment in UTC', ';UNTIL=20270329T065959Z', [MARCH_22]],
    ['until that very moment in UTC', ';UNTIL=20270329T070000Z', [MARCH_22, MARCH_29]],
    ['until a local moment', ';UNTIL=20270329T090000', [MARCH_22, MARCH_29]],
    ['until a local moment before', ';UNTIL=20270329T085959', [MARCH_22]],
    ['until a day', ';UNTIL=20270329', [MARCH_22, MARCH_29]],
    ['until the day before', ';UNTIL=20270328', [MARCH_22]],
    ['so many times', ';COUNT=4', [MARCH_22]],
    ['every other week', ';INTERVAL=2', [MARCH_29]],
  ])('end: %s', (_, rule, expected) => {
    expect(shifts(calendar(weekly(rule)))).toEqual(expected);
  });
  it.each([
    ['in its zone', `EXDATE${BERLIN}20270322T090000`],
    ['in UTC', 'EXDATE:20270322T080000Z'],
    ['without a zone', 'EXDATE:20270322T090000'],
    ['in another zone', 'EXDATE;TZID=America/New_York:20270322T040000'],
    ['under the name of Windows', 'EXDATE;TZID=W. Europe Standard Time:20270322T090000'],
    ['as a day', 'EXDATE;VALUE=DATE:20270322'],
    ['several in one line', 'EXDATE:20270315T080000Z,20270322T080000Z'],
    ['several lines', 'EXDATE:20270315T080000Z\nEXDATE:20270322T080000Z'],
  ])('leave out an exception %s', (_, exdate) => {
    expect(shifts(calendar(weekly('', exdate)))).toEqual([MARCH_29]);
  });
  it.each([
    ['in its zone', `RECURRENCE-ID${BERLIN}20270322T090000`],
    ['in UTC', 'RECURRENCE-ID:20270322T080000Z'],
    ['without a zone', 'RECURRENCE-ID:20270322T090000'],
    [
      'under a name that Outlook shows',
      'RECURRENCE-ID;TZID=(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna:20270322T090000',
    ],
    ['as a day', 'RECURRENCE-ID;VALUE=DATE:20270322'],
  ])('take a swapped week %s', (_, id) => {
    const swapped = event('UID:week', id, `DTSTART${BERLIN}20270323T100000`, `DTEND${BERLIN}20270323T180000`, BEN);
    const expected = ['2027-03-23T09:00 2027-03-23T17:00 ben@example.com', MARCH_29];
    expect(shifts(calendar(weekly(''), swapped))).toEqual(expected);
    expect(shifts(calendar(swapped, weekly('')))).toEqual(expected);
  });
  it('leave out a week that was cancelled by itself', () => {
    const cancelled = event(
      'UID:week',
      'RECURRENCE-ID:20270322T080000Z',
      'DTSTART:20270322T080000Z',
      'STATUS:CANCELLED',
    );
    expect(shifts(calendar(weekly(''), cancelled))).toEqual([MARCH_29]);
  });
  it('take an exception that is swapped twice as it was sent last', () => {
    const swap = (sequence: number, who: string) =>
      event(
        'UID:week',
        'RECURRENCE-ID:20270322T080000Z',
        `SEQUENCE:${sequence}`,
        'DTSTART:20270322T080000Z',
        'DTEND:20270322T160000Z',
        who,
      );
    expect(shifts(calendar(weekly(''), swap(2, BEN), swap(1, ANNA)))).toEqual([
      MARCH_22.replace('anna', 'ben'),
      MARCH_29,
    ]);
  });
  it('take an exception whose series stands nowhere', () => {
    const alone = event('UID:gone', 'RECURRENCE-ID:20270322T080000Z', 'DTSTART:20270322T080000Z', 'DURATION:PT8H', BEN);
    expect(shifts(calendar(alone))).toEqual([MARCH_22.replace('anna', 'ben')]);
  });
  describe('that change from one week on', () => {
    const from = (...lines: string[]) =>
      event('UID:week', `RECURRENCE-ID;RANGE=THISANDFUTURE;${BERLIN.slice(1)}20270322T090000`, ...lines);
    it('go on with whoever has them then, at the hour and as long as they are then', () => {
      const change = from(`DTSTART${BERLIN}20270323T100000`, `DTEND${BERLIN}20270323T120000`, BEN);
      expect(shifts(calendar(weekly(''), change), '2027-03-15', 'UTC')).toEqual([
        '2027-03-15T08:00 2027-03-15T16:00 anna@example.com',
        '2027-03-23T09:00 2027-03-23T11:00 ben@example.com',
      ]);
      expect(shifts(calendar(weekly(''), change), '2027-03-29')).toEqual([
        '2027-03-30T08:00 2027-03-30T10:00 ben@example.com',
        '2027-04-06T08:00 2027-04-06T10:00 ben@example.com',
      ]);
    });
    it('are swapped by themselves all the same, and end where they are called off', () => {
      const change = from(`DTSTART${BERLIN}20270322T090000`, `DTEND${BERLIN}20270322T170000`, BEN);
      const swap = event(
        'UID:week',
        'RECURRENCE-ID:20270329T070000Z',
        'DTSTART:20270329T070000Z',
        'DURATION:PT8H',
        ANNA,
      );
      expect(shifts(calendar(weekly(''), change, swap))).toEqual([MARCH_22.replace('anna', 'ben'), MARCH_29]);
      const end = from(`DTSTART${BERLIN}20270322T090000`, 'STATUS:CANCELLED');
      expect(shifts(calendar(weekly(''), end), '2027-03-15')).toEqual([
        '2027-03-15T08:00 2027-03-15T16:00 anna@example.com',
      ]);
    });
  });
  it('are off with what was changed of them, when the series is called off', () => {
    const swap = (sequence: number) =>
      event(
        'UID:week',
        'RECURRENCE-ID:20270322T080000Z',
        `SEQUENCE:${sequence}`,
        'DTSTART:20270322T080000Z',
        'DURATION:PT8H',
        BEN,
      );
    const off = (sequence: number) => weekly('', `SEQUENCE:${sequence}`, 'STATUS:CANCELLED');
    expect(shifts(calendar(weekly(''), swap(1), off(2)))).toEqual([]);
    expect(shifts(calendar(weekly(''), off(2), swap(3)))).toEqual([MARCH_22.replace('anna', 'ben')]);
  });
  it('are off when a calendar comes that only calls off', () => {
    const notice = calendar(weekly('')).replace('VERSION:2.0', 'VERSION:2.0\r\nMETHOD:CANCEL');
    expect(shifts(notice)).toEqual([]);
    expect(shifts(`${calendar(weekly(''))}${notice}`)).toEqual([]);
    expect(shifts(calendar(weekly('')).replace('VERSION:2.0', 'METHOD:PUBLISH'))).toEqual([MARCH_22, MARCH_29]);
  });
  it('take dates that are added', () => {
    expect(shifts(calendar(weekly(';COUNT=1', `RDATE${BERLIN}20270322T090000`)))).toEqual([MARCH_22]);
    expect(shifts(calendar(weekly(';COUNT=1', 'RDATE;VALUE=PERIOD:20270322T080000Z/PT8H')))).toEqual([MARCH_22]);
  });
  it('reach into the window from before it', () => {
    const text = calendar(
      event('UID:1', `DTSTART${BERLIN}20270315T090000`, 'DURATION:P7D', 'RRULE:FREQ=WEEKLY;INTERVAL=4', ANNA),
    );
    expect(shifts(text)).toEqual(['2027-03-15T08:00 2027-03-22T08:00 anna@example.com']);
  });
  it('hand over at the same hour when the clock changes in between', () => {
    const text = calendar(
      event(
        'UID:1',
        `DTSTART${BERLIN}20270301T090000`,
        `DTEND${BERLIN}20270308T090000`,
        'RRULE:FREQ=WEEKLY;INTERVAL=3',
        ANNA,
      ),
    );
    expect(shifts(text)).toEqual(['2027-03-22T08:00 2027-03-29T07:00 anna@example.com']);
  });
});

describe('what is no shift', () => {
  it.each([
    ['a cancelled event', once(':20270323T080000Z', ':20270323T160000Z', 'STATUS:CANCELLED')],
    ['a cancelled series', calendar(weekly('', 'STATUS:CANCELLED'))],
    ['one that is over', once(':20270321T080000Z', ':20270321T160000Z')],
    ['one that is too far away', once(':20270523T080000Z', ':20270523T160000Z')],
    ['one without a length', calendar(event('UID:1', 'DTSTART:20270323T080000Z', ANNA))],
  ])('%s', (_, text) => {
    expect(shifts(text)).toEqual([]);
  });

  const span = { from: at('2027-03-22'), to: at('2027-04-05'), zone: 'UTC' };
  it.each([
    ['no start', event('UID:2', ANNA)],
    ['a start that is no date', event('UID:2', 'DTSTART:tomorrow', ANNA)],
    ['a rule that is none', event('UID:2', 'DTSTART:20270323T080000Z', 'DURATION:PT1H', 'RRULE:FREQ=OFTEN', ANNA)],
    ['a rule without end', event('UID:2', 'DTSTART:20270323T080000Z', 'DURATION:PT1H', 'RRULE:FREQ=SECONDLY', ANNA)],
    ['an end before its start', event('UID:2', 'DTSTART:20270323T080000Z', 'DTEND:20270323T070000Z', ANNA)],
  ])('an event with %s stops no other', (_, odd) => {
    const good = event('UID:1', 'DTSTART:20270323T080000Z', 'DTEND:20270323T160000Z', ANNA);
    expect(wholly(readShifts(calendar(odd, good), span))).toMatchObject({
      shifts: [{ people: [{ address: 'anna@example.com' }] }],
      unread: 1,
    });
  });
  it.each([
    'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30',
    'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30',
    'FREQ=DAILY;INTERVAL=7;BYDAY=TU',
  ])('a rule that never comes true ends: %s', rule => {
    const never = event('UID:2', 'DTSTART:20270322T080000Z', 'DURATION:PT1H', `RRULE:${rule}`, BEN);
    expect(shifts(calendar(never, event('UID:1', 'DTSTART:20270323T080000Z', 'DTEND:20270323T160000Z', ANNA)))).toEqual(
      [ANNAS],
    );
  });
});

describe('a calendar that is large or was made to be', () => {
  const good = event('UID:1', 'DTSTART:20270323T080000Z', 'DTEND:20270323T160000Z', ANNA);
  it('an event that never ends stops no other', () => {
    expect(shifts(calendar('BEGIN:VEVENT\r\nUID:0', good, 'BEGIN:VEVENT', 'BEGIN:VTIMEZONE', good))).toEqual([
      ANNAS,
      ANNAS,
    ]);
  });
  it('is read an event at a time, whatever begins and never ends', () => {
    const steps = (text: string) =>
      [...readShifts(text, { from: at('2027-03-22'), to: at('2027-04-05'), zone: 'UTC' })].length;
    expect(steps(calendar(...Array(40).fill(good)))).toBe(80);
    expect(steps(calendar('BEGIN:VEVENT\r\n'.repeat(100_000)))).toBe(100_000);
  });
});

describe('a text that is no calendar', () => {
  const span = { from: at('2027-03-22'), to: at('2027-04-05'), zone: 'UTC' };
  it.each([
    [
      '<!DOCTYPE html><title>Sign in</title>',
      'the address answers with a web page, not with a calendar: use the one that ends in .ics, often called iCal or ICS address',
    ],
    ['', 'the answer is empty'],
    ['{}', 'the address answers with something that is no calendar'],
    [calendar(weekly('')).slice(0, 200), 'the calendar ends in the middle'],
  ])('%s', (text, problem) => {
    expect(wholly(readShifts(text, span))).toEqual({ problem });
  });
  it('but one with a byte order mark, other line ends and a stray line is', () => {
    const text = `\uFEFF${calendar(weekly('', 'stray')).replaceAll('\r\n', '\n')}`;
    expect(shifts(text)).toEqual([MARCH_22, MARCH_29]);
  });
  it('nor is an empty one a fault', () => {
    expect(wholly(readShifts(calendar(), span))).toEqual({ shifts: [], withoutAddress: 0, unread: 0 });
  });
});
