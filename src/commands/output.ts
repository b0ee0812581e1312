import type { Log } from '../log.ts';

/** One line for people. */
export function say(text = ''): void {
  process.stdout.write(`${text}\n`);
}

export function complain(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** A command tells people what matters in its own words. */
export const silentLog: Log = { info: () => {}, warn: () => {}, error: () => {} };
