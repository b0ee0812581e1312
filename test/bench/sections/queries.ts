import type { Bench } from '../context.ts';
import { runProgram } from '../measure.ts';

export interface Queries {
  readonly apiQuery: string;
  readonly tableQuery: string;
  readonly tableAccept: string;
}

/** What the app asks for, as it really asks: the floor reads the same pages. */
export async function queriesOf(bench: Bench, pending: number): Promise<Queries> {
  await runProgram(bench.built.program('app'), [bench.built.bundle, '1', '1'], bench.env(pending));
  const response = await fetch(`${bench.standIn.url}/control/queries`);
  const { list = '', table = '', accept = '' } = (await response.json()) as Record<string, string>;
  return { apiQuery: list, tableQuery: table, tableAccept: accept };
}
