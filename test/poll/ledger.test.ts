import { expect, it } from 'vitest';
import { createLedger } from '../../src/poll/ledger.ts';
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
