import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A run of `npm start` without npm. */
export interface StartProcess {
  readonly process: ChildProcess;
  /** Everything on stdout and stderr so far. */
  readonly output: { stdout: string; stderr: string };
  /** Waits for the page's address; rejects when the process ends before it is told. */
  url(): Promise<string>;
  /** Waits for the end; null when a signal ended it. */
  exit(): Promise<number | null>;
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

export function spawnStart(args: readonly string[], env: Readonly<Record<string, string>> = {}): StartProcess {
  const script = fileURLToPath(new URL('start.ts', import.meta.url));
  const child = spawn(process.execPath, [script, ...args], {
    env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  const ended = once(child, 'close');
  const changed = new EventTarget();
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.on('data', (chunk: Buffer) => {
      output[name] += chunk.toString();
      changed.dispatchEvent(new Event(name));
    });
  }
  const exit = async () => {
    await ended;
    return child.exitCode;
  };
  return {
    process: child,
    output,
    async url() {
      const find = () => /^Open (http:\S+)$/m.exec(output.stdout)?.[1];
      while (!find()) {
        const over = await Promise.race([once(changed, 'stdout').then(() => false), ended.then(() => true)]);
        if (over && !find()) throw new Error(`It ended before it told an address:\n${output.stderr}`);
      }
      return find() as string;
    },
    exit,
    async stop(signal = 'SIGINT') {
      child.kill(signal);
      return await exit();
    },
  };
}
