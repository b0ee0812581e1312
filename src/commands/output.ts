import type { Log } from '../base/log.ts';

// A reader that went away (`| head`) is no reason to fail, nor to leave the work half done.
process.stdout.on('error', () => {});

/** One line for people. */
export function say(text = ''): void {
  process.stdout.write(`${text}\n`);
}

export function complain(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** A command tells people what matters in its own words. */
export const silentLog: Log = { info: () => {}, warn: () => {}, error: () => {} };
