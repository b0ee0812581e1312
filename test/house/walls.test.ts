import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const run = promisify(execFile);
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'referral-alerts-imports-'));
  for (const file of ['.dependency-cruiser.mjs', 'tsconfig.json', 'package.json'])
    await cp(path.join(root, file), path.join(folder, file));
  await symlink(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** The output of the check over a few planted files; rejects when it finds a violation. */
async function check(files: Readonly<Record<string, string>>): Promise<string> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), text);
  }
  const command = path.join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const tops = [...new Set(Object.keys(files).map(name => name.split('/')[0] as string))];
  const { stdout } = await run(process.execPath, [command, ...tops, '--config', '.dependency-cruiser.mjs'], {
    cwd: folder,
  });
  return stdout;
}

const client = { 'src/channels/client.ts': 'export const send = 1;\n' };

it('lets types through', async () => {
  const use = "import type { send } from '../channels/client.ts';\nexport type Send = typeof send;\n";
  expect(await check({ ...client, 'src/alerts/plan.ts': use })).toContain('no dependency violations found (2 modules');
});

it.each([
  [
    'alerts-are-pure',
    { ...client, 'src/alerts/plan.ts': "import { send } from '../channels/client.ts';\nexport const plan = send;\n" },
  ],
  [
    'alerts-are-pure',
    { 'src/alerts/plan.ts': "import { readFileSync } from 'node:fs';\nexport const plan = readFileSync;\n" },
  ],
  [
    'referrals-keeps-to-itself',
    {
      ...client,
      'src/referrals/list.ts': "import { send } from '../channels/client.ts';\nexport const list = send;\n",
    },
  ],
  [
    'functions-are-the-only-azure-edge',
    { 'src/app.ts': "import { app } from '@azure/functions';\nexport const it = app;\n" },
  ],
  [
    'bot-framework-only-in-the-bot',
    { 'src/poll.ts': "import { Application } from '@microsoft/teams-ai';\nexport const it = Application;\n" },
  ],
  [
    'sandbox-shares-nothing',
    {
      ...client,
      'test/sandbox/sink.ts': "import { send } from '../../src/channels/client.ts';\nexport const it = send;\n",
    },
  ],
  [
    'no-cycles',
    {
      'src/a.ts': "import { b } from './b.ts';\nexport const a = b;\n",
      'src/b.ts': "import { a } from './a.ts';\nexport const b = a;\n",
    },
  ],
])('fails on a planted violation of %s', async (rule, files) => {
  await expect(check(files)).rejects.toMatchObject({ stdout: expect.stringContaining(rule) });
});
