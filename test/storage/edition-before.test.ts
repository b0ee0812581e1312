import { describe, expect, inject, it, test } from 'vitest';
import { dueAlert } from '../../src/alerts/due.ts';
import { openTable } from '../../src/azure/tables.ts';
import { DAY, HOUR } from '../../src/base/instant.ts';
import type { Delivery } from '../../src/model/checkpoint.ts';
import { withDeed } from '../../src/model/trail.ts';
import { fromRow, toRow } from '../../src/storage/checkpoint-row.ts';
import { createCheckpointStore } from '../../src/storage/checkpoints.ts';
import { type PackedDelivery, pack, unpack } from '../../src/storage/packed-delivery.ts';
import { aCheckpoint, aDelivery, aPolicy, NOW } from '../alerts/builders.ts';
import { uniqueTableName } from '../support/table-names.ts';

/** What the edition before does with a delivery of a pending referral, by the word that stands in its row. */
const BEFORE: Readonly<
  Record<string, 'sends it again' | 'waits for its sender' | 'asks for its end' | 'is done with it'>
> = {
  retry: 'sends it again',
  sending: 'waits for its sender',
  accepted: 'asks for its end',
};

const states: readonly (readonly [what: string, over: Partial<Delivery>, before: string])[] = [
  ['delivered', { state: 'delivered' }, 'is done with it'],
  ['accepted a short time ago', { state: 'accepted', reference: 'op' }, 'asks for its end'],
  ['on its way', { state: 'sending', run: 'r' }, 'waits for its sender'],
  ['to be tried again', { state: 'retry', retryAt: NOW, reason: 'HTTP 503' }, 'sends it again'],
  ['put off', { state: 'retry', attempts: 0, retryAt: NOW, since: NOW - HOUR }, 'sends it again'],
  ['refused', { state: 'refused', retryAt: NOW, reason: 'HTTP 404' }, 'sends it again'],
  ['rejected in every form', { state: 'rejected', retryAt: NOW, reason: 'HTTP 413' }, 'sends it again'],
  ['closed by its carrier', { state: 'rejected', plain: true, round: 1, retryAt: NOW }, 'sends it again'],
  ['doubtful', { state: 'doubtful', doubts: 1, repeat: true, retryAt: NOW }, 'sends it again'],
  ['told by doubt', { state: 'doubtful', doubts: 3, repeat: true, byDoubt: true }, 'is done with it'],
  [
    'told by doubt, without an end',
    { state: 'accepted', anew: true, byDoubt: true, reference: 'op' },
    'is done with it',
  ],
  ['delivered but for some', { state: 'delivered', again: ['x'], retryAt: NOW }, 'is done with it'],
];

describe('a roll back', () => {
  test.each(states)(
    'what is %s reads as it was written, and the edition before does the right thing',
    (_, over, before) => {
      const delivery = aDelivery(over);
      const packed = JSON.parse(JSON.stringify(pack(delivery))) as PackedDelivery;
      expect(unpack(packed)).toEqual(delivery);
      expect(BEFORE[packed[2]] ?? 'is done with it').toBe(before);
    },
  );

  it('and an upgrade after it keep what the edition before carries along without knowing it', () => {
    const delivery = aDelivery({ state: 'doubtful', doubts: 2, repeat: true, retryAt: NOW });
    // As it reads a row and writes it again: five values by their place, the rest as it came.
    const [alert, channel, state, attempts, at, more] = JSON.parse(JSON.stringify(pack(delivery)));
    expect(unpack([alert, channel, state, attempts, at, { ...more }])).toEqual(delivery);
  });

  it('after which it sent what was refused leaves what it wrote', () => {
    expect(unpack(['new', 'teams', 'delivered', 3, NOW])).toEqual(aDelivery({ attempts: 3, at: NOW }));
  });
});

describe('what has become of a referral', () => {
  const trail = {
    deeds: [{ what: 'claimed' as const, at: NOW, name: 'Ada' }],
    exitAt: NOW,
    forgotten: true as const,
  };
  const row = (deliveries: readonly Delivery[]) => toRow({ ...aCheckpoint('a', DAY, deliveries), ...trail }, 'open');

  it.each([[[]], [[aDelivery(), aDelivery({ channel: 'email' })]]])(
    'is read as it was written, with deliveries and without',
    deliveries => {
      expect(fromRow({ ...row(deliveries), etag: '' })).toMatchObject({ ...trail, deliveries });
    },
  );

  it('is carried along by the edition before, which knows no such column', () => {
    const { trail: _unknown, deliveries, ...known } = row([aDelivery(), aDelivery({ channel: 'email' })]);
    // It puts what it changed behind the others.
    const [first, second] = JSON.parse(deliveries);
    const written = { ...known, deliveries: JSON.stringify([second, first]), etag: '' };
    expect(fromRow(written)).toMatchObject(trail);
  });

  it('stays erased when the edition before wrote down anew what people wrote', () => {
    const summary = { customer: 'Contoso', country: 'NL', value: null, type: 'Independent' as const };
    const written = { ...row([aDelivery()]), summary: JSON.stringify(summary), etag: '' };
    const read = fromRow(written);
    expect(read.summary).toEqual({ customer: null, country: null, value: null, type: 'Independent' });
    expect(JSON.stringify(toRow(read, 'open'))).not.toContain('Contoso');
  });

  it('is bounded, and keeps the first claim', () => {
    let deeds = withDeed([], { what: 'snoozed', at: 0, name: 'Ada' });
    for (let n = 1; n <= 200; n += 1)
      deeds = withDeed(deeds, { what: n % 2 ? 'claimed' : 'released', at: n, name: 'Ada' });
    expect(deeds).toHaveLength(30);
    expect([deeds[0]?.at, deeds.at(-1)?.at]).toEqual([1, 200]);
  });
});

describe('an upgrade', () => {
  /** A row as the edition before wrote it. */
  async function written(deliveries: string, more: Record<string, string> = {}) {
    const table = openTable({ connectionString: inject('tablesConnectionString') }, uniqueTableName('checkpoints'));
    const store = createCheckpointStore(table);
    await store.loadOpen();
    await table.createEntity({
      partitionKey: 'open',
      rowKey: '36ad8b23-dcc1-5285-8b4d-3895982832c8',
      createdAt: new Date(NOW - DAY).toISOString(),
      firstSeenAt: new Date(NOW - DAY).toISOString(),
      expiryAt: new Date(NOW + 10 * DAY).toISOString(),
      expirySource: 'estimated',
      deliveries,
      ...more,
    });
    const [row] = await store.loadOpen();
    if (!row) throw new Error('the row cannot be read');
    return row;
  }
  const teams = { id: 'teams', audience: 'sales' } as const;

  test.each([
    ['rejected', `["new","teams","rejected",1,${NOW - HOUR},{"reason":"HTTP 404"}]`, 'retry is due', false],
    [
      'left to be retried',
      `["new","teams","retry",2,${NOW - HOUR},{"reason":"HTTP 503","retryAt":${NOW}}]`,
      'retry is due',
      false,
    ],
    ['reserved and never sent', `["new","teams","sending",1,${NOW - HOUR}]`, 'sender died', true],
    ['marked by a word that nobody knows', `["new","teams","postponed",1,${NOW - HOUR}]`, 'retry is due', true],
  ])('what was %s is told', async (_, delivery, reason, mayBeRepeat) => {
    const row = await written(`[${delivery}]`);
    expect(dueAlert(row, teams, aPolicy(), NOW)).toMatchObject({ reason, mayBeRepeat });
  });

  test.each([
    ['delivered', `["new","teams","delivered",1,${NOW - HOUR}]`],
    ['delivered in a digest', `["new","teams","delivered",1,${NOW - HOUR},{"digest":true}]`],
    ['accepted just now', `["new","teams","accepted",1,${NOW - 60_000},{"reference":"op"}]`],
  ])('what was %s is told to nobody again', async (_, delivery) => {
    expect(dueAlert(await written(`[${delivery}]`), teams, aPolicy(), NOW)).toBeNull();
  });

  it('reads a row without any delivery, and one without columns that came later', async () => {
    expect((await written('[]')).deliveries).toEqual([]);
  });
});
