import type { Bench, Kind } from '../context.ts';
import { interleaved, medianOf, type Run, runProgram } from '../measure.ts';
import { atLeast, atMost, exactly, type Row, type Section, type Target } from '../report.ts';
import { API_PAGE } from '../stand-in/referral-pages.ts';
import { TABLE_PAGE } from '../stand-in/table-pages.ts';
import { queriesOf } from './queries.ts';

const ROUNDS: Readonly<Record<number, number>> = { 100: 5, 1000: 5, 10000: 7, 100000: 3 };

const LATER = 10;
const OFTEN = 30;
/** V8 sizes its heap by the memory of the machine, and lets short-lived objects lie until that room is full. */
const SMALL_YOUNG_GENERATION = ['--max-semi-space-size=2'];

/** A poll that finds what it found before, beside the least that anybody could do and what one would write first. */
export async function noChangePoll(bench: Bench): Promise<Section> {
  const rows: Row[] = [];
  const targets: Target[] = [];
  for (const [size, rounds] of Object.entries(ROUNDS)) {
    const pending = Number(size);
    const { apiQuery, tableQuery, tableAccept } = await queriesOf(bench, pending);
    const app = (warm: number, measured = 1, nodeOptions: readonly string[] = []) =>
      runProgram(
        bench.built.program('app'),
        [bench.built.bundle, `${warm}`, `${measured}`],
        bench.env(pending),
        nodeOptions,
      );
    const tables = `${bench.standIn.url}/${pending}/tables`;
    const floorArgs = [bench.api(pending), tables, apiQuery, tableQuery, tableAccept];
    const runs = await interleaved(rounds, {
      second: () => app(1),
      floor: () => runProgram(bench.built.program('floor'), [...floorArgs, '1', '1']),
      first: () => app(0),
      coldFloor: () => runProgram(bench.built.program('floor'), [...floorArgs, '0', '1']),
    });
    rows.push(...figures(pending, runs));
    targets.push(...(await requestTargets(bench, pending)));
    if (pending === 10_000) {
      const naive = await interleaved(2, {
        naive: () =>
          runProgram(bench.built.program('naive'), [bench.connection(pending), bench.api(pending), '0', '1']),
      });
      const later = await interleaved(rounds, {
        ours: () => app(OFTEN, 5),
        floor: () => runProgram(bench.built.program('floor'), [...floorArgs, `${OFTEN}`, '5']),
      });
      const cpu = (list: readonly Run[]) => medianOf(list, 'cpuMs');
      rows.push(
        {
          name: `10,000 pending, after ${OFTEN} polls, CPU`,
          figure: cpu(later.ours),
          unit: 'ms',
          floor: cpu(later.floor),
        },
        {
          name: 'naive poll of 10,000, CPU',
          figure: cpu(naive.naive),
          unit: 'ms',
          floor: cpu(runs.first),
          against: 'ours, first poll',
        },
      );
      targets.push(
        atMost(
          'CPU at 10,000, first poll of a process, times the floor',
          cpu(runs.first) / cpu(runs.coldFloor),
          1.5,
          'x',
        ),
        atMost(`CPU at 10,000, after ${OFTEN} polls, times the floor`, cpu(later.ours) / cpu(later.floor), 1.5, 'x'),
        atLeast(
          'CPU at 10,000, less than whole pages and a getEntity each',
          cpu(naive.naive) / cpu(runs.first),
          15,
          'x',
        ),
      );
    }
    const limit = { 10000: 66, 100000: 150 }[pending];
    if (limit) {
      const label = pending.toLocaleString('en-US');
      const later = [await app(LATER)];
      const small = [await app(LATER, 1, SMALL_YOUNG_GENERATION)];
      rows.push(
        memoryRow(`${label} pending, memory growth, ${LATER} polls later`, later),
        memoryRow(`${label} pending, the same with a young generation of 2 MB`, small),
      );
      targets.push(atMost(`memory growth at ${label}`, medianOf(runs.second, 'grownMb'), limit, ' MB'));
    }
  }
  return { title: 'No-change poll', rows, targets };
}

function figures(pending: number, runs: Record<'second' | 'floor' | 'first' | 'coldFloor', Run[]>): Row[] {
  const label = pending.toLocaleString('en-US');
  const row = (name: string, key: string, unit: string, ours: Run[], floor: Run[]): Row => ({
    name: `${label} pending, ${name}`,
    figure: medianOf(ours, key),
    unit,
    floor: medianOf(floor, key),
  });
  const { second, floor, first, coldFloor } = runs;
  return [
    row('first poll of a process, CPU', 'cpuMs', 'ms', first, coldFloor),
    row('second poll, CPU', 'cpuMs', 'ms', second, floor),
    row('second poll, wall', 'wallMs', 'ms', second, floor),
    row('memory growth', 'grownMb', 'MB', second, floor),
  ];
}

function memoryRow(name: string, runs: readonly Run[]): Row {
  return { name, figure: medianOf(runs, 'grownMb'), unit: 'MB', floor: null };
}

/** Counted over the second of two polls: the first one of a process signs in and reads the heartbeat's row too. */
async function requestTargets(bench: Bench, pending: number): Promise<Target[]> {
  const counted = async (polls: number) => {
    await bench.control({ reset: true });
    await runProgram(bench.built.program('app'), [bench.built.bundle, '0', `${polls}`], bench.env(pending));
    return bench.control({ reset: true });
  };
  const one = await counted(1);
  const two = await counted(2);
  const more = (kind: Kind, of: 'requests' | 'bytesOut' = 'requests') =>
    (two[kind]?.[of] ?? 0) - (one[kind]?.[of] ?? 0);
  const label = pending.toLocaleString('en-US');
  const bytes = (more('list', 'bytesOut') + more('table-page', 'bytesOut')) / pending / 1000;
  return [
    exactly(
      `requests at ${label}: list + table reads + writes + others`,
      [more('list'), more('table-page') + more('table-row'), more('table-write'), more('get') + more('other')].join(
        ' + ',
      ),
      [Math.ceil(pending / API_PAGE), Math.ceil(pending / TABLE_PAGE), 1, 0].join(' + '),
    ),
    atMost(`bytes per pending referral at ${label}`, bytes, 0.6, ' kB'),
  ];
}
