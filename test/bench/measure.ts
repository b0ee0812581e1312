import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** What a measured process told, or an array of such by key. */
export type Told = Record<string, number | number[] | string[]>;

export interface Run {
  readonly told: Told;
  /** Process start to exit, in milliseconds. */
  readonly wallMs: number;
}

/** Runs a measured program in a fresh process and reads the one JSON line that it prints. */
export async function runProgram(
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  nodeOptions: readonly string[] = [],
): Promise<Run> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [...nodeOptions, file, ...args], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString();
  });
  const [code] = await once(child, 'close');
  const wallMs = performance.now() - startedAt;
  if (code !== 0) throw new Error(`${file} ${args.join(' ')} ended with ${code}:\n${err.slice(-2_000)}`);
  const line = out.trim().split('\n').at(-1) ?? '{}';
  return { told: JSON.parse(line) as Told, wallMs };
}

export interface Server {
  readonly url: string;
  readonly process: ChildProcess;
  close(): Promise<void>;
}

/** Starts a program that listens and prints its address first. */
export async function startServer(
  file: string,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<Server> {
  const child = spawn(process.execPath, [file, ...args], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  const first = await Promise.race([once(lines, 'line'), once(child, 'exit').then(() => null)]);
  if (!first) throw new Error(`${file} ended before it listened`);
  lines.resume();
  return {
    url: first[0] as string,
    process: child,
    async close() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  if (sorted.length % 2 === 1) return sorted[middle] ?? Number.NaN;
  return ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}

/** Runs several things in turn, round after round, so that a busy moment of the machine hits all of them alike. */
export async function interleaved<K extends string, T>(
  rounds: number,
  programs: Readonly<Record<K, () => Promise<T>>>,
): Promise<Record<K, T[]>> {
  const names = Object.keys(programs) as K[];
  const results = Object.fromEntries(names.map(name => [name, []])) as unknown as Record<K, T[]>;
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) results[name].push(await programs[name]());
  }
  return results;
}

/** The median over runs of a number that each run told; of lists, of all their entries. */
export function medianOf(runs: readonly Run[], key: string): number {
  return median(runs.flatMap(({ told }) => told[key] as number | number[]));
}
