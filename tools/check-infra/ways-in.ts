import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { KnownSetting } from './known-settings.ts';
import type { Problem } from './problem.ts';

const PLACE = 'infra/main.bicepparam';

/** Names that the parameters read from the environment, by the object they stand in. */
export interface WaysIn {
  /** Settings of the app. */
  readonly plain: readonly string[];
  /** Settings that lie in the vault. */
  readonly secret: readonly string[];
  /** Names of the template's own. */
  readonly own: readonly string[];
  readonly problems: readonly Problem[];
}

/** Reads the lines of the parameters file, one name each. Its meaning is the compiler's business. */
export async function readWaysIn(root: string): Promise<WaysIn> {
  const names: Record<string, string[]> = { plain: [], secret: [], own: [] };
  const problems: Problem[] = [];
  let object = '';
  for (const [index, line] of (await readFile(path.join(root, PLACE), 'utf8')).split('\n').entries()) {
    object = /^var (\w+) =/.exec(line)?.[1] ?? object;
    const [, key, name, fallback] =
      /^\s*(?:(\w+): )?.*\breadEnvironmentVariable\('(\w+)'(?:, '(.*?)')?\)/.exec(line) ?? [];
    if (!name) continue;
    const complain = (message: string) => problems.push({ place: `${PLACE}:${index + 1}`, message });
    if (key !== name) complain(`${name} is read under the name ${key}`);
    if (fallback !== '')
      complain(`${name} has a default that counts only where the name does not exist at all: use ''`);
    if (names[object]) names[object]?.push(name);
    else complain(`${name} is read outside of plain, secret and own`);
  }
  const { plain = [], secret = [], own = [] } = names;
  return { plain, secret, own, problems };
}

/** Every setting that the code knows has its one way into Azure, and nothing else has. */
export function wayInProblems(ways: WaysIn, settings: readonly KnownSetting[]): Problem[] {
  const from = settings.filter(({ way }) => way === 'environment');
  const objectOf = (secret: boolean) => (secret ? 'secret' : 'plain');
  const missing = from
    .filter(({ name, secret }) => !ways[objectOf(secret)].includes(name))
    .map(({ name, secret }) => {
      const line = `${name}: readEnvironmentVariable('${name}', '')`;
      return `setting ${name} has no way in: add the line "${line}" to var ${objectOf(secret)}`;
    });
  const misplaced = from
    .filter(({ name, secret }) => ways[objectOf(!secret)].includes(name))
    .map(({ name, secret }) =>
      secret ? `setting ${name} is a secret: it may not come as a value` : `setting ${name} is no secret`,
    );
  const unknown = [...ways.plain, ...ways.secret]
    .filter(name => !from.some(one => one.name === name))
    .map(name => {
      const way = settings.find(one => one.name === name)?.way;
      return way ? `setting ${name} must not come from the environment` : `setting ${name} is read by nobody`;
    });
  return [...ways.problems, ...[...missing, ...misplaced, ...unknown].map(message => ({ place: PLACE, message }))];
}
