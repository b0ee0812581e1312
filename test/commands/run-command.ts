import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Command } from '../../src/commands/terminal.ts';

export interface RunningCommand {
  /** Everything it printed so far. */
  output(): string;
  /** Resolves with the first match in what is printed. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
  ended(): Promise<{ code: number | null; stdout: string; stderr: string }>;
}

export interface CommandProcess extends RunningCommand {
  stop(signal: NodeJS.Signals): void;
}

type Given = Readonly<Record<string, string>>;

const root = fileURLToPath(new URL('../../', import.meta.url));
const { scripts } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { scripts: Record<string, string> };

/**
 * Runs a command of this project as npm does, in a process of its own and with nothing of our environment but the path.
 * @param folder - where it is called; npm calls it in the repository
 */
export function runCommand(name: string, args: readonly string[], env: Given, folder?: string): CommandProcess {
  const [node, ...script] = (scripts[name] ?? '').split(' ').map(word => word.replace(/^(\.|src)\//, `${root}$&`));
  if (node !== 'node') throw new Error(`package.json does not run ${name} with node.`);
  const child = spawn(process.execPath, [...script, ...args], {
    env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: folder ?? root,
  });
  const { promise: closed, resolve } = Promise.withResolvers<number | null>();
  child.on('close', resolve);
  const { heard, running } = listening(closed);
  child.stdout.on('data', chunk => heard('stdout', chunk));
  child.stderr.on('data', chunk => heard('stderr', chunk));
  return { ...running, stop: signal => child.kill(signal) };
}

/** Runs a command in this process: what most of its arguments do costs no start of its own. */
export function callCommand(command: Command, args: readonly string[], env: Given, folder = root): RunningCommand {
  const { promise: closed, resolve, reject } = Promise.withResolvers<number>();
  const { heard, running } = listening(closed);
  command(args, {
    env,
    folder,
    say: (line = '') => heard('stdout', `${line}\n`),
    print: text => heard('stdout', text),
    complain: line => heard('stderr', `${line}\n`),
  }).then(resolve, reject);
  return running;
}

function listening(closed: Promise<number | null>) {
  const text = { stdout: '', stderr: '' };
  const watchers = new Set<() => void>();
  const heard = (stream: keyof typeof text, chunk: string | Buffer) => {
    text[stream] += chunk;
    for (const watcher of watchers) watcher();
  };
  const running: RunningCommand = {
    output: () => text.stdout + text.stderr,
    printed: pattern =>
      new Promise((resolve, reject) => {
        const look = () => {
          const match = pattern.exec(text.stdout);
          if (match) resolve(match);
        };
        watchers.add(look);
        look();
        const never = () => reject(new Error(`never printed ${pattern}: ${text.stdout}${text.stderr}`));
        void closed.then(never, never);
      }),
    ended: async () => ({ code: await closed, ...text }),
  };
  return { heard, running };
}
