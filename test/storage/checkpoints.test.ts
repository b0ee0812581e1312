import { describe, expect, inject, it } from 'vitest';
import { openTable } from '../../src/azure/tables.ts';
import { DAY } from '../../src/base/instant.ts';
import type { Checkpoint } from '../../src/model/checkpoint.ts';
import { forgetting } from '../../src/model/forget.ts';
import { createCheckpointStore } from '../../src/storage/checkpoints.ts';
import { aCheckpoint, aDelivery, NOW } from '../alerts/builders.ts';
import { uniqueTableName } from '../support/table-names.ts';

function freshStore() {
  const connectionString = inject('tablesConnectionString');
  return createCheckpointStore(openTable({ connectionString }, uniqueTableName('checkpoints')));
}

function plain(checkpoint: Checkpoint | null): object {
  const { etag: _, ...rest } = checkpoint ?? { etag: '' };
  return { ...rest };
}

describe('the checkpoint table', () => {
  it('gives back exactly what was saved, and is made at first use', async () => {
    const store = freshStore();
    expect(await store.loadOpen()).toEqual([]);
    const whole: Checkpoint = {
      ...aCheckpoint('a', DAY, [
        aDelivery({ alert: 'escalation:7d', state: 'retry', retryAt: NOW + 1, reason: 'answered 503', attempts: 3 }),
        aDelivery({ digest: true, reference: '19:abc|1700' }),
      ]),
      engagementId: 'e',
      summary: {
        customer: 'Wörld "Wide" \u{1F30D}',
        country: 'NL',
        value: { amount: 12.5, currency: 'EUR' },
        type: 'Shared',
      },
      claim: { by: 'oid', name: 'Sales', at: NOW, until: NOW + DAY },
      snoozedUntil: NOW + 5,
      rest: { until: NOW + 7, under: '7d:reminder,teams' },
    };
    const { saved, conflicts } = await store.save([whole]);
    expect(conflicts).toEqual([]);
    expect(saved[0]?.etag).toBeTruthy();
    expect(plain((await store.loadOpen())[0] ?? null)).toEqual(whole);
    expect(plain(await store.find('a'))).toEqual(whole);
  });

  it('refuses a row that somebody else wrote, and saves the others of its batch', async () => {
    const store = freshStore();
    const [mine] = (await store.save([aCheckpoint('a', DAY), aCheckpoint('b', DAY)])).saved as [Checkpoint, Checkpoint];
    const b = (await store.find('b')) as Checkpoint;
    await store.save([{ ...mine, firstSeenAt: 5 }]);

    const { saved, conflicts } = await store.save([
      { ...mine, firstSeenAt: 6 },
      { ...b, firstSeenAt: 7 },
      aCheckpoint('c', DAY),
    ]);
    expect(conflicts).toEqual(['a']);
    expect(saved.map(({ referralId }) => referralId)).toEqual(['b', 'c']);
    expect((await store.find('a'))?.firstSeenAt).toBe(5);
    expect((await store.find('b'))?.firstSeenAt).toBe(7);
  });

  it('refuses to make a row that is there already', async () => {
    const store = freshStore();
    await store.save([aCheckpoint('a', DAY)]);
    expect((await store.save([aCheckpoint('a', DAY)])).conflicts).toEqual(['a']);
  });

  it('changes a row under many hands without losing a change', async () => {
    const store = freshStore();
    await store.save([aCheckpoint('a', DAY)]);
    const add = (alert: string) =>
      store.update('a', row => ({ ...row, deliveries: [...row.deliveries, aDelivery({ alert })] }));
    await Promise.all(['one', 'two', 'three', 'four'].map(add));
    expect((await store.find('a'))?.deliveries.map(({ alert }) => alert).toSorted()).toEqual([
      'four',
      'one',
      'three',
      'two',
    ]);
    expect(await store.update('b', row => row)).toBeNull();
  });

  it('reads more than a page and writes more than a transaction', async () => {
    const store = freshStore();
    const many = Array.from({ length: 1_105 }, (_, i) => aCheckpoint(`r${i}`, DAY, [aDelivery()]));
    expect((await store.save(many)).saved).toHaveLength(1_105);
    expect(await store.loadOpen()).toHaveLength(1_105);
  });

  it('what was erased while a poll was about to close it stays erased, and is closed', async () => {
    const store = freshStore();
    const summary = { customer: 'Adatum', country: 'SE', value: null, type: 'Independent' };
    const rows = ['a', 'b'].map(id => ({ ...aCheckpoint(id, DAY), summary }));
    const [a, b] = (await store.save(rows)).saved as [Checkpoint, Checkpoint];
    await store.amend('a', forgetting);
    await store.close([a, b].map(row => ({ ...row, exit: 'accepted' as const, closedAt: NOW })));
    expect(await store.loadOpen()).toEqual([]);
    const closed = await store.closedSince(0);
    expect(closed.map(row => [row.referralId, row.exit, row.forgotten, row.summary?.customer])).toEqual([
      ['a', 'accepted', true, null],
      ['b', 'accepted', undefined, 'Adatum'],
    ]);
  });

  it('closes out of sight of a poll, harmlessly twice, and erases after its time', async () => {
    const store = freshStore();
    const rows = (await store.save([aCheckpoint('a', DAY), aCheckpoint('b', DAY), aCheckpoint('c', DAY)])).saved;
    const [a, b] = rows as [Checkpoint, Checkpoint];
    await store.close([
      { ...a, exit: 'accepted', closedAt: NOW },
      { ...b, exit: 'expired', closedAt: NOW + DAY },
    ]);
    await store.close([{ ...a, exit: 'accepted', closedAt: NOW }]);
    expect((await store.loadOpen()).map(({ referralId }) => referralId)).toEqual(['c']);
    expect((await store.find('a'))?.exit).toBe('accepted');

    expect(await store.eraseClosedBefore(NOW)).toBe(0);
    expect(await store.eraseClosedBefore(NOW + 1)).toBe(1);
    expect(await store.find('a')).toBeNull();
    expect(await store.find('b')).not.toBeNull();
  });
});
