import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/base/instant.ts';
import type { Message } from '../../src/model/channel.ts';
import type { CheckpointStore } from '../../src/model/checkpoint-store.ts';
import { NOW } from '../alerts/builders.ts';
import { aStore, leadOf, tellLeads } from './telling.ts';

const six = Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f'].map((id, i) => [id, NOW + 10 * DAY + i]));

/** A store whose n-th save fails, so often. */
function failing(store: CheckpointStore, nth: number, times: number): CheckpointStore {
  let saves = 0;
  return {
    ...store,
    async save(rows) {
      saves += 1;
      if (saves >= nth && saves < nth + times) throw new Error('the table is away');
      return await store.save(rows);
    },
  };
}

it('what took too long to reserve is not sent: another poll may be at it', async () => {
  const store = aStore();
  const slow: CheckpointStore = {
    ...store,
    async save(rows) {
      await new Promise(resolve => setTimeout(resolve, 150));
      return await store.save(rows);
    },
  };
  expect((await tellLeads(slow, six, NOW, { budgetMs: 50 })).arrived).toEqual([]);
  expect((await tellLeads(store, six, NOW + 11 * MINUTE)).arrived.map(leadOf)).toEqual(Object.keys(six));
});

describe('a write that fails', () => {
  it.each([
    ['the reservations', 1, 1],
    ['the first outcome', 2, 1],
    ['an outcome in the middle', 4, 1],
    ['the last outcome', 7, 1],
    ['the last outcome, twice', 7, 2],
  ])('once (%s) is made once more: each lead is told once, and none again at the next poll', async (_, nth, times) => {
    const store = aStore();
    const { arrived } = await tellLeads(failing(store, nth, times), six, NOW);
    expect(arrived.map(leadOf)).toEqual(Object.keys(six));
    expect((await tellLeads(store, six, NOW + 11 * MINUTE)).arrived).toEqual([]);
  });

  it('again and again ends the sending, and what was told last says next time that it may be a repeat', async () => {
    const store = aStore();
    await expect(tellLeads(failing(store, 3, 100), six, NOW)).rejects.toThrow('the table is away');
    const { arrived } = await tellLeads(store, six, NOW + 11 * MINUTE);
    expect(arrived.map(message => [leadOf(message), message.kind === 'alert' && message.alert.mayBeRepeat])).toEqual(
      ['b', 'c', 'd', 'e', 'f'].map(id => [id, id === 'b']),
    );
  });

  it('of one row takes no other along, and is said', async () => {
    const store = aStore();
    const picky: CheckpointStore = {
      ...store,
      async save(rows) {
        if (rows.some(({ referralId, deliveries }) => referralId === 'c' && deliveries.length > 0))
          throw new Error('a property is too large');
        return await store.save(rows);
      },
    };
    const told: string[] = [];
    const meanwhile = async (message: Message) => told.push(leadOf(message));
    await expect(tellLeads(picky, six, NOW, { meanwhile })).rejects.toThrow('too large');
    expect(told).toEqual(['a', 'b', 'd', 'e', 'f']);
    expect((await tellLeads(store, six, NOW + 11 * MINUTE)).arrived.map(leadOf)).toEqual(['c']);
  });
});

it('a button that a colleague presses while a card is sent costs neither the claim nor the outcome', async () => {
  const store = aStore();
  const claim = { by: 'oid', name: 'Robin', at: NOW, until: NOW + DAY };
  const { arrived } = await tellLeads(store, { a: NOW + 10 * DAY, b: NOW + 11 * DAY }, NOW, {
    meanwhile: message => store.update(leadOf(message), row => ({ ...row, claim })),
  });
  expect(arrived.map(leadOf)).toEqual(['a', 'b']);
  for (const row of await store.loadOpen()) {
    expect(row).toMatchObject({ claim: { name: 'Robin' }, deliveries: [{ state: 'delivered' }] });
  }
});

describe('time for sending', () => {
  it('that is over leaves the rest for the next poll, without an attempt of its own', async () => {
    const store = aStore();
    const { arrived } = await tellLeads(store, six, NOW, {
      budgetMs: 150,
      meanwhile: () => new Promise(resolve => setTimeout(resolve, 200)),
    });
    expect(arrived.map(leadOf)).toEqual(['a']);
    const waiting = (await store.loadOpen()).filter(({ referralId }) => referralId !== 'a');
    for (const { deliveries } of waiting)
      expect(deliveries).toMatchObject([{ state: 'retry', attempts: 0, retryAt: NOW }]);
    expect((await tellLeads(store, six, NOW + 5 * MINUTE)).arrived.map(leadOf)).toEqual(['b', 'c', 'd', 'e', 'f']);
  });

  it('does not turn what a dead sender may have told into something that was never told', async () => {
    const store = aStore();
    await tellLeads(store, { a: NOW + 10 * DAY }, NOW);
    await store.update('a', ({ rest: _, ...row }) => ({
      ...row,
      deliveries: row.deliveries.map(delivery => ({ ...delivery, state: 'sending' as const, attempts: 2 })),
    }));
    await tellLeads(store, { a: NOW + 10 * DAY }, NOW + 11 * MINUTE, { budgetMs: -1 });
    expect((await store.loadOpen())[0]?.deliveries).toMatchObject([{ state: 'sending', attempts: 2 }]);
    const { arrived } = await tellLeads(store, { a: NOW + 10 * DAY }, NOW + 12 * MINUTE);
    expect(arrived).toMatchObject([{ alert: { mayBeRepeat: true } }]);
  });
});

it('a channel that names a time is not asked again in the same poll, and each lead waits by its own time left', async () => {
  const store = aStore();
  const leads = { urgent: NOW + 2 * HOUR, soon: NOW + 20 * DAY, later: NOW + 21 * DAY };
  const answers = [{ state: 'retry' as const, reason: 'HTTP 429', retryAt: NOW + DAY }];
  expect((await tellLeads(store, leads, NOW, { answers })).arrived.map(leadOf)).toEqual(['urgent']);
  const waits = (await store.loadOpen()).map(({ referralId, deliveries }) => [
    referralId,
    ((deliveries[0]?.retryAt ?? 0) - NOW) / MINUTE,
  ]);
  expect(Object.fromEntries(waits)).toEqual({ urgent: 30, soon: 60, later: 60 });
});
