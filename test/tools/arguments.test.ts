import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';

const run = promisify(execFile);
const SCRIPTS = JSON.parse(readFileSync('package.json', 'utf8')).scripts as Readonly<Record<string, string>>;
/** Commands of our own that no test calls within its process, by the file that each begins with. */
const OURS = Object.entries(SCRIPTS).flatMap(([name, line]) => {
  const [, file = null, rest = ''] =
    /^(?:exec )?node --import \.\/tools\/right-node\.mjs (\S+\.ts)((?: --\w+)*)$/.exec(line) ?? [];
  return file === null || file.startsWith('src/commands/')
    ? []
    : [[name, file, rest.split(' ').filter(Boolean)] as const];
});

async function call(file: string, args: readonly string[]) {
  try {
    return { ...(await run(process.execPath, [file, ...args], { timeout: 30_000 })), code: 0 };
  } catch (error) {
    const { stdout, stderr, code } = error as { stdout: string; stderr: string; code: number };
    return { stdout, stderr, code };
  }
}

test('every command of ours is looked at', () => {
  expect(OURS.map(([name]) => name)).toEqual(
    expect.arrayContaining(['start', 'azure', 'bench', 'package', 'build', 'pictures', 'check:infra']),
  );
});

describe.each(OURS)('npm run %s', (name, file, rest) => {
  test('says how it is used, and does nothing else', async () => {
    const { stdout, stderr, code } = await call(file, [...rest, '--help']);
    expect([stderr, code]).toEqual(['', 0]);
    expect(stdout).toMatch(name === 'start' ? /npm start/ : new RegExp(`npm run (-s )?${name}\\b`));
  });

  test('names an option that it does not know, without a stack', async () => {
    const { stdout, stderr, code } = await call(file, [...rest, ...(name === 'azure' ? ['poll'] : []), '--bogus']);
    expect([stdout, code]).toEqual(['', 1]);
    expect(stderr).toMatch(/--bogus/);
    expect(stderr).not.toMatch(/\n\s+at |TypeError|node:internal/);
  });
});

test.each([
  ['test/bench/bench.ts', ['--only', 'Nonsense'], /no section "Nonsense"\. There are: No-change poll, /],
  ['test/bench/bench.ts', ['--only'], /'--only <value>' argument missing/],
  ['tools/teams-package.ts', ['--bot-id', 'x'], /--bot-id must be a GUID/],
  ['tools/teams-package.ts', [], /application id is missing/],
  ['tools/package.ts', ['dist'], /Unexpected argument 'dist'/],
])('%s %j is refused', async (file, args, says) => {
  const { stdout, stderr, code } = await call(file, args);
  expect([stdout, code]).toEqual(['', 1]);
  expect(stderr).toMatch(says);
});
