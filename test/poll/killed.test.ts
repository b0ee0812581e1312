import { expect, inject, it } from 'vitest';
import { plan } from '../../src/alerts/plan.ts';
import { openTable } from '../../src/azure/tables.ts';
import { HOUR, type Instant, MINUTE } from '../../src/base/instant.ts';
import type { Channel } from '../../src/model/channel.ts';
import type { CheckpointStore } from '../../src/model/checkpoint-store.ts';
import { createLedger } from '../../src/poll/ledger.ts';
import { tell } from '../../src/poll/tell.ts';
import { createCheckpointStore } from '../../src/storage/checkpoints.ts';
import { aPolicy, aSighting, NOW, sightings } from '../alerts/builders.ts';
import { keepingLog } from '../support/keeping-log.ts';
import { uniqueTableName } from '../support/table-names.ts';

const LEADS = ['a', 'b', 'c', 'd', 'e', 'f'];
const POLICY = aPolicy({
  channels: [
    { id: 'teams', audience: 'sales' },
    { id: 'oncall', audience: 'on-call' },
    { id: 'pager', audience: 'on-call' },
  ],
});

/** What arrived: which lead where, and whether the message says that it may be a repeat. */
interface Arrival {
  readonly channel: string;
  readonly lead: string;
  readonly marked: boolean;
}

/** The life of one process: at its n-th step towards the outside it is gone, and so is all that it would have done. */
function aLife(steps: number) {
  let left = steps;
  let over = () => {};
  const ended = new Promise<void>(resolve => {
    over = resolve;
  });
  const step = (): Promise<void> => {
    left -= 1;
    if (left > 0) return Promise.resolve();
    over();
    return new Promise(() => {});
  };
  return { ended, wasKilled: () => left <= 0, step };
}

type Life = ReturnType<typeof aLife>;

function mortal(store: CheckpointStore, { step }: Life): CheckpointStore {
  const around =
    <A extends unknown[], R>(call: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      await step();
      const result = await call(...args);
      await step();
      return result;
    };
  return {
    ...store,
    save: around(store.save),
    update: around(store.update),
    close: around(store.close),
  };
}

/** One poll over six leads in their last hours, as the whole poll makes it. */
async function poll(store: CheckpointStore, arrived: Arrival[], life: Life, now: Instant): Promise<void> {
  const known = new Map((await store.loadOpen()).map(row => [row.referralId, row]));
  const seen = sightings(LEADS.map(id => aSighting(id, 6 * HOUR + NOW - now, now)));
  const decided = plan(seen, known, POLICY, now);
  const ledger = createLedger(mortal(store, life), new Map([...known, ...decided.changed]), POLICY, now, 0);
  const channels = POLICY.channels.map(
    ({ id, audience }): Channel => ({
      id,
      audience,
      paceMs: 0,
      async deliver(message) {
        if (message.kind !== 'alert') throw new Error('a single alert was expected');
        await life.step();
        arrived.push({ channel: id, lead: message.alert.referralId, marked: message.alert.mayBeRepeat });
        await life.step();
        return { state: 'delivered' };
      },
    }),
  );
  await tell(decided.messages, decided.changed.keys(), {
    id: String(Math.random()),
    now,
    saidAt: now,
    duty: null,
    policy: POLICY,
    channels: new Map(channels.map(channel => [channel.id, channel])),
    states: new Map(),
    awake: new Set(),
    ledger,
    readings: new Map(),
    log: keepingLog(),
  });
  await ledger.finish();
}

it('killed at any step of a poll of six leads on three channels: nothing is lost, and at most one is repeated in each, marked', async () => {
  const connectionString = inject('tablesConnectionString');
  let kills = 0;
  for (let steps = 1; ; steps += 1) {
    const store = createCheckpointStore(openTable({ connectionString }, uniqueTableName('checkpoints')));
    const arrived: Arrival[] = [];
    const life = aLife(steps);
    await Promise.race([poll(store, arrived, life, NOW), life.ended]);
    const killed = life.wasKilled();
    const before = arrived.length;
    for (const later of [5, 11, 16]) await poll(store, arrived, aLife(Number.POSITIVE_INFINITY), NOW + later * MINUTE);
    for (const { id } of POLICY.channels) {
      const here = arrived.filter(({ channel }) => channel === id);
      expect(new Set(here.map(({ lead }) => lead)), `killed at step ${steps}`).toEqual(new Set(LEADS));
      expect(here.length, `killed at step ${steps}`).toBeLessThanOrEqual(LEADS.length + 1);
      const repeats = here.filter(({ lead }, i) => here.findIndex(other => other.lead === lead) < i);
      expect(repeats.every(({ marked }) => marked)).toBe(true);
    }
    if (!killed) {
      expect(arrived).toHaveLength(before);
      break;
    }
    kills += 1;
  }
  // A write before the first message, one between two and one after the last; before and after each of them and each message.
  expect(kills).toBeGreaterThan(40);
});
