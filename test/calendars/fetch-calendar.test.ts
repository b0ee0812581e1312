import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { calendarUrl, fetchCalendar } from '../../src/calendars/fetch-calendar.ts';

let server: Server;
let origin: string;
let answer: (url: string, response: ServerResponse) => void;

beforeEach(async () => {
  server = createServer((request, response) => answer(request.url ?? '', response));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const fetched = (timeoutMs?: number) => fetchCalendar(`${origin}/s3cret.ics`, timeoutMs);

it.each([
  ['webcal://calendar.example/a.ics?key=1', 'https://calendar.example/a.ics?key=1'],
  ['WEBCALS://calendar.example/a.ics', 'https://calendar.example/a.ics'],
  ['http://127.0.0.1:8080/a.ics', 'http://127.0.0.1:8080/a.ics'],
])('%s is %s', (address, url) => {
  expect(calendarUrl(address)).toBe(url);
});

it('answers the text', async () => {
  answer = (_, response) => response.end('BEGIN:VCALENDAR');
  expect(await fetched()).toEqual({ text: 'BEGIN:VCALENDAR' });
});

it('goes where the calendar has moved to', async () => {
  answer = (url, response) =>
    url === '/s3cret.ics' ? response.writeHead(301, { location: '/moved.ics' }).end() : response.end(url);
  expect(await fetched()).toEqual({ text: '/moved.ics' });
});

it.each([
  [404, 'the address answers with 404: it is no longer published there; publish it anew and set the new address'],
  [403, 'the address answers with 403: it wants a sign-in; use the secret address that needs none'],
  [500, 'the address answers with 500'],
])('says what %d means', async (status, problem) => {
  answer = (_, response) => response.writeHead(status).end('<html>');
  expect(await fetched()).toEqual({ problem });
});

it('does not go round in circles, nor where others could read along', async () => {
  answer = (_, response) => response.writeHead(302, { location: '/s3cret.ics' }).end();
  expect(await fetched()).toEqual({ problem: 'the address leads from one to the next without end' });
  answer = (_, response) => response.writeHead(302, { location: 'http://calendar.example/a.ics' }).end();
  expect(await fetched()).toEqual({ problem: 'the address answers with 302' });
});

it('takes no more than ten megabytes', async () => {
  answer = (_, response) => response.end(Buffer.alloc(10_000_001, 'x'));
  expect(await fetched()).toEqual({ problem: 'the calendar is larger than 10 MB' });
});

it('waits no longer than its time, also for a body that drips', async () => {
  answer = (_, response) => response.write('BEGIN');
  expect(await fetched(50)).toEqual({ problem: 'the address did not answer within 10 seconds' });
});

it('says that nobody is there, and not where', async () => {
  answer = (_, response) => response.destroy();
  expect(await fetched()).toEqual({ problem: 'the address cannot be reached (ECONNRESET)' });
  server.close();
  server.closeAllConnections();
  expect(JSON.stringify(await fetched())).not.toMatch(/s3cret|127\.0/);
});
