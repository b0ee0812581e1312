import { execFile, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };

/** A Node that cannot run TypeScript by itself, should the machine have one. */
const older = (process.env.PATH ?? '')
  .split(path.delimiter)
  .filter(folder => !folder.includes('node_modules'))
  .map(folder => path.join(folder, 'node'))
  .find(file => existsSync(file) && /^v(18|20)\./.test(spawnSync(file, ['--version']).stdout.toString()));

test('npm start says what it takes', async () => {
  const { stdout, stderr } = await run(process.execPath, ['test/sandbox/start.ts', '--help']);
  expect(stderr).toBe('');
  for (const option of ['--port N', '--bot', '--once', '--story']) expect(stdout).toContain(option);
});

test('every command of ours looks at its Node first', () => {
  const calls = Object.values(scripts).flatMap(script => script.match(/\bnode [^&]*/g) ?? []);
  expect(calls.length).toBeGreaterThan(8);
  for (const call of calls) expect(call).toMatch(/^node --import \.\/tools\/right-node\.mjs /);
});

test.skipIf(!older)('an older Node says in one line what to do', async () => {
  const failed = run(older as string, ['--import', './tools/right-node.mjs', 'test/sandbox/start.ts']);
  await expect(failed).rejects.toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(/^This needs Node 24, .* Run: npm rebuild node\n$/),
  });
});
