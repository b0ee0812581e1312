import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { runCommand } from '../commands/run-command.ts';
import { createSandbox, type Sandbox } from './sandbox.ts';
import { tablesConnectionString } from './tables.ts';

const SAMPLE = new URL('../../local.settings.sample.json', import.meta.url);
let folder: string;
let sandbox: Sandbox | undefined;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sample-'));
});

afterEach(async () => {
  await sandbox?.close();
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

async function freePort(): Promise<string> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise(resolve => server.close(resolve));
  return String(port);
}

/** The sample, on other ports: somebody may have a sandbox on the usual ones. */
async function sampleElsewhere(): Promise<string> {
  let text = await readFile(SAMPLE, 'utf8');
  for (const port of new Set(text.match(/(?<=127\.0\.0\.1:)\d+/g))) {
    text = text.replaceAll(`127.0.0.1:${port}`, `127.0.0.1:${await freePort()}`);
  }
  const settings = JSON.parse(text) as { Values: Record<string, string> };
  settings.Values.TABLES_CONNECTION_STRING = tablesConnectionString(`http://127.0.0.1:${await freePort()}`);
  settings.Values.REFRESH_TOKEN_FILE = path.join(folder, 'refresh-token');
  const file = path.join(folder, 'sample.json');
  await writeFile(file, JSON.stringify(settings));
  return file;
}

it('lets the sample settings sign in and pass the doctor, who sees when the simulated time was turned', async () => {
  vi.stubEnv('POLL_SCHEDULE', '0 0 */12 * * *');
  const file = await sampleElsewhere();
  sandbox = await createSandbox({ settingsFile: file });
  expect(sandbox.takenPorts).toEqual([]);
  const { driver } = await sandbox.startApp({ consoleUrl: null });
  await driver.advance(24 * 60 * 60_000);

  const signIn = runCommand('sign-in', ['--device', '--settings', file], {}, folder);
  const [page] = await signIn.printed(/http:\S+\/device/);
  const [code] = await signIn.printed(/^ +[0-9A-Z]{6,}$/m);
  await fetch(page, { method: 'POST', body: new URLSearchParams({ answer: 'approve', code: code.trim() }) });
  expect(await signIn.ended()).toMatchObject({ code: 0, stderr: '' });

  const doctor = await runCommand('doctor', ['--json', '--send', '--settings', file], {}, folder).ended();
  const { checks } = JSON.parse(doctor.stdout) as { checks: { name: string; state: string }[] };
  // Partner Center's clock is the simulated one, a day away from this machine's; a calendar of shifts is not set.
  expect(checks.filter(({ state }) => state !== 'ok').map(({ name, state }) => `${name} ${state}`)).toEqual([
    'clock failed',
    'on-call skipped',
  ]);
  expect(checks.map(({ name }) => name)).toContain('channel:pager');
  expect(doctor.code).toBe(1);
});
