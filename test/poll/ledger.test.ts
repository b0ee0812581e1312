import { expect, it } from 'vitest';
import type { CheckpointStore } from '../../src/model/checkpoint-store.ts';
import { createLedger, oursOf } from '../../src/poll/ledger.ts';
import { aCheckpoint, aPolicy, NOW } from '../alerts/builders.ts';
import { aStore } from './telling.ts';

it('says at its end that the tables took nothing, so that what is due is told in another way', async () => {
  const row = aCheckpoint('a', NOW + 60_000);
  const failing = { ...aStore(), save: () => Promise.reject(new Error('tables take nothing')) };
  const ledger = createLedger(failing, new Map([['a', row]]), aPolicy(), NOW, 0);
  const delivery = { alert: 'new', channel: 'teams', state: 'sending' as const, attempts: 1, at: NOW, run: 'x' };
  const { unwritten } = await ledger.commit([{ referralId: 'a', channel: 'teams', alert: 'new', delivery }]);
  expect([...unwritten]).toEqual(['a']);
  await expect(ledger.finish()).rejects.toThrow('tables take nothing');
});

it('is content when what failed was written after all', async () => {
  const store = aStore();
  let fails = 4;
  const shaky = {
    ...store,
    save: (rows: never) => (fails-- > 0 ? Promise.reject(new Error('not now')) : store.save(rows)),
  };
  const ledger = createLedger(shaky, new Map([['a', aCheckpoint('a', NOW + 60_000)]]), aPolicy(), NOW, 0);
  expect((await ledger.commit([], ['a'])).unwritten.size).toBe(1);
  await ledger.commit([], ['a']);
  await ledger.commit([], ['a']);
  await ledger.finish();
  expect((await store.loadOpen()).map(({ referralId }) => referralId)).toEqual(['a']);
});

it('takes an outcome for written that is there, though each answer says that somebody else was faster', async () => {
  const store = aStore();
  await store.save([aCheckpoint('a', NOW + 60_000)]);
  let writes = 0;
  const update: CheckpointStore['update'] = async (id, change) => {
    for (;;) {
      const current = await store.update(id, () => null);
      const wanted = current && change(current);
      if (!wanted) return current;
      writes += 1;
      if (writes > 3) throw new Error('written again and again');
      await store.save([wanted]);
    }
  };
  const lost = { ...store, save: async () => ({ saved: [], conflicts: ['a'] }), update };
  const ledger = createLedger(lost, new Map([['a', aCheckpoint('a', NOW + 60_000)]]), aPolicy(), NOW, 0);
  const delivery = {
    alert: 'new',
    channel: 'teams',
    state: 'delivered' as const,
    attempts: 1,
    at: NOW,
    reference: 'r',
  };
  await ledger.commit([{ referralId: 'a', channel: 'teams', alert: 'new', delivery }]);
  await ledger.finish();
  expect(writes).toBe(1);
  expect((await store.loadOpen())[0]?.deliveries).toEqual([delivery]);
});

it('lets nothing be sent of what another run has closed meanwhile, however often it is asked', async () => {
  const store = aStore();
  const { saved } = await store.save([aCheckpoint('a', NOW + 60_000)]);
  const ledger = createLedger(store, new Map(saved.map(row => [row.referralId, row])), aPolicy(), NOW, 0);
  await store.close(saved);
  for (const channel of ['teams', 'oncall']) {
    const delivery = { alert: 'expired', channel, state: 'sending' as const, attempts: 1, at: NOW, run: 'x' };
    const reserved = [{ referralId: 'a', channel, alert: 'expired', delivery }];
    expect(oursOf(reserved, await ledger.commit(reserved))).toEqual([]);
  }
});

it('lets no outcome of a run that was taken for dead stand over what the one after it has told', async () => {
  const store = aStore();
  const { saved } = await store.save([aCheckpoint('a', NOW + 60_000)]);
  const ledger = createLedger(store, new Map(saved.map(row => [row.referralId, row])), aPolicy(), NOW, 0);
  const at = { referralId: 'a', channel: 'teams', alert: 'new' };
  const tried = { alert: 'new', channel: 'teams', attempts: 1, at: NOW };
  await ledger.commit([{ ...at, delivery: { ...tried, state: 'sending', run: 'x' } }]);
  const told = { ...tried, state: 'delivered' as const, attempts: 2, reference: 'r' };
  await store.update('a', row => ({ ...row, deliveries: [told] }));
  await ledger.commit([{ ...at, delivery: { ...tried, state: 'retry', reason: '503' } }]);
  await ledger.finish();
  expect((await store.loadOpen())[0]?.deliveries).toEqual([told]);
});
