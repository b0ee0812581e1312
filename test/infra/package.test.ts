import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFunctionsHost } from '../sandbox/host/host.ts';
import { makeReferral } from '../sandbox/referrals-api/make-referral.ts';
import { createWorld } from '../support/world.ts';

const run = promisify(execFile);
let folder: string;
let archive: Buffer;
let said: string;

/** Packages a copy of the sources that lies somewhere else, without git. */
async function packageIn(place: string): Promise<{ archive: Buffer; said: string }> {
  const root = path.join(folder, place);
  await mkdir(root, { recursive: true });
  for (const name of ['functions', 'src', 'tools', 'host.json', 'package.json', 'tsconfig.json']) {
    await cp(name, path.join(root, name), { recursive: true });
  }
  await symlink(path.resolve('node_modules'), path.join(root, 'node_modules'));
  await run(process.execPath, ['tools/build.ts', '--quiet'], { cwd: root });
  const { stdout } = await run(process.execPath, ['tools/package.ts'], { cwd: root });
  return { archive: await readFile(path.join(root, 'dist/referral-alerts.zip')), said: stdout };
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'package-'));
  ({ archive, said } = await packageIn('one'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('the archive is small, says so, and needs nothing from outside', () => {
  const names = Object.keys(unzipSync(archive));
  expect(said).toMatch(/^dist\/referral-alerts\.zip {2}\d+ kB/);
  expect(archive.length).toBeLessThan(5_000_000);
  expect(names).toEqual(expect.arrayContaining(['host.json', 'package.json', 'functions/index.js']));
  expect(names.filter(name => /node_modules|\.ts$|\.map$|local\.settings/.test(name))).toEqual([]);
  expect(Object.values(unzipSync(archive)).some(content => Buffer.from(content).includes(folder))).toBe(false);
});

test('the same sources give the same archive elsewhere', async () => {
  const other = await packageIn('somewhere/deeper');
  expect(other.archive.equals(archive)).toBe(true);
});

test('it starts from an empty folder, polls and answers health', async () => {
  const app = path.join(folder, 'unpacked');
  for (const [name, content] of Object.entries(unzipSync(archive))) {
    await mkdir(path.dirname(path.join(app, name)), { recursive: true });
    await writeFile(path.join(app, name), content);
  }
  const world = await createWorld({
    referrals: () => [makeReferral({ customer: 'Contoso', createdAt: Date.now() })],
  });
  const host = await createFunctionsHost({ appFolder: app, env: world.env });
  try {
    expect((await fetch(`${host.url}/api/health`)).status).toBe(503);
    expect(await host.invokeTimer('pollReferrals')).toMatchObject({ ok: true });
    const health = await fetch(`${host.url}/api/health`);
    expect([health.status, await health.json()]).toMatchObject([200, { pending: 1, signIn: 'ok', undelivered: 0 }]);
    expect(world.teams.posts('sales')).toHaveLength(1);
    expect(world.mail.state.mails).toHaveLength(1);
  } finally {
    await host.close();
    await world.close();
  }
});
