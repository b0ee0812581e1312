import type { Bench } from '../context.ts';
import { interleaved, medianOf, runProgram } from '../measure.ts';
import { atMost, type Section } from '../report.ts';

/** Polls before measuring, and measured ones: small polls take longer to become hot. */
const SIZES = { 1000: [300, 40], 10000: [30, 7], 100000: [5, 3] } as const;
const ROUNDS = 5;

/** What one referral costs in a quiet poll of a process that has been polling for a while. */
export async function growth(bench: Bench): Promise<Section> {
  const programs = Object.fromEntries(
    Object.entries(SIZES).map(([size, [warm, measured]]) => [
      size,
      () =>
        runProgram(bench.built.program('app'), [bench.built.bundle, `${warm}`, `${measured}`], bench.env(Number(size))),
    ]),
  );
  const runs = await interleaved(ROUNDS, programs);
  const costs = Object.entries(runs).map(([size, list]) => ({
    pending: Number(size),
    microseconds: (medianOf(list, 'cpuMs') / Number(size)) * 1000,
  }));
  const smallest = Math.min(...costs.map(({ microseconds }) => microseconds));
  const largest = Math.max(...costs.map(({ microseconds }) => microseconds));
  return {
    title: 'Growth',
    rows: costs.map(({ pending, microseconds }) => ({
      name: `${pending.toLocaleString('en-US')} pending, CPU per referral`,
      figure: microseconds,
      unit: 'µs',
      floor: smallest,
      against: 'the cheapest of the three',
    })),
    targets: [atMost('cost per referral, dearest over cheapest', largest / smallest, 1.3, 'x')],
  };
}
