import { expect, it } from 'vitest';
import { DAY, HOUR, type Instant, MINUTE } from '../../src/base/instant.ts';
import type { Message, OperatorMessage, Outcome } from '../../src/model/channel.ts';
import type { ReferralsClient } from '../../src/model/referral-source.ts';
import { createBlindWatch } from '../../src/poll/blind.ts';
import { poll } from '../../src/poll/poll.ts';
import { createPollMemory } from '../../src/poll/poll-deps.ts';
import { createWatch } from '../../src/watch/watch.ts';
import { aPolicy, NOW } from '../alerts/builders.ts';
import { createMemoryCheckpoints, createMemoryWatch, emptyTables } from '../weeks/stores.ts';

const LOG = { info: () => {}, warn: () => {}, error: () => {} };
const LEAD = '00000000-0000-4000-8000-000000000001';
const always = { beforeRead() {}, beforeWrite() {}, onClose() {} };

/** A poll of one lead in its last day, of an app whose work may take a moment; `sales` says what it answers. */
function anApp(sales: (message: Message) => Promise<Outcome>, channelsHang = false) {
  const tables = emptyTables();
  const heard: (Message | OperatorMessage)[] = [];
  const operator = {
    id: 'operator-teams',
    async tell(message: OperatorMessage): Promise<Outcome> {
      heard.push(message);
      return { state: 'delivered' };
    },
    async deliver(message: Message): Promise<Outcome> {
      heard.push(message);
      return { state: 'delivered' };
    },
  };
  const teams = { id: 'teams', audience: 'sales' as const, paceMs: 0, deliver: sales };
  const row = { id: LEAD, type: 'Independent', createdAt: NOW - 13 * DAY, reportedExpiry: NOW + 20 * HOUR };
  const referrals: ReferralsClient = {
    async *listPending() {
      yield { setAside: 0, referrals: [row], clockSkewMs: 0 };
    },
    get: () => Promise.reject(new RangeError('none')),
    list: async () => ({ rows: [], hasMore: false, date: null }),
    calls: () => ({ list: 0, get: 0, requests: 0 }),
  };
  const { steps, digestAbove, windowDays, rules } = aPolicy();
  const pollAt = (now: Instant) =>
    poll({
      referrals,
      tokens: { problems: () => [] },
      checkpoints: createMemoryCheckpoints(tables, always),
      watch: createWatch({
        ...{ store: createMemoryWatch(tables, always), operators: [operator], warnings: () => [] },
        ...{ tidy: async () => {}, log: LOG },
      }),
      settingProblems: [],
      channels: () => (channelsHang ? new Promise(() => {}) : Promise.resolve([teams])),
      ...{ fixed: [teams], blind: createBlindWatch(LOG), operators: [operator] },
      policy: { steps, digestAbove, windowDays, rules },
      today: async () => ({ workingTime: null, stamp: '', duty: null, findings: [], gap: () => [] }),
      ...{
        bulletins: null,
        heartbeat: null,
        memory: createPollMemory(),
        clock: () => now,
        limits: { work: 100 },
        log: LOG,
      },
    });
  const asLastResort = () => heard.filter(message => 'kind' in message && message.kind === 'last-resort');
  const alarms = () => heard.flatMap(message => ('trouble' in message ? message.trouble : []));
  return { pollAt, asLastResort, alarms };
}

const hanging = (message: Message): Promise<Outcome> =>
  message.kind === 'alert' ? new Promise(() => {}) : Promise.resolve({ state: 'retry', reason: 'not now' });

it('a poll whose time is over says so, fails, and looks after the untold itself, once', async () => {
  const { pollAt, asLastResort, alarms } = anApp(hanging);
  await expect(pollAt(NOW)).rejects.toThrow('longer than eight minutes');
  expect(alarms()).toEqual(['time']);
  expect(asLastResort()).toEqual([]);
  // Half an hour later it is untold.
  await expect(pollAt(NOW + 35 * MINUTE)).rejects.toThrow('longer than eight minutes');
  expect(asLastResort()).toMatchObject([{ why: 'untold', rows: [{ referralId: LEAD }] }]);
  await expect(pollAt(NOW + 46 * MINUTE)).rejects.toThrow('longer than eight minutes');
  expect(asLastResort()).toHaveLength(1);
  expect(alarms()).toEqual(['time']);
});

it('one that came to no telling at all tells what is in its last day as if it were blind', async () => {
  const { pollAt, asLastResort } = anApp(hanging, true);
  await expect(pollAt(NOW)).rejects.toThrow('longer than eight minutes');
  expect(asLastResort()).toMatchObject([{ why: 'blind', rows: [{ referralId: LEAD }] }]);
});

it('one that ends in time is none of that', async () => {
  const { pollAt, asLastResort, alarms } = anApp(async () => ({ state: 'delivered' }));
  expect((await pollAt(NOW)).reason).toBeNull();
  expect([asLastResort(), alarms()]).toEqual([[], []]);
});
