import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { HostedFunction, TimerOutcome } from './host.ts';

export interface HostProcess {
  readonly url: string;
  readonly functions: readonly HostedFunction[];
  readonly process: ChildProcess;
  /** Everything written to stderr so far: the log. */
  log(): string;
  /** Runs a timer there and waits for its outcome; rejects when the process dies under it. */
  invokeTimer(name: string): Promise<TimerOutcome>;
  /** SIGKILL, no goodbye. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts a process that hosts an app folder with exactly these settings, as user `uid` where one is given. Rejects with
 * its log when it dies first.
 */
export async function startHostProcess(
  appFolder: string,
  env: Readonly<Record<string, string>>,
  uid?: number,
): Promise<HostProcess> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('child.ts', import.meta.url)), appFolder], {
    env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  let log = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    log += chunk.toString();
  });
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  const first = await Promise.race([once(lines, 'line'), once(child, 'exit').then(() => null)]);
  if (!first) throw new Error(`The host process ended before it listened:\n${log}`);
  const { url, functions } = JSON.parse(first[0] as string) as { url: string; functions: HostedFunction[] };
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  };
  return {
    url,
    functions,
    process: child,
    log: () => log,
    async invokeTimer(name) {
      const response = await fetch(`${url}/admin/functions/${name}?wait`, { method: 'POST' });
      return (await response.json()) as TimerOutcome;
    },
    kill: () => end('SIGKILL'),
    close: () => end('SIGINT'),
  };
}
