import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { openTable } from '../../src/azure/tables.ts';
import { DAY, HOUR } from '../../src/base/instant.ts';
import { referralDetail } from '../../src/endpoints/detail.ts';
import { en } from '../../src/messages/words/en.ts';
import { createReferralsClient } from '../../src/partner-center/client.ts';
import { timelineOf } from '../../src/reports/timeline.ts';
import { makeReferral } from '../sandbox/referrals-api/make-referral.ts';
import { tablesConnectionString } from '../sandbox/tables.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
afterEach(() => world.close());

const CARD = 'application/vnd.microsoft.card.adaptive+json';
const contact = { firstName: 'Robin', lastName: 'Counts' };

async function aWorldWithOneLead(): Promise<string> {
  world = await createWorld({
    referrals: () => [makeReferral({ customer: 'Adatum', createdAt: Date.now() - 8 * DAY, contact })],
  });
  return String(world.api.state.referrals[0]?.id);
}

function ask(id: string, accept = 'application/json') {
  return world.app.detail({ id, accept, authorization: null });
}

describe('the detail of one referral', () => {
  it('is the resource itself, with its expiry and what was told', async () => {
    const id = await aWorldWithOneLead();
    await world.poll();
    world.advance(HOUR);
    const { status, body, headers } = await ask(id);
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('application/json');
    expect(body).toMatchObject({
      id,
      status: 'New',
      substatus: 'Pending',
      customerProfile: { name: 'Adatum' },
      expiry: { at: '2027-03-07T00:00:00.000Z', source: 'estimated', remaining: '5d 14h' },
      alerts: [
        {
          kind: 'escalation',
          step: '7d',
          channel: 'teams',
          outcome: 'delivered',
          attempts: 1,
          at: '2027-03-01T09:00:00.000Z',
        },
        { kind: 'escalation', step: '7d', channel: 'email', outcome: 'delivered', attempts: 1 },
      ],
    });
  });

  it('is a card when one is asked for, with the contacts in it', async () => {
    const id = await aWorldWithOneLead();
    const { status, body, headers } = await ask(id, CARD);
    expect(status).toBe(200);
    expect(headers['content-type']).toBe(CARD);
    expect(body).toMatchObject({ type: 'AdaptiveCard', version: '1.5' });
    expect(JSON.stringify(body)).toContain('Robin Counts');
  });

  it.each([
    [CARD, CARD],
    [`text/html, ${CARD}; q=0.5, */*; q=0.1`, CARD],
    [`application/json, ${CARD}`, CARD],
    [`${CARD};version=1.5`, CARD],
    [`application/json;q=0.2,${CARD};q=0.3`, CARD],
    [`${CARD};q=nonsense`, CARD],
    [`application/json, ${CARD}; q=0.1`, 'application/json'],
    [`${CARD};q=0, application/json`, 'application/json'],
    [`${CARD};q=0`, 'application/json'],
    [`${CARD}x`, 'application/json'],
    [`application/json; profile="${CARD}"`, 'application/json'],
    ['*/*', 'application/json'],
    ['', 'application/json'],
  ])('to %j answers %s', async (accept, type) => {
    const id = await aWorldWithOneLead();
    expect((await ask(id, accept)).headers['content-type']).toBe(type);
  });

  it('tells the same whatever letters the id is asked for in', async () => {
    const id = await aWorldWithOneLead();
    await world.poll();
    expect((await ask(id.toUpperCase())).body).toMatchObject({ id, alerts: [{ step: '7d' }, { step: '7d' }] });
    expect((await ask(id, CARD.toUpperCase())).body).toMatchObject({ type: 'AdaptiveCard' });
  });

  it('tells what was told of one that its list writes in other letters', async () => {
    const id = await aWorldWithOneLead();
    await world.poll();
    const table = openTable({ connectionString: world.tables.connectionString }, 'ReferralCheckpoints');
    const row = await table.getEntity('open', id);
    await table.createEntity({ ...row, partitionKey: 'open', rowKey: id.toUpperCase() });
    await table.deleteEntity('open', id);
    for (const letters of [id, id.toUpperCase()])
      expect((await ask(letters)).body).toMatchObject({ id, alerts: [{ step: '7d' }, { step: '7d' }] });
  });

  it('is fresh, also when the tables are away', async () => {
    const id = await aWorldWithOneLead();
    await world.tables.close();
    world.api.accept(id);
    expect((await ask(id)).body).toMatchObject({ status: 'Active', alerts: [] });
  });

  it('waits but once for tables that answer nothing, in whatever letters the id is kept', async () => {
    const id = await aWorldWithOneLead();
    const requests: string[] = [];
    const silent = createServer(({ url = '' }) => void requests.push(url)).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const over = { TABLES_CONNECTION_STRING: tablesConnectionString(`http://127.0.0.1:${port}`) };
    world.restart(over, { tables: 150 });
    const mixed = id.slice(0, 20) + id.slice(20).toUpperCase();
    expect((await ask(mixed)).body).toMatchObject({ id, alerts: [] });
    expect(new Set(requests.map(url => /RowKey='([^']+)'/.exec(decodeURIComponent(url))?.[1]))).toEqual(
      new Set([mixed]),
    );
    silent.closeAllConnections();
    silent.close();
  });

  it.each([
    ['../referrals', 400, {}],
    ["' or 1 eq 1", 400, {}],
    ['not-a-guid', 400, {}],
    ['7d23e5ca19dc4eaaaac85e6b559f0d1d', 400, {}],
    ['7d23e5ca-19dc-4eaa-aac8-5e6b559f0d1d', 404, {}],
    [null, 404, { listHidden: true }],
    [null, 429, { throttled: 17 }],
    [null, 502, { down: 500 }],
    [null, 502, { down: 502 }],
    [null, 502, { reset: true }],
    [null, 503, { signedOut: true }],
  ])('%s answers %i', async (wanted, status, faults) => {
    const id = await aWorldWithOneLead();
    world.api.setFaults(faults);
    const answer = await ask(wanted ?? id);
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(answer.body).toMatchObject({ status, title: expect.any(String), detail: expect.any(String) });
    expect(answer.headers['retry-after']).toBe(status === 429 ? '17' : undefined);
    expect(JSON.stringify(answer)).not.toMatch(/SinkFault|stack|Bearer|127\.0\.0\.1/);
  });

  it('times out instead of waiting for ever', async () => {
    const id = await aWorldWithOneLead();
    world.api.setFaults({ hang: true });
    const tokens = { get: async () => 'any', refresh: async () => 'any' };
    const { log } = world;
    const referrals = createReferralsClient({
      apiUrl: world.api.baseUrl,
      filter: '',
      tokens,
      log,
      clock: Date.now,
      deadlineMs: 300,
    });
    const view = { words: en, timeZone: 'UTC', linkFor: () => ({ url: 'https://example.com', opensList: false }) };
    const checkpoints = { find: async () => null };
    const deps = { referrals, checkpoints, windowDays: 14, timelineOf, view, log, clock: Date.now };
    expect((await referralDetail(id, '', deps)).status).toBe(504);
  });
});

describe('health', () => {
  it('is bad before the first good poll, good after, and bad again when three intervals have passed', async () => {
    await aWorldWithOneLead();
    expect((await world.app.health()).status).toBe(503);
    await world.poll();
    const { status, body } = await world.app.health();
    expect(status).toBe(200);
    expect(body).toMatchObject({
      lastGoodPollAt: '2027-03-01T09:00:00.000Z',
      pending: 1,
      nextExpiryAt: '2027-03-07T00:00:00.000Z',
      signIn: 'ok',
      undelivered: 0,
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
    });
    world.advance(15 * 60_000);
    expect((await world.app.health()).status).toBe(503);
  });

  it('counts what did not reach a channel', async () => {
    await aWorldWithOneLead();
    world.teams.setFaults({ down: true }, 'sales');
    await world.poll();
    expect((await world.app.health()).body).toMatchObject({ undelivered: 1 });
  });

  it('says so when the tables are away', async () => {
    await aWorldWithOneLead();
    await world.tables.close();
    expect(await world.app.health()).toMatchObject({
      status: 503,
      body: { tables: expect.stringContaining('cannot be read'), troubles: ['tables'] },
    });
  });
});
