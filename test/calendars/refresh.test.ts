import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/base/instant.ts';
import { calendarTrouble } from '../../src/calendars/kept-calendar.ts';
import { onCallAt } from '../../src/calendars/on-duty.ts';
import { refreshedHolidays, refreshedShifts } from '../../src/calendars/refresh.ts';
import { calendar, event } from './fixtures.ts';

const NOW = Date.parse('2027-03-22T09:00:00Z');
const ROTATION = calendar(
  event(
    'UID:a',
    'DTSTART:20270301T080000Z',
    'DURATION:P7D',
    'RRULE:FREQ=WEEKLY;INTERVAL=2',
    'ATTENDEE:mailto:anna@example.com',
  ),
  event(
    'UID:b',
    'DTSTART:20270308T080000Z',
    'DURATION:P7D',
    'RRULE:FREQ=WEEKLY;INTERVAL=2',
    'ATTENDEE:mailto:ben@example.com',
  ),
);

let server: Server;
let address: string;
let published: string | null;
let asked = 0;

beforeEach(async () => {
  asked = 0;
  server = createServer((_, response) => {
    asked += 1;
    response.writeHead(published === null ? 503 : 200).end(published ?? '');
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

it('names the right person all through a day in which the calendar is away', async () => {
  published = ROTATION;
  let kept = await refreshedShifts(null, address, 'Europe/Berlin', NOW);
  published = null;
  let trouble: string | null = null;
  for (let now = NOW; now <= NOW + 8 * DAY; now += 6 * HOUR) {
    kept = await refreshedShifts(kept, address, 'Europe/Berlin', now);
    trouble = calendarTrouble(kept, now);
    const who = onCallAt(kept.value?.shifts ?? [], now).map(person => person.address);
    expect(who).toEqual([now < Date.parse('2027-03-29T08:00:00Z') ? 'ben@example.com' : 'anna@example.com']);
  }
  expect(trouble).toBe('the address answers with 503');
});

it('asks at most every fifteen minutes', async () => {
  published = ROTATION;
  let kept = await refreshedShifts(null, address, 'UTC', NOW);
  for (const minutes of [5, 10, 15, 20, 25, 30])
    kept = await refreshedShifts(kept, address, 'UTC', NOW + minutes * MINUTE);
  expect(asked).toBe(3);
});

it('says of a web page what it is, and keeps what it knew', async () => {
  published = ROTATION;
  const good = await refreshedShifts(null, address, 'UTC', NOW);
  published = '<!doctype html><title>Sign in</title>';
  const bad = await refreshedShifts(good, address, 'UTC', NOW + HOUR);
  expect(bad.value).toEqual(good.value);
  expect(bad.away?.problem).toContain('a web page');
});

it('keeps holidays on both sides of today', async () => {
  published = calendar(event('UID:a', 'DTSTART;VALUE=DATE:20270301'), event('UID:b', 'DTSTART;VALUE=DATE:20270501'));
  const kept = await refreshedHolidays(null, address, 'UTC', NOW);
  expect(kept.value).toEqual(['2027-03-01', '2027-05-01']);
});

it('keeps no more than a row takes', async () => {
  published = calendar(
    event(
      'UID:a',
      'DTSTART:20270301T000000Z',
      'DURATION:PT1H',
      'RRULE:FREQ=HOURLY',
      'ATTENDEE:mailto:anna@example.com',
    ),
  );
  const kept = await refreshedShifts(null, address, 'UTC', NOW);
  expect(kept.value?.shifts.length).toBeGreaterThan(330);
  expect(JSON.stringify(kept).length).toBeLessThan(64_000);
});
