import fc from 'fast-check';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { openTable } from '../../src/azure/tables.ts';
import { DAY } from '../../src/base/instant.ts';
import type { Checkpoint } from '../../src/model/checkpoint.ts';
import { UNWATCHED } from '../../src/model/watch-state.ts';
import { fromRow, outlineOf, toRow } from '../../src/storage/checkpoint-row.ts';
import { createCheckpointStore } from '../../src/storage/checkpoints.ts';
import { createWatchStore } from '../../src/storage/watch-state.ts';
import { aCheckpoint, aDelivery, NOW } from '../alerts/builders.ts';
import { type CountingProxy, createCountingProxy } from '../support/counting-proxy.ts';
import { uniqueTableName } from '../support/table-names.ts';

const connectionString = () => inject('tablesConnectionString');
const freshTable = () => openTable({ connectionString: connectionString() }, uniqueTableName('rows'));

let proxy: CountingProxy | undefined;
afterEach(async () => {
  await proxy?.close();
  proxy = undefined;
});

/** A store behind a table that refuses every write whose body matches. */
async function refusingStore(refused: { text: RegExp | null }, status = 400) {
  const [origin = ''] = /http:\/\/[^/;]+/.exec(connectionString()) ?? [];
  proxy = await createCountingProxy(origin, {
    keepBodies: true,
    before: ({ method, body }) => (method !== 'GET' && refused.text?.test(body ?? '') ? status : 'pass'),
  });
  const behind = connectionString().replaceAll(origin, proxy.url);
  return createCheckpointStore(openTable({ connectionString: behind }, uniqueTableName('rows')));
}

it('dates that a tool for copying tables took for dates are read', async () => {
  const table = freshTable();
  const store = createCheckpointStore(table);
  const [kept] = (await store.save([aCheckpoint('a', DAY, [aDelivery()])])).saved;
  const { partitionKey, rowKey, ...row } = await table.getEntity('open', 'a');
  const names = ['createdAt', 'firstSeenAt', 'expiryAt'];
  const dates = Object.fromEntries(names.map(name => [name, new Date(String(row[name]))]));
  await table.updateEntity({ partitionKey: 'open', rowKey: 'a', ...dates }, 'Merge');
  const [read] = await store.loadOpen();
  expect(read?.unreadable).toBeUndefined();
  expect([read?.createdAt, read?.firstSeenAt, read?.expiry]).toEqual([
    kept?.createdAt,
    kept?.firstSeenAt,
    kept?.expiry,
  ]);
});

function named(id: string, customer: string | null, over: Partial<Checkpoint> = {}): Checkpoint {
  return {
    ...aCheckpoint(id, DAY, [aDelivery()]),
    summary: { customer, country: 'NL', value: null, type: null },
    ...over,
  };
}

describe('what people wrote', () => {
  it.each([
    ['33,000 letters', 'x'.repeat(33_000)],
    ['a million signs of two units', '\u{1F30D}'.repeat(500_000)],
    ['half a sign', `${'x'.repeat(199)}\ud83c`],
    ['zeros and controls', '\u0000\u0001\u001f'.repeat(300)],
    ['quotation marks, which JSON doubles', '"\\'.repeat(20_000)],
  ])('of any length goes into the table: %s', async (_, customer) => {
    const store = createCheckpointStore(freshTable());
    const claim = { by: 'oid', name: customer, at: NOW, until: NOW + DAY };
    const whole = named('a', customer, { claim, exitWord: customer, deliveries: [aDelivery({ reason: customer })] });
    expect((await store.save([whole, aCheckpoint('b', DAY)])).saved).toHaveLength(2);
    const [a] = await store.loadOpen();
    expect(a?.summary?.customer?.length).toBeLessThanOrEqual(200);
    expect(customer.toWellFormed().startsWith(a?.summary?.customer?.slice(0, 198) ?? '?')).toBe(true);
    expect(store.rowTroubles()).toEqual({ bare: [], inMemory: [] });
  });

  it('that the table refuses all the same is left out, for that row alone', async () => {
    const refused = { text: /Fabrikam/ };
    const store = await refusingStore(refused);
    const { saved, conflicts } = await store.save([
      named('a', 'Adatum'),
      named('b', 'Fabrikam'),
      named('c', 'Litware'),
    ]);
    expect([saved.length, conflicts]).toEqual([3, []]);
    const rows = await store.loadOpen();
    expect(rows.map(({ summary }) => summary?.customer)).toEqual(['Adatum', undefined, 'Litware']);
    expect(rows[1]?.deliveries).toHaveLength(1);
    expect(store.rowTroubles()).toEqual({ bare: ['b'], inMemory: [] });
    expect(store.rowTroubles().bare).toEqual([]);
    // It goes on being written under its own version.
    expect((await store.save([{ ...(saved[1] as Checkpoint), firstSeenAt: 5 }])).conflicts).toEqual([]);
  });

  it.each([400, 413])(
    'a row that is refused in every form (%i) is kept in memory until the table takes it',
    async status => {
      const refused: { text: RegExp | null } = { text: /RowKey\\?":\\?"b|'b'/ };
      const store = await refusingStore(refused, status);
      await store.save([named('a', 'Adatum'), named('b', 'Fabrikam'), named('c', 'Litware')]);
      const ids = async () => (await store.loadOpen()).map(({ referralId }) => referralId).toSorted();
      const outlines: string[] = [];
      for await (const page of store.openOutlines()) outlines.push(...page.map(({ referralId }) => referralId));
      expect([await ids(), outlines.toSorted()]).toEqual([
        ['a', 'b', 'c'],
        ['a', 'b', 'c'],
      ]);
      expect((await store.find('b'))?.summary?.customer).toBe('Fabrikam');
      expect(store.rowTroubles().inMemory).toEqual(['b']);
      const [b] = await store.loadThese(new Set(['b']));
      refused.text = null;
      await store.save([{ ...(b as Checkpoint), firstSeenAt: 5 }]);
      expect([store.rowTroubles().inMemory, await ids()]).toEqual([[], ['a', 'b', 'c']]);
      expect((await store.find('b'))?.firstSeenAt).toBe(5);
    },
  );

  it('is closed though the table refuses it', async () => {
    const store = await refusingStore({ text: /Fabrikam/ });
    const { saved } = await store.save([named('a', 'Adatum'), named('b', 'Fabrikam')]);
    await store.close(saved.map(row => ({ ...row, exit: 'accepted', closedAt: NOW })));
    expect(await store.loadOpen()).toEqual([]);
    expect((await store.find('b'))?.exit).toBe('accepted');
  });

  it('any other failure is no refusal', async () => {
    const store = await refusingStore({ text: /./ }, 403);
    await expect(store.save([named('a', 'Adatum')])).rejects.toMatchObject({ statusCode: 403 });
  });
});

it('spreads deliveries that no column takes, and reads them back', async () => {
  const store = createCheckpointStore(freshTable());
  const deliveries = Array.from({ length: 900 }, (_, i) =>
    aDelivery({ alert: `escalation:${i}h`, channel: `teams:${'n'.repeat(40)}` }),
  );
  await store.save([aCheckpoint('a', DAY, deliveries)]);
  expect((await store.loadOpen())[0]?.deliveries).toEqual(deliveries);
  const short = await store.update('a', row => ({ ...row, deliveries: deliveries.slice(0, 2) }));
  expect(short?.deliveries).toHaveLength(2);
  expect((await store.find('a'))?.deliveries).toHaveLength(2);
});

it('takes a row that somebody removed meanwhile for a conflict, and saves the others', async () => {
  const table = freshTable();
  const store = createCheckpointStore(table);
  const { saved } = await store.save([aCheckpoint('a', DAY), aCheckpoint('b', DAY)]);
  await table.deleteEntity('open', 'a');
  const result = await store.save(saved.map(row => ({ ...row, firstSeenAt: 5 })));
  expect([result.conflicts, result.saved.map(({ referralId }) => referralId)]).toEqual([['a'], ['b']]);
  expect((await store.save([{ ...(saved[0] as Checkpoint), firstSeenAt: 6 }])).conflicts).toEqual(['a']);
});

it('what each date was named by survives the edition before, which keeps deliveries whole and drops what it does not know', async () => {
  const dates = { listed: null, whole: NOW + 3 * DAY };
  const row = toRow({ ...aCheckpoint('a', DAY, [aDelivery(), aDelivery({ channel: 'email' })]), dates }, 'open');
  type Old = [string, string, string, number, number, object?];
  const { partitionKey, rowKey, firstSeenAt, expiryAt, expirySource } = row;
  const deliveries = JSON.stringify((JSON.parse(row.deliveries) as Old[]).map(entry => [...entry]));
  const back = fromRow({ rowKey, firstSeenAt, expiryAt, expirySource, deliveries, etag: partitionKey });
  expect(back.dates).toEqual(dates);
  expect(back.deliveries).toEqual([aDelivery(), aDelivery({ channel: 'email' })]);
  const untold = toRow({ ...aCheckpoint('a', DAY), dates }, 'open');
  expect(fromRow({ ...untold, etag: '' }).dates).toEqual(dates);
});

describe('a row that somebody has edited', () => {
  const good = toRow(named('a', 'Adatum'), 'open');
  it.each([
    ['deliveries is no JSON', { deliveries: '[[' }],
    ['deliveries is no list', { deliveries: '{}' }],
    ['a delivery is a word', { deliveries: '["new"]' }],
    ['a delivery has no state', { deliveries: '[["new","teams"]]' }],
    ['null stands in its place', { deliveries: 'null' }],
    ['firstSeenAt is no date', { firstSeenAt: 'yesterday' }],
    ['expiryAt is empty', { expiryAt: '' }],
  ])('is unreadable, and throws nothing: %s', (_, over) => {
    const row = fromRow({ ...good, ...over, etag: 'e' });
    expect([row.unreadable, row.deliveries, row.etag]).toEqual([true, expect.any(Array), 'e']);
  });

  it.each([
    ['a summary that is no JSON', { summary: '{' }],
    ['a claim without a name', { claim: '{"by":"x"}' }],
    ['an exit that nobody knows', { exit: 'lost interest' }],
    ['a rest that never ends', { restUntil: 'never' }],
    ['a hidden note that is a number', { hidden: '7' }],
  ])('loses only what makes no sense: %s', (_, over) => {
    const row = fromRow({ ...good, ...over, etag: 'e' });
    expect([row.unreadable, row.deliveries.length, row.exit, row.rest, row.claim, row.hidden]).toEqual([
      undefined,
      1,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('whatever stands in whatever column', () => {
    const columns = fc.dictionary(
      fc.constantFrom(
        ...Object.keys(good),
        'claim',
        'hidden',
        'dates',
        'restUntil',
        'restListed',
        'exit',
        'closedAt',
        'deliveries2',
      ),
      fc.oneof(fc.string(), fc.json(), fc.constantFrom('null', '[]', '{}', '[null]', '[[null]]')),
    );
    fc.assert(
      fc.property(columns, over => {
        const row = fromRow({ ...good, ...over, rowKey: 'a', etag: 'e' });
        for (const name of ['summary', 'deliveries', 'dates', 'unreadable'] as const) void row[name];
        expect([Number.isFinite(row.expiry.at), Number.isFinite(row.firstSeenAt)]).toEqual([true, true]);
        outlineOf({ ...good, ...over, RowKey: 'a' });
        if (!row.unreadable) toRow(row, 'open');
      }),
    );
  });
});

describe('the watch state', () => {
  it.each(['', '{', 'null', '[]', '"good"', '7'])(
    'that is %j is as if never written, is said to be, and is mended',
    async state => {
      const table = freshTable();
      await table.createTable();
      await table.createEntity({ partitionKey: 'watch', rowKey: 'state', state });
      const store = createWatchStore(table);
      expect(await store.read()).toEqual({ ...UNWATCHED, unreadable: true });
      expect(await store.write({ ...(await store.recall()), pending: 3 })).toBe(true);
      expect(await createWatchStore(table).read()).toEqual({ ...UNWATCHED, pending: 3 });
    },
  );

  it('loses only the fields that make no sense', async () => {
    const table = freshTable();
    await table.createTable();
    const trouble = { key: 'tables', title: 't', text: 'x', since: 1, toldAt: null };
    const odd = { pending: 'many', lastPollAt: 'today', troubles: [null], warned: {}, signIn: 7, undelivered: 2 };
    await table.createEntity({ partitionKey: 'watch', rowKey: 'state', state: JSON.stringify(odd) });
    expect(await createWatchStore(table).read()).toEqual({ ...UNWATCHED, undelivered: 2 });
    await createWatchStore(table).read();
    const store = createWatchStore(table);
    await store.read();
    const long = { ...trouble, text: 'x'.repeat(70_000) };
    expect(await store.write({ ...UNWATCHED, troubles: [long as (typeof UNWATCHED.troubles)[0]] })).toBe(true);
    expect((await createWatchStore(table).read()).troubles[0]?.text).toHaveLength(70_000);
  });

  it('shows the edition before only what it knows: it takes any other field for an instant', async () => {
    const table = freshTable();
    const store = createWatchStore(table);
    await store.write({ ...UNWATCHED, newestFirstAt: NOW, lastPollAt: NOW });
    const row = await table.getEntity<{ state: string; lastPollAt: string }>('watch', 'state');
    const {
      troubles: _,
      warned: __,
      pending: ___,
      undelivered: ____,
      signIn: _____,
      ...instants
    } = JSON.parse(row.state);
    for (const at of Object.values(instants)) expect(at === null || Number.isFinite(at)).toBe(true);
    expect([Object.keys(instants).includes('newestFirstAt'), row.lastPollAt]).toEqual([
      false,
      new Date(NOW).toISOString(),
    ]);
    expect((await createWatchStore(table).read()).newestFirstAt).toBe(NOW);
  });
});
