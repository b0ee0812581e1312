import type { Log } from '../base/log.ts';
import type { Environment } from '../settings/reader.ts';
import { failureInWords } from './failure-in-words.ts';

/** Where a command was typed, and where its words go. */
export interface Terminal {
  readonly env: Environment;
  /** Where names of files begin. */
  readonly folder: string;
  /** One line for people. */
  say(line?: string): void;
  /** Text as it is, for machines. */
  print(text: string): void;
  /** One line about what went wrong, beside the output. */
  complain(line: string): void;
}

/** What was typed behind a command's name is done at a terminal; answers the exit code. */
export type Command = (args: readonly string[], terminal: Terminal) => Promise<number>;

/** A command that does this work: its exit code is 1 when that answers false or throws, and then `failure` is the last thing to say. */
export function command(
  work: (args: readonly string[], terminal: Terminal) => Promise<unknown>,
  failure: string,
): Command {
  return async (args, terminal) => {
    try {
      return (await work(args, terminal)) === false ? 1 : 0;
    } catch (error) {
      terminal.complain(failureInWords(error, failure));
      return 1;
    }
  };
}

/** Does what this process was started for. */
export async function runHere(command: Command): Promise<void> {
  // A reader that went away (`| head`) is no reason to fail, nor to leave the work half done.
  process.stdout.on('error', () => {});
  process.exitCode = await command(process.argv.slice(2), {
    env: process.env,
    folder: process.cwd(),
    say: (line = '') => void process.stdout.write(`${line}\n`),
    print: text => void process.stdout.write(text),
    complain: line => void process.stderr.write(`${line}\n`),
  });
}

/** A command tells people what matters in its own words. */
export const silentLog: Log = { info: () => {}, warn: () => {}, error: () => {} };
