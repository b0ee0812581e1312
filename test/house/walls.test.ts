import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PURE, ROOMS, UPPER } from '../../.dependency-cruiser.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const arrows: Readonly<Record<string, readonly string[]>> = { ...ROOMS, ...UPPER };
const rooms = Object.keys(arrows);
const placeOf = (room: string) => (room === 'functions' ? 'functions' : `src/${room}`);

interface Violation {
  readonly from: string;
  readonly to: string;
  readonly rule: { readonly name: string };
}

/** Every violation that the check finds in a tree of planted files. */
async function violations(folder: string, files: Readonly<Record<string, string>>): Promise<readonly Violation[]> {
  for (const file of ['.dependency-cruiser.mjs', 'tsconfig.json', 'package.json'])
    await cp(path.join(root, file), path.join(folder, file));
  await symlink(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), text);
  }
  const command = path.join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const tops = [...new Set(Object.keys(files).map(name => name.split('/')[0] as string))];
  const args = [command, ...tops, '--config', '.dependency-cruiser.mjs', '--output-type', 'json'];
  const output = await new Promise<string>((resolve, reject) =>
    execFile(process.execPath, args, { cwd: folder, maxBuffer: 1 << 26 }, (error, stdout) =>
      stdout ? resolve(stdout) : reject(error),
    ),
  );
  return (JSON.parse(output) as { summary: { violations: Violation[] } }).summary.violations;
}

/** What each room has to offer, and two files in each that take it from all others: one the values, one the types. */
function plantedPairs(): Record<string, string> {
  const files: Record<string, string> = {};
  for (const from of rooms) {
    const offers = rooms
      .filter(room => room !== from)
      .map(room => `${path.posix.relative(placeOf(from), placeOf(room))}/offer.ts`);
    files[`${placeOf(from)}/offer.ts`] = 'export const offer = 1;\nexport type Offer = number;\n';
    files[`${placeOf(from)}/values.ts`] = offers
      .map((offer, n) => `export { offer as o${n} } from '${offer}';\n`)
      .join('');
    files[`${placeOf(from)}/types.ts`] = offers
      .map((offer, n) => `export type { Offer as O${n} } from '${offer}';\n`)
      .join('');
  }
  return files;
}

const OTHERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'no-loose-files': { 'src/loose.ts': "import { offer } from './base/offer.ts';\nexport const it = offer;\n" },
  'no-unused-loose-files': { 'src/alone.ts': 'export const it = 1;\n', 'src/attic/box.ts': 'export const it = 1;\n' },
  'functions-sdk-only-in-functions': {
    'src/app/host.ts': "import { app } from '@azure/functions';\nexport const it = app;\n",
  },
  'azure-sdks-at-the-edge': {
    'src/app/who.ts': "import type { TokenCredential } from '@azure/identity';\nexport type It = TokenCredential;\n",
    'src/channels/row.ts': "import { RestError } from '@azure/data-tables';\nexport const it = RestError;\n",
  },
  'bot-framework-only-in-the-bot': {
    'src/poll/bot.ts': "import { Application } from '@microsoft/teams-ai';\nexport const it = Application;\n",
    'src/channels/bot.ts': "import type { Activity } from 'botbuilder';\nexport type It = Activity;\n",
  },
  'sandbox-shares-nothing': {
    'test/sandbox/sink.ts': "import { offer } from '../../src/base/offer.ts';\nexport const it = offer;\n",
    'test/sandbox/word.ts': "import type { Offer } from '../../src/base/offer.ts';\nexport type It = Offer;\n",
  },
  'no-cycles': { 'src/base/a.ts': "import { b } from './b.ts';\nexport const a = b;\n" },
  'pure-rooms-reach-for-nothing': Object.fromEntries(
    PURE.map(room => [
      `src/${room}/disk.ts`,
      "import { readFileSync } from 'node:fs';\nexport const it = readFileSync;\n",
    ]),
  ),
};

let folder: string;
let found: readonly Violation[];
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'referral-alerts-walls-'));
  const theOtherHalf = { 'src/base/b.ts': "import { a } from './a.ts';\nexport const b = a;\n" };
  found = await violations(folder, Object.assign(plantedPairs(), theOtherHalf, ...Object.values(OTHERS)));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it.each(rooms)('%s may import what the table says, and nothing else: neither values nor types', from => {
  const red = found.filter(({ rule }) => rule.name === 'not-in-allowed');
  const forbidden = rooms.filter(to => to !== from && !arrows[from]?.includes(to));
  for (const kind of ['values.ts', 'types.ts']) {
    const reached = red.filter(violation => violation.from === `${placeOf(from)}/${kind}`).map(({ to }) => to);
    expect(reached.toSorted()).toEqual(forbidden.map(room => `${placeOf(room)}/offer.ts`).toSorted());
  }
});

it.each(Object.entries(OTHERS))('%s: each planted file is red', (rule, files) => {
  const red = found.filter(violation => violation.rule.name === rule).map(violation => violation.from);
  expect(red).toEqual(expect.arrayContaining(Object.keys(files)));
});

it('the walk through the house shows the very same arrows', async () => {
  const text = await readFile(path.join(root, 'docs/architecture.md'), 'utf8');
  for (const [room, others] of Object.entries(arrows)) {
    const [, told] = new RegExp(`^\\| ${room} \\| ([^|]*) \\|`, 'm').exec(text) ?? [];
    const names =
      told === 'everything above' ? Object.keys(ROOMS) : (told ?? '').split(', ').filter(name => name !== '–');
    expect([room, names.toSorted()]).toEqual([room, [...others].toSorted()]);
  }
});
