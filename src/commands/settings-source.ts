import type { SettingsSource } from '../doctor/set-up.ts';
import { SETTING_NAMES } from '../settings/definitions.ts';
import type { Environment } from '../settings/reader.ts';
import { CommandError } from './command-error.ts';
import { readSettingsFile } from './settings-file.ts';
import type { Terminal } from './terminal.ts';

const USUAL = 'local.settings.json';

type Place = Pick<Terminal, 'env' | 'folder'>;

/**
 * The settings a command works with: the environment, then `Values` of a settings file for what the environment
 * lacks. A variable that is set but empty is not lacking: it means none.
 * @param file - a file that must be there; null: `local.settings.json` of the folder, if there is one
 * @throws CommandError when the file cannot be read
 */
export function readEnvironment(terminal: Place, file: string | null): Environment {
  const source = readSource(terminal, file);
  if (source.trouble && source.trouble.cure !== COPY) throw new CommandError(source.trouble.found);
  return source.env;
}

/** The same, with where each came from, and with what is wrong with the file in place of an error. */
export function readSource({ env, folder }: Place, file: string | null): SettingsSource {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined));
  const name = file ?? USUAL;
  try {
    const values = readSettingsFile(name, folder);
    const names = Object.keys(values).filter(key => !(key in set));
    return { env: { ...values, ...set }, file: { name, names }, trouble: null };
  } catch (error) {
    const without = { env: set, file: null };
    if (error instanceof CommandError) return { ...without, trouble: { found: error.message, cure: MEND } };
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    if (file === null && isMissing && SETTING_NAMES.some(each => set[each])) return { ...without, trouble: null };
    const found = `The settings file ${name} ${isMissing ? 'cannot be read: it is not there' : 'cannot be read'}.`;
    if (file !== null) return { ...without, trouble: { found, cure: NAME_ANOTHER } };
    return { ...without, trouble: { found: `${found} The environment sets nothing either.`, cure: COPY } };
  }
}

const MEND = 'Mend the file; local.settings.sample.json shows how it has to look.';
const COPY = `Copy local.settings.sample.json to ${USUAL} and fill it in, or name another file with --settings.`;
const NAME_ANOTHER = `Name a file like local.settings.sample.json with --settings, or leave it out.`;
