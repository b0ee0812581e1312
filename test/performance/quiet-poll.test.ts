import { afterAll, beforeAll, expect, it } from 'vitest';
import type { App } from '../../src/app/app-port.ts';
import { makeReferral } from '../sandbox/referrals-api/make-referral.ts';
import { tablesConnectionString } from '../sandbox/tables.ts';
import { type CountingProxy, createCountingProxy } from '../support/counting-proxy.ts';
import { createWorld, type World } from '../support/world.ts';

const PENDING = 1_205;
const PAGE = 100;

let world: World;
let api: CountingProxy;
let tables: CountingProxy;
let app: App;

beforeAll(async () => {
  world = await createWorld({
    pageSize: PAGE,
    referrals: () =>
      Array.from({ length: PENDING }, (_, i) =>
        makeReferral({ customer: `Northwind Traders ${i}`, createdAt: Date.now() - i * 60_000 }),
      ),
  });
  api = await createCountingProxy(new URL(world.api.baseUrl).origin);
  tables = await createCountingProxy(world.tables.url);
  app = world.startApp({
    REFERRALS_API_URL: world.api.baseUrl.replace(new URL(world.api.baseUrl).origin, api.url),
    TABLES_CONNECTION_STRING: tablesConnectionString(tables.url),
  });
  await app.poll();
  world.advance(300_000);
  await app.poll();
  world.advance(300_000);
  api.requests.length = 0;
  tables.requests.length = 0;
  await app.poll();
});

afterAll(async () => {
  await api?.close();
  await tables?.close();
  await world?.close();
});

it('asks for each page once, reads the table by the thousand and writes one heartbeat', () => {
  const reads = tables.requests.filter(({ method }) => method === 'GET');
  const writes = tables.requests.filter(({ method }) => method !== 'GET');
  expect(api.requests).toHaveLength(Math.ceil(PENDING / PAGE));
  expect(reads).toHaveLength(Math.ceil(PENDING / 1_000));
  expect(writes.map(({ path }) => path.includes('WatchState'))).toEqual([true]);
});

it('moves at most 0.6 kB for each pending referral', () => {
  const bytes = [...api.requests, ...tables.requests].reduce((sum, { bytesOut }) => sum + bytesOut, 0);
  expect(bytes / PENDING).toBeLessThanOrEqual(600);
});
