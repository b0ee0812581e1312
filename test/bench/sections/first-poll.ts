import { tablesConnectionString } from '../../sandbox/tables.ts';
import { createCountingProxy } from '../../support/counting-proxy.ts';
import type { Bench } from '../context.ts';
import { interleaved, median, medianOf, type Run, runProgram, startServer } from '../measure.ts';
import { exactly, type Section } from '../report.ts';

const PENDING = 1_000;
const ROUNDS = 3;

/** A thousand referrals that nobody has heard of, told as one digest; the tables are the emulator's. */
export async function firstPoll(bench: Bench): Promise<Section> {
  const { built } = bench;
  const writes: number[] = [];

  async function ours(): Promise<Run> {
    const azurite = await startServer(built.program('azurite'));
    const proxy = await createCountingProxy(/TableEndpoint=(.*)\/devstoreaccount1/.exec(azurite.url)?.[1] ?? '');
    try {
      const { EMAIL_TO: _, ...env } = bench.env(PENDING);
      const run = await runProgram(built.program('app'), [built.bundle, '0', '1'], {
        ...env,
        TABLES_CONNECTION_STRING: tablesConnectionString(proxy.url),
      });
      const batches = proxy.requests.filter(({ path }) => path.includes('$batch'));
      writes.push(batches.length);
      return run;
    } finally {
      await proxy.close();
      await azurite.close();
    }
  }

  async function naive(): Promise<Run> {
    const azurite = await startServer(built.program('azurite'));
    try {
      return await runProgram(built.program('naive-writes'), [azurite.url, String(PENDING)]);
    } finally {
      await azurite.close();
    }
  }

  const runs = await interleaved(ROUNDS, { ours, naive });
  const label = '1,000 new';
  return {
    title: 'First poll',
    rows: [
      {
        name: `${label}, transactions`,
        figure: median(writes),
        unit: 'requests',
        floor: medianOf(runs.naive, 'requests'),
        against: 'single upserts',
      },
      {
        name: `${label}, wall of the whole poll`,
        figure: medianOf(runs.ours, 'wallMs'),
        unit: 'ms',
        floor: medianOf(runs.naive, 'wallMs'),
        against: 'the upserts alone',
      },
      {
        name: `${label}, CPU of the whole poll`,
        figure: medianOf(runs.ours, 'cpuMs'),
        unit: 'ms',
        floor: medianOf(runs.naive, 'cpuMs'),
        against: 'the upserts alone',
      },
    ],
    targets: [exactly('transactions for 1,000 new, claims and outcomes', median(writes), (2 * PENDING) / 100)],
  };
}
