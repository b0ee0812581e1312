import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTable } from '../../src/azure/tables.ts';
import { DAY, HOUR, MINUTE } from '../../src/base/instant.ts';
import { calendar, event } from '../calendars/fixtures.ts';
import { makeReferral } from '../sandbox/referrals-api/make-referral.ts';
import { tablesConnectionString } from '../sandbox/tables.ts';
import { createCountingProxy } from '../support/counting-proxy.ts';
import { textOf } from '../support/read-card.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
let server: Server;
let address: string;
/** What the calendar's address answers; null while it is away. */
let published: string | null;

beforeEach(async () => {
  server = createServer((_, response) => response.writeHead(published === null ? 503 : 200).end(published ?? ''));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/calendar.ics`;
});
afterEach(async () => {
  await world.close();
  server.closeAllConnections();
  server.close();
});

const shift = (uid: string, start: string, name: string, ...more: string[]) =>
  event(
    `UID:${uid}`,
    `DTSTART;TZID=W. Europe Standard Time:${start}`,
    'DURATION:P7D',
    `ATTENDEE;CN=${name}:mailto:${name.toLowerCase()}@example.com`,
    ...more,
  );

/** Anna has the odd weeks, Ben the even ones, from Monday at nine; in the week of 15 March they swapped. */
const ROTATION = calendar(
  shift('anna', '20270301T090000', 'Anna', 'RRULE:FREQ=WEEKLY;INTERVAL=2'),
  shift('ben', '20270308T090000', 'Ben', 'RRULE:FREQ=WEEKLY;INTERVAL=2'),
  shift('anna', '20270315T090000', 'Ben', 'RECURRENCE-ID;TZID=W. Europe Standard Time:20270315T090000'),
);

/** A lead that is critical from the first poll, at that time. */
async function criticalAt(now: string, more: Record<string, string> = {}): Promise<string> {
  world = await createWorld({ now });
  const at = Date.now();
  world.api.add(makeReferral({ customer: 'Adatum', createdAt: at - 13 * DAY, expiresAt: at + 20 * HOUR }));
  world.restart({
    ONCALL_EMAIL_TO: 'all@contoso.example.com',
    ONCALL_CALENDAR_URL: address,
    ALERT_TIME_ZONE: 'Europe/Berlin',
    EMAIL_TO: '',
    ...more,
  });
  return String(world.api.state.referrals[0]?.id);
}
const mailedTo = () => world.mail.state.mails.map(({ recipients }) => recipients.join());

describe('a weekly rotation', () => {
  it.each([
    ['2027-03-03T12:00:00Z', 'anna@example.com', 'Anna'],
    ['2027-03-10T12:00:00Z', 'ben@example.com', 'Ben'],
    ['2027-03-17T12:00:00Z', 'ben@example.com', 'Ben'],
    ['2027-03-30T12:00:00Z', 'anna@example.com', 'Anna'],
  ])('at %s it is %s who has the mail, named on the card', async (now, recipient, name) => {
    published = ROTATION;
    await criticalAt(now);
    expect(await world.poll()).toBeNull();
    expect(mailedTo()).toEqual([recipient]);
    expect(textOf(world.teams.posts('oncall')[0]?.card as never)).toMatch(new RegExp(`On call now: ${name} until Mon`));
  });

  it('serves for a day while the calendar is away, also a new process, and the operator hears of it', async () => {
    published = ROTATION;
    const id = await criticalAt('2027-03-03T12:00:00Z');
    await world.poll();
    published = null;
    world.restart({ ONCALL_EMAIL_TO: 'all@contoso.example.com', ONCALL_CALENDAR_URL: address, EMAIL_TO: '' });
    for (let hours = 0; hours < 16; hours += 1) {
      world.advance(HOUR);
      await world.poll();
    }
    expect((await world.app.health()).body).toMatchObject({ troubles: ['on-call-calendar'] });
    world.api.accept(id);
    world.advance(5 * MINUTE);
    await world.poll();
    expect(mailedTo()).toEqual(['anna@example.com', 'anna@example.com']);
  });

  it.each([
    '{}',
    '{"value":{"shifts":5,"before":[],"withoutAddress":0},"triedAt":1,"away":null}',
    '{"value":{"shifts":[{"from":1}],"before":[],"withoutAddress":0},"triedAt":1,"away":null}',
    '{"value":null,"triedAt":1,"away":7}',
  ])('is read anew where what was kept of it makes no sense: %s', async kept => {
    published = ROTATION;
    await criticalAt('2027-03-01T10:00:00Z');
    const table = openTable({ connectionString: world.tables.connectionString }, 'WatchState');
    await table.createTable();
    await table.createEntity({ partitionKey: 'watch', rowKey: 'shifts', kept });
    expect(await world.poll()).toBeNull();
    expect(mailedTo()).toEqual(['anna@example.com']);
  });

  it('whoever was told hears the answer, when the shift has changed meanwhile', async () => {
    published = ROTATION;
    const id = await criticalAt('2027-03-08T07:00:00Z');
    await world.poll();
    world.advance(3 * HOUR);
    world.api.accept(id);
    await world.poll();
    expect(mailedTo()).toEqual(['anna@example.com', 'anna@example.com']);
    expect(await world.tableText()).toContain('ben@example.com');
    const { deliveries } = JSON.parse(
      (await world.tableText()).match(/\{[^{}]*"partitionKey":"closed"[^{}]*\}/)?.[0] ?? '{}',
    );
    expect(String(deliveries)).not.toContain('example.com');
  });
});

describe('nobody on shift', () => {
  it('all of ONCALL_EMAIL_TO have it, and the gap is a trouble before it comes to that', async () => {
    published = calendar(
      event('UID:a', 'DTSTART:20270303T120000Z', 'DTEND:20270303T180000Z', 'ATTENDEE:mailto:anna@example.com'),
    );
    await criticalAt('2027-03-03T13:00:00Z', { ESCALATION_STEPS: '10h:critical' });
    await world.poll();
    const [trouble] = world.teams.posts('operator').map(({ card }) => textOf(card));
    expect(trouble).toContain('Nobody is on call when a lead becomes critical');
    expect(trouble).toContain('3 Mar 2027, 19:00');
    world.advance(11 * HOUR);
    await world.poll();
    expect(mailedTo()).toEqual(['all@contoso.example.com']);
  });

  it('nor a calendar: a web page is none, and a sentence says so', async () => {
    published = '<html><body>Sign in</body></html>';
    await criticalAt('2027-03-03T13:00:00Z');
    await world.poll();
    world.advance(HOUR);
    await world.poll();
    expect(mailedTo()).toEqual(['all@contoso.example.com']);
    const text = world.teams
      .posts('operator')
      .map(({ card }) => textOf(card))
      .join();
    expect(text).toContain('The on-call calendar cannot be read');
    expect(text).toMatch(/web page/);
  });
});

describe('the heartbeat', () => {
  it('costs no write while its address goes on failing, and is told again after a day', async () => {
    published = null;
    world = await createWorld();
    const tables = await createCountingProxy(world.tables.url);
    world.restart({ HEARTBEAT_URL: address, TABLES_CONNECTION_STRING: tablesConnectionString(tables.url) });
    const writes = () => tables.requests.filter(({ method }) => method !== 'GET').length;
    const said = () =>
      world.teams.posts('operator').filter(({ card }) => /heartbeat address/.test(textOf(card))).length;
    await world.poll();
    await world.poll();
    expect(said()).toBe(1);
    const before = writes();
    world.advance(5 * MINUTE);
    expect(await world.poll()).toBeNull();
    expect(writes() - before).toBe(1);
    world.advance(DAY);
    await world.poll();
    expect(said()).toBe(2);
    await tables.close();
  });

  it('that leads elsewhere reaches nobody', async () => {
    published = null;
    world = await createWorld();
    server.removeAllListeners('request');
    server.on('request', (_, response) => response.writeHead(301, { location: '/login' }).end());
    world.restart({ HEARTBEAT_URL: address });
    expect(await world.poll()).toBeNull();
    expect((await world.app.health()).body).toMatchObject({ troubles: ['heartbeat'] });
  });

  it('is fetched after good polls only, and its trouble has an end', async () => {
    published = '';
    const asked: string[] = [];
    server.on('request', request => asked.push(String(request.url)));
    world = await createWorld();
    world.restart({ HEARTBEAT_URL: address });
    expect(await world.poll()).toBeNull();
    expect(asked).toHaveLength(1);
    world.api.setFaults({ down: true });
    expect(await world.poll()).not.toBeNull();
    expect(asked).toHaveLength(1);
    world.api.setFaults({ down: false });
    published = null;
    world.advance(5 * MINUTE);
    expect(await world.poll()).toBeNull();
    expect((await world.app.health()).body).toMatchObject({ troubles: expect.arrayContaining(['heartbeat']) });
    published = '';
    world.advance(5 * MINUTE);
    await world.poll();
    const text = world.teams
      .posts('operator')
      .map(({ card }) => textOf(card))
      .join();
    expect(text).toContain('The heartbeat address answers again');
    expect(text).not.toContain(address);
  });
});
