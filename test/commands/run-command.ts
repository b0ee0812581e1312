import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface RunningCommand {
  /** Everything it printed so far. */
  output(): string;
  /** Resolves with the first match in what is printed. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
  ended(): Promise<{ code: number | null; stdout: string; stderr: string }>;
  stop(signal: NodeJS.Signals): void;
}

/** Runs a command of this project as people do, in a process of its own and with nothing of our environment but the path. */
export function runCommand(
  name: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  folder?: string,
): RunningCommand {
  const script = new URL(`../../src/commands/${name}.ts`, import.meta.url).pathname;
  const child = spawn(process.execPath, [script, ...args], {
    env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(folder ? { cwd: folder } : {}),
  });
  let stdout = '';
  let stderr = '';
  const watchers = new Set<() => void>();
  const tell = () => {
    for (const watcher of watchers) watcher();
  };
  child.stdout.on('data', chunk => {
    stdout += chunk;
    tell();
  });
  child.stderr.on('data', chunk => {
    stderr += chunk;
    tell();
  });
  const closed = once(child, 'close').then(([code]) => ({ code: code as number | null, stdout, stderr }));
  return {
    output: () => stdout + stderr,
    printed: pattern =>
      new Promise((resolve, reject) => {
        const look = () => {
          const match = pattern.exec(stdout);
          if (match) resolve(match);
        };
        watchers.add(look);
        look();
        void closed.then(() => reject(new Error(`never printed ${pattern}: ${stdout}${stderr}`)));
      }),
    ended: () => closed,
    stop: signal => child.kill(signal),
  };
}
