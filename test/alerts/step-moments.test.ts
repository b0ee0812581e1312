import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stepMoments } from '../../src/alerts/step-moments.ts';
import { createWorkingTime, type WorkingTime } from '../../src/alerts/working-time.ts';
import { DAY, HOUR, MINUTE } from '../../src/base/instant.ts';
import { loadLocalTime } from '../../src/base/local-time.ts';
import { readWorkingHours } from '../../src/settings/weekly.ts';

const localTime = await loadLocalTime();
const at = Date.parse;

function workingTime(hours: string, zone = 'Europe/Berlin', holidays: readonly string[] = []): WorkingTime {
  const read = readWorkingHours(hours);
  if ('problem' in read) throw new Error(read.problem);
  return createWorkingTime(read.hours, holidays, localTime(zone));
}

function moments(expiry: string, before: number, working: WorkingTime | null, firstSeen = '2020-01-01T00:00:00Z') {
  const { sales, onCall } = stepMoments(at(expiry), { before }, working, at(firstSeen));
  return { sales: new Date(sales).toISOString(), onCall: new Date(onCall).toISOString() };
}

const OFFICE = workingTime('Mon-Fri 09:00-17:00');
const both = (instant: string) => ({ sales: instant, onCall: instant });

describe('an office in Berlin, Mon-Fri 9 to 17', () => {
  it.each([
    ['a Monday', '2027-02-08', '2027-02-05T08:00:00.000Z', '2027-02-07T00:00:00.000Z'],
    ['a Monday in summer', '2027-07-05', '2027-07-02T07:00:00.000Z', '2027-07-04T00:00:00.000Z'],
    // the clock changes in the night to Sunday, 28 March and 31 October
    ['the Monday after the change in March', '2027-03-29', '2027-03-26T08:00:00.000Z', '2027-03-28T00:00:00.000Z'],
    ['the Monday after the change in October', '2027-11-01', '2027-10-29T07:00:00.000Z', '2027-10-31T00:00:00.000Z'],
    ['a Sunday', '2027-02-07', '2027-02-05T08:00:00.000Z', '2027-02-06T00:00:00.000Z'],
  ])('hears the 24h step of %s on Friday at 9, on-call at its own moment', (_, expiry, sales, onCall) => {
    expect(moments(`${expiry}T00:00:00Z`, DAY, OFFICE)).toEqual({ sales, onCall });
  });

  it.each([
    ['a Thursday', '2027-02-11', '2027-02-10T08:00:00.000Z'],
    ['a Thursday in summer', '2027-07-08', '2027-07-07T07:00:00.000Z'],
    ['the Tuesday after the change in March', '2027-03-30', '2027-03-29T07:00:00.000Z'],
    ['the Tuesday after the change in October', '2027-11-02', '2027-11-01T08:00:00.000Z'],
    ['leap day', '2028-03-01', '2028-02-29T08:00:00.000Z'],
    ['New Year', '2027-01-01', '2026-12-31T08:00:00.000Z'],
  ])('hears the 24h step of %s in the morning at 9, and so does on-call', (_, expiry, when) => {
    expect(moments(`${expiry}T00:00:00Z`, DAY, OFFICE)).toEqual(both(when));
  });

  it('hears a step that falls into working time at its moment', () => {
    expect(moments('2027-02-11T10:00:00Z', DAY, OFFICE)).toEqual(both('2027-02-10T10:00:00.000Z'));
  });

  it('hears the 3d step of a Tuesday on Monday, for half of its time is then left', () => {
    // its own moment is Saturday 00:00 UTC; Monday 9 would leave 16 of 72 hours
    expect(moments('2027-02-09T00:00:00Z', 3 * DAY, OFFICE)).toEqual({
      sales: '2027-02-05T08:00:00.000Z',
      onCall: '2027-02-06T00:00:00.000Z',
    });
    // Sunday 00:00 UTC; Monday 9 leaves 40 of 72 hours
    expect(moments('2027-02-10T00:00:00Z', 3 * DAY, OFFICE)).toEqual(both('2027-02-08T08:00:00.000Z'));
  });

  it('waits when exactly half of the time is left', () => {
    expect(moments('2027-02-10T20:00:00Z', DAY, OFFICE)).toEqual(both('2027-02-10T08:00:00.000Z'));
    expect(moments('2027-02-10T19:59:59Z', DAY, OFFICE)).toEqual({
      sales: '2027-02-09T08:00:00.000Z',
      onCall: '2027-02-09T19:59:59.000Z',
    });
  });
});

it('pulls a step forward by at most a day before the end of a long period', () => {
  const allWeek = workingTime('Mon-Fri 00:00-24:00');
  expect(moments('2027-02-08T00:00:00Z', DAY, allWeek)).toEqual({
    sales: '2027-02-04T23:00:00.000Z',
    onCall: '2027-02-07T00:00:00.000Z',
  });
});

describe('closed from the evening of 24 December until 10 January, expiry 7 January', () => {
  const holidays = Array.from({ length: 16 }, (_, i) =>
    new Date(at('2026-12-25') + i * DAY).toISOString().slice(0, 10),
  );
  const closed = workingTime('Mon-Fri 09:00-17:00', 'Europe/Berlin', holidays);
  const step = (firstSeen: string) => moments('2027-01-07T00:00:00Z', DAY, closed, firstSeen);

  it('is critical to sales and on-call a day before its end when first seen on 24 December at work', () => {
    expect(step('2026-12-24T12:00:00Z')).toEqual(both('2027-01-06T00:00:00.000Z'));
  });

  it('is pulled forward to the last working period when it was known before', () => {
    expect(step('2026-12-23T12:00:00Z')).toEqual({
      sales: '2026-12-24T08:00:00.000Z',
      onCall: '2027-01-06T00:00:00.000Z',
    });
  });

  it('is told at once when first seen after its own moment', () => {
    expect(step('2027-01-06T12:00:00Z')).toEqual(both('2027-01-06T00:00:00.000Z'));
  });
});

it('does not wait with what is first seen after the own moment of a step', () => {
  const saw = '2027-02-10T03:00:00Z';
  expect(moments('2027-02-11T00:00:00Z', DAY, OFFICE, saw)).toEqual(both('2027-02-10T00:00:00.000Z'));
});

it('tells a step at its moment without working hours', () => {
  expect(moments('2027-02-08T00:00:00Z', DAY, null)).toEqual(both('2027-02-07T00:00:00.000Z'));
});

it('tells a step at its moment where nobody ever works', () => {
  const never = createWorkingTime([[], [], [], [], [], [], []], [], localTime('UTC'));
  expect(moments('2027-02-08T00:00:00Z', DAY, never)).toEqual(both('2027-02-07T00:00:00.000Z'));
});

// Both changes of the clock, a leap day and the end of a year, on each side of the equator; one zone changes at midnight.
const ZONES = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'America/Santiago'];
const TURNS = [
  '2027-03-14',
  '2027-03-28',
  '2027-04-04',
  '2027-09-05',
  '2027-10-03',
  '2027-10-31',
  '2027-11-07',
  '2028-02-29',
  '2028-01-01',
];

const anyCalendar = fc.record({
  zone: fc.constantFrom(...ZONES),
  hours: fc.array(
    fc.array(
      fc
        .tuple(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 1, max: 1440 }))
        .map(([from, length]) => ({ from, to: Math.min(1440, from + length) })),
      { maxLength: 1 },
    ),
    { minLength: 7, maxLength: 7 },
  ),
  turn: fc.constantFrom(...TURNS),
  closed: fc.array(fc.integer({ min: -30, max: 30 }), { maxLength: 20 }),
});
const anyLead = fc.record({
  expiry: fc.integer({ min: -10 * DAY, max: 10 * DAY }).map(span => Math.floor(span / MINUTE) * MINUTE),
  before: fc.oneof(fc.constantFrom(7 * DAY, 3 * DAY, DAY), fc.integer({ min: HOUR, max: 10 * DAY })),
  seen: fc.integer({ min: 0, max: 14 * DAY }),
});

it('tells every step, with at least half of its time left unless it was first seen later', () => {
  fc.assert(
    fc.property(anyCalendar, anyLead, ({ zone, hours, turn, closed }, { expiry, before, seen }) => {
      const holidays = closed.map(days => new Date(at(turn) + days * DAY).toISOString().slice(0, 10));
      const working = createWorkingTime(hours, holidays, localTime(zone));
      const expiryAt = at(turn) + expiry;
      const firstSeenAt = expiryAt - seen;
      const own = expiryAt - before;
      const { sales, onCall } = stepMoments(expiryAt, { before }, working, firstSeenAt);
      for (const moment of [sales, onCall]) {
        expect(Number.isFinite(moment)).toBe(true);
        expect(expiryAt - moment).toBeGreaterThanOrEqual(before / 2);
        // outside working time only at its own moment
        if (moment !== own) expect(working.isWorkingTime(moment)).toBe(true);
      }
      expect(onCall).toBeGreaterThanOrEqual(own);
      if (sales > own) expect(onCall).toBe(sales);
      if (sales < own) expect(firstSeenAt).toBeLessThanOrEqual(sales);
      if (firstSeenAt >= own) expect([sales, onCall]).toEqual([own, own]);
      if (working.isWorkingTime(own)) expect([sales, onCall]).toEqual([own, own]);
    }),
    { numRuns: 400 },
  );
});
