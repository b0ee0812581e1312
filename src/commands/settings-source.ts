import { readFileSync } from 'node:fs';
import type { Environment } from '../settings/reader.ts';

/** What a command was asked for cannot be done; the message is for people. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/**
 * The settings a command works with: the environment, then `Values` of a settings file for what the environment
 * lacks. A variable that is set but empty is not lacking: it means none.
 * @param file - a file that must be there; null: `local.settings.json` of the current folder, if there is one
 * @throws CommandError when the file cannot be read
 */
export function readEnvironment(env: Environment, file: string | null): Environment {
  return { ...valuesOf(file), ...definedOf(env) };
}

function definedOf(env: Environment): Environment {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined));
}

function valuesOf(file: string | null): Environment {
  const name = file ?? 'local.settings.json';
  let text: string;
  try {
    text = readFileSync(name, 'utf8');
  } catch (error) {
    if (file === null && (error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new CommandError(`The settings file ${name} cannot be read.`);
  }
  try {
    const { Values: values = {} } = JSON.parse(text.replace(/^\uFEFF/, '')) as { Values?: Record<string, unknown> };
    return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, String(value ?? '')]));
  } catch {
    throw new CommandError(`The settings file ${name} is not valid JSON with an object "Values".`);
  }
}
