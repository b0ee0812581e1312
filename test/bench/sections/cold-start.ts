import { mkdtemp } from 'node:fs/promises';
import path from 'node:path';
import type { Bench } from '../context.ts';
import { interleaved, medianOf, type Run, runProgram } from '../measure.ts';
import { atLeast, atMost, exactly, type Row, type Section } from '../report.ts';
import { referralId } from '../stand-in/referral-pages.ts';
import { startBytes } from '../start-files.ts';

const ROUNDS = 7;
const BOT = {
  BOT_APP_ID: '2c9f4a7e-3d1b-4e5f-8a6c-7b0d9e1f2a33',
  BOT_TENANT_ID: '9d4f1c52-7c3e-4a57-8f0e-2a6b1d9c3e11',
};
const SDKS = ['@microsoft/teams-ai', 'botbuilder'];

/** From the start of a process to the app being imported, to its first poll and to its first answers. */
export async function coldStart(bench: Bench): Promise<Section> {
  const { bundle, plain, empty, metafile, program } = bench.built;
  const cache = await mkdtemp(path.join(bench.folder, 'compile-cache-'));
  const env = { ...bench.env(100), REFERRAL_ID: referralId(1) };
  const start = (entry: string, job: string, more: Record<string, string> = {}, sdks: string[] = []) =>
    runProgram(program('start'), [entry, job, ...sdks], { ...env, ...more });
  await start(bundle, 'import', { NODE_COMPILE_CACHE: cache });

  const runs = await interleaved(ROUNDS, {
    empty: () => start(empty, 'import'),
    bundle: () => start(bundle, 'import'),
    cached: () => start(bundle, 'import', { NODE_COMPILE_CACHE: cache }),
    plain: () => start(plain, 'import'),
    fat: () => start(plain, 'import', {}, SDKS),
    withBot: () => start(bundle, 'import', BOT),
    poll: () => start(bundle, 'pollReferrals'),
    plainPoll: () => start(plain, 'pollReferrals'),
    detail: () => start(bundle, 'getReferral'),
    detailWithBot: () => start(bundle, 'getReferral', BOT),
    plainDetail: () => start(plain, 'getReferral'),
    health: () => start(bundle, 'health'),
  });
  const whole = await interleaved(5, {
    ours: () => runProgram(program('app'), [bundle, '0', '1'], bench.env(1_000)),
    naive: () => runProgram(program('naive'), [bench.connection(1_000), bench.api(1_000), '0', '1', 'fat']),
  });

  const modules = async (job: string, more: Record<string, string>) =>
    ((await start(bundle, job, { ...more, MODULES: '1' })).told.files as string[]).toSorted().join('\n');
  const sameModules: string[] = [];
  for (const job of ['import', 'getReferral', 'health']) {
    if ((await modules(job, {})) === (await modules(job, BOT))) sameModules.push(job);
  }

  const ms = (name: string, key: string, ours: Run[], floor: Run[] | null, against?: string): Row => ({
    name,
    figure: medianOf(ours, key),
    unit: key.endsWith('Mb') ? 'MB' : 'ms',
    floor: floor && medianOf(floor, key),
    ...(against && { against }),
  });
  const wall = (list: Run[]) => list.map(({ wallMs, told }) => ({ wallMs, told: { ...told, wholeMs: wallMs } }));
  const [ours, naive] = [wall(whole.ours), wall(whole.naive)];
  const above = medianOf(runs.bundle, 'importMs') - medianOf(runs.empty, 'importMs');
  const ratio = (key: string) => medianOf(naive, key) / medianOf(ours, key);
  return {
    title: 'Cold start',
    rows: [
      ms('import of the bundle', 'importMs', runs.bundle, runs.empty, 'an empty function'),
      ms('process start to ready, bundle', 'readyMs', runs.bundle, runs.empty, 'an empty function'),
      ms('process start to ready, compile cache', 'readyMs', runs.cached, runs.bundle, 'without'),
      ms('process start to ready, plain files', 'readyMs', runs.plain, runs.bundle, 'bundle'),
      ms('process start to ready, plain files and the bot loaded', 'readyMs', runs.fat, runs.bundle, 'bundle'),
      ms('process start to ready, bot configured', 'readyMs', runs.withBot, runs.bundle, 'without'),
      ms('memory when ready', 'peakMb', runs.bundle, runs.fat, 'plain files and the bot'),
      ms('process start to the end of the first poll of 100', 'doneMs', runs.poll, runs.plainPoll, 'plain files'),
      ms('process start to the first detail answer', 'doneMs', runs.detail, runs.plainDetail, 'plain files'),
      ms('the same, bot configured', 'doneMs', runs.detailWithBot, runs.detail, 'without'),
      ms('process start to the first health answer', 'doneMs', runs.health, null),
      ms('cold poll of 1,000, process start to end', 'wholeMs', ours, naive, 'naive'),
      ms('cold poll of 1,000, CPU', 'wholeCpuMs', ours, naive, 'naive'),
      ms('cold poll of 1,000, peak memory', 'peakMb', ours, naive, 'naive'),
    ],
    targets: [
      atMost('import above an empty function', above, 60, ' ms'),
      atMost('bytes loaded at the start', startBytes(metafile) / 1000, 900, ' kB'),
      atLeast(
        'ready, faster than unbundled with the bot',
        medianOf(runs.fat, 'readyMs') / medianOf(runs.bundle, 'readyMs'),
        8,
        'x',
      ),
      exactly('bot configured: same modules for', sameModules.join(', '), 'import, getReferral, health'),
      atLeast('cold poll of 1,000, less wall', ratio('wholeMs'), 8, 'x'),
      atLeast('cold poll of 1,000, less CPU', ratio('wholeCpuMs'), 10, 'x'),
      atLeast('cold poll of 1,000, less memory', ratio('peakMb'), 2.4, 'x'),
    ],
  };
}
