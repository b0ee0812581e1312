import { inject } from 'vitest';
import { plan } from '../../src/alerts/plan.ts';
import type { Policy } from '../../src/alerts/policy.ts';
import { openTable } from '../../src/azure/tables.ts';
import type { Instant } from '../../src/base/instant.ts';
import type { Channel, Message, Outcome } from '../../src/model/channel.ts';
import type { ChannelState } from '../../src/model/channel-state.ts';
import type { CheckpointStore } from '../../src/model/checkpoint-store.ts';
import { createLedger } from '../../src/poll/ledger.ts';
import { tell } from '../../src/poll/tell.ts';
import { createCheckpointStore } from '../../src/storage/checkpoints.ts';
import { aPolicy, aSighting, sightings } from '../alerts/builders.ts';
import { keepingLog } from '../support/keeping-log.ts';
import { uniqueTableName } from '../support/table-names.ts';

/** What a channel is asked to tell, and what it answers; before it does, `meanwhile` may happen. */
export interface Script {
  readonly answers?: readonly Outcome[];
  readonly meanwhile?: (message: Message) => Promise<unknown>;
  readonly budgetMs?: number;
  readonly policy?: Policy;
}

export function aStore(): CheckpointStore {
  const connectionString = inject('tablesConnectionString');
  return createCheckpointStore(openTable({ connectionString }, uniqueTableName('checkpoints')));
}

/** One poll's telling of these leads to one sales channel, over a real table. Answers the messages that arrived. */
export async function tellLeads(
  store: CheckpointStore,
  leads: Readonly<Record<string, number>>,
  now: Instant,
  {
    answers = [],
    meanwhile,
    budgetMs,
    policy = aPolicy({ channels: [{ id: 'teams', audience: 'sales' }] }),
  }: Script = {},
): Promise<{ readonly arrived: Message[]; readonly states: Map<string, ChannelState> }> {
  const known = new Map((await store.loadOpen()).map(row => [row.referralId, row]));
  const seen = sightings(Object.entries(leads).map(([id, expiresAt]) => aSighting(id, expiresAt - now, now)));
  const decided = plan(seen, known, policy, now);
  const ledger = createLedger(store, new Map([...known, ...decided.changed]), policy, now, 0);
  const arrived: Message[] = [];
  const states = new Map<string, ChannelState>();
  const teams: Channel = {
    id: 'teams',
    audience: 'sales',
    paceMs: 0,
    async deliver(message) {
      arrived.push(message);
      await meanwhile?.(message);
      return answers[arrived.length - 1] ?? { state: 'delivered' };
    },
  };
  const run = {
    id: String(Math.random()),
    now,
    saidAt: now,
    duty: null,
    policy,
    channels: new Map([['teams', teams]]),
    states,
    awake: new Set<string>(),
    ledger,
    readings: new Map(),
    log: keepingLog(),
  };
  await tell(decided.messages, decided.changed.keys(), run, budgetMs);
  await ledger.finish();
  return { arrived, states };
}

export function leadOf(message: Message): string {
  return message.kind === 'alert' ? message.alert.referralId : message.kind;
}
