import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Runs Azure CLI and answers what it printed. @throws Error with its own words, but never with what it was given */
export function az(...args: readonly string[]): Promise<string> {
  return azIn(process.cwd(), ...args);
}

/** The same in a folder, whose files can be named without their path. */
export async function azIn(cwd: string, ...args: readonly string[]): Promise<string> {
  try {
    // On Windows it is a batch file, which only a shell runs: no argument of ours holds a blank or a quote.
    const { stdout } = await run('az', [...args], { cwd, shell: process.platform === 'win32' });
    return stdout.trim();
  } catch (error) {
    const { code, stderr } = error as { code?: unknown; stderr?: string };
    if (code === 'ENOENT') throw new Error('Azure CLI (az) is not installed, or not on the PATH.');
    throw new Error(`az ${args.slice(0, 3).join(' ')} failed: ${stderr?.trim() || 'it says no reason'}`);
  }
}
