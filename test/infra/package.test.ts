import { execFile } from 'node:child_process';
import { chmod, chown, cp, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makePackage } from '../../tools/package.ts';
import { buildAppFolder } from '../sandbox/app-folder.ts';
import { startHostProcess } from '../sandbox/host/child-process.ts';
import { createFunctionsHost } from '../sandbox/host/host.ts';
import { makeReferral } from '../sandbox/referrals-api/make-referral.ts';
import { createWorld } from '../support/world.ts';

const run = promisify(execFile);
let folder: string;
let archive: Buffer;
let content: Record<string, Uint8Array>;
let said: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'package-'));
  await packageCopy();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Packages a copy of the sources that lies somewhere else, without git. */
async function packageCopy(): Promise<void> {
  const root = path.join(folder, 'copy');
  await mkdir(root);
  for (const name of ['functions', 'src', 'tools', 'host.json', 'package.json', 'tsconfig.json']) {
    await cp(name, path.join(root, name), { recursive: true });
  }
  await symlink(path.resolve('node_modules'), path.join(root, 'node_modules'));
  ({ stdout: said } = await run(process.execPath, ['tools/package.ts', '--quiet'], { cwd: root }));
  archive = await readFile(path.join(root, 'dist/referral-alerts.zip'));
  content = unzipSync(archive);
}

test('the archive is small, says so, and needs nothing from outside', () => {
  const names = Object.keys(content);
  expect(said).toMatch(/^dist\/referral-alerts\.zip {2}\d+ kB/);
  expect(archive.length).toBeLessThan(5_000_000);
  expect(names).toEqual(expect.arrayContaining(['host.json', 'package.json', 'functions/index.js']));
  expect(names.filter(name => /node_modules|\.ts$|\.map$|local\.settings/.test(name))).toEqual([]);
  expect(Object.values(content).some(bytes => Buffer.from(bytes).includes(folder))).toBe(false);
});

test('the same sources give the same archive where they really lie', async () => {
  const here = path.join(folder, 'somewhere/deeper');
  await buildAppFolder(here);
  const { zip } = await makePackage(here);
  expect(archive.equals(zip)).toBe(true);
});

async function unpack(name: string): Promise<string> {
  const app = path.join(folder, name);
  for (const [file, bytes] of Object.entries(content)) {
    await mkdir(path.dirname(path.join(app, file)), { recursive: true });
    await writeFile(path.join(app, file), bytes);
  }
  return app;
}

test('it starts from an empty folder, polls and answers health', async () => {
  const app = await unpack('unpacked');
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

test('it runs from a folder that nobody may write to, as a user without rights', async () => {
  const app = await unpack('read-only');
  const names = await readdir(app, { recursive: true });
  for (const name of ['.', ...names]) {
    const place = path.join(app, name);
    await chmod(place, (await stat(place)).isDirectory() ? 0o555 : 0o444);
  }
  await chmod(folder, 0o755);
  // The process has the real time.
  const world = await createWorld({
    now: new Date().toISOString(),
    referrals: () => [makeReferral({ customer: 'Contoso', createdAt: Date.now() })],
  });
  // Only root can become somebody else; whoever else runs this has no rights to write there either.
  const nobody = process.getuid?.() === 0 ? 65_534 : undefined;
  const token = world.env.REFRESH_TOKEN_FILE ?? '';
  if (nobody) for (const place of [token, path.dirname(token)]) await chown(place, nobody, nobody);
  const host = await startHostProcess(app, { ...world.env }, nobody);
  try {
    expect(await host.invokeTimer('pollReferrals'), host.log()).toMatchObject({ ok: true });
    expect(world.teams.posts('sales')).toHaveLength(1);
    expect((await readdir(app, { recursive: true })).toSorted()).toEqual(names.toSorted());
  } finally {
    await host.close();
    await world.close();
    for (const name of ['.', ...names]) await chmod(path.join(app, name), 0o755);
  }
});

test('it takes its settings from an environment that comes only after it was loaded, as when the platform makes a waiting worker ours', async () => {
  const world = await createWorld({ referrals: () => [makeReferral({ customer: 'Contoso', createdAt: Date.now() })] });
  const host = await createFunctionsHost({
    appFolder: await unpack('specialised'),
    env: { POLL_SCHEDULE: '0 */5 * * * *' },
  });
  try {
    Object.assign(process.env, world.env);
    expect(await host.invokeTimer('pollReferrals')).toMatchObject({ ok: true });
    expect(world.teams.posts('sales')).toHaveLength(1);
  } finally {
    for (const name of Object.keys(world.env)) delete process.env[name];
    await host.close();
    await world.close();
  }
});
