import { type ParseArgsConfig, parseArgs } from 'node:util';

/**
 * What was typed behind a command that works on this repository. Whoever asks for help gets the usage, and what the
 * command does not know is named; either ends the process.
 */
export function readArguments<const T extends NonNullable<ParseArgsConfig['options']>>(usage: string, options: T) {
  // A reader that went away (`| head`) is no reason to fail.
  process.stdout.on('error', () => {});
  const args = process.argv.slice(2);
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(`${usage}\n`);
    process.exit(0);
  }
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    return refuseArguments(error instanceof Error ? error.message : String(error));
  }
}

/** Says what was wrong with what was typed, and ends the process. */
export function refuseArguments(why: string): never {
  process.stderr.write(`${why}\n`);
  process.exit(1);
}
