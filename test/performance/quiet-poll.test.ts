import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeReferral } from '../sandbox/referrals-api/make-referral.ts';
import { tablesConnectionString } from '../sandbox/tables.ts';
import { type CountingProxy, createCountingProxy } from '../support/counting-proxy.ts';
import { createWorld, type World } from '../support/world.ts';

const PENDING = 1_205;
const PAGE = 100;

let world: World;
let api: CountingProxy;
let tables: CountingProxy;
/** What a poll asked for and what it told, once all is known. */
let polls: { asked: Asked[]; read: Asked[]; written: Asked[]; told: number }[];

type Asked = CountingProxy['requests'][number];

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
  world.restart({
    REFERRALS_API_URL: world.api.baseUrl.replace(new URL(world.api.baseUrl).origin, api.url),
    TABLES_CONNECTION_STRING: tablesConnectionString(tables.url),
  });
  const told = () => world.teams.state.posts.length + world.mail.state.mails.length;
  await world.app.poll();
  expect(told()).toBeGreaterThan(0);
  polls = [];
  for (const wait of [0, 300_000, 300_000]) {
    world.advance(wait);
    api.requests.length = 0;
    tables.requests.length = 0;
    const before = told();
    await world.app.poll();
    polls.push({
      asked: [...api.requests],
      read: tables.requests.filter(({ method }) => method === 'GET'),
      written: tables.requests.filter(({ method }) => method !== 'GET'),
      told: told() - before,
    });
  }
});

afterAll(async () => {
  await api?.close();
  await tables?.close();
  await world?.close();
});

it('asks for each page once, reads the table by the thousand, writes one heartbeat and tells nothing', () => {
  for (const { asked, read, written, told } of polls) {
    expect(asked).toHaveLength(Math.ceil(PENDING / PAGE));
    expect(read).toHaveLength(Math.ceil(PENDING / 1_000));
    expect(written.map(({ path }) => path)).toEqual([expect.stringContaining('/WatchState(')]);
    expect(told).toBe(0);
  }
});

it('moves at most 0.6 kB for each pending referral', () => {
  for (const { asked, read, written } of polls) {
    const bytes = [...asked, ...read, ...written].reduce((sum, { bytesOut }) => sum + bytesOut, 0);
    expect(bytes / PENDING).toBeLessThanOrEqual(600);
  }
});
