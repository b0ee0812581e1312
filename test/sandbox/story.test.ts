import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { buildAppFolder, copyBundle } from './app-folder.ts';
import { createSandbox, type Sandbox } from './sandbox.ts';
import { tellStory } from './story.ts';

let sandbox: Sandbox | undefined;

afterEach(async () => {
  await sandbox?.close();
  vi.unstubAllEnvs();
});

interface Told {
  readonly appFolder?: string;
  readonly fault?: string;
}

async function tell({ appFolder, fault }: Told = {}) {
  const lines: string[] = [];
  // A poll every half day is often enough to tell a story, and quicker to tell.
  vi.stubEnv('POLL_SCHEDULE', '0 0 */12 * * *');
  sandbox = await createSandbox();
  await sandbox.startApp({ consoleUrl: null, ...(appFolder && { appFolder }) });
  const say = (line: string) => void lines.push(line);
  const code = await tellStory(sandbox, { say, stopped: new Promise(() => {}), ...(fault && { fault }) });
  return { code, lines };
}

/** The app with a bug: a text of its bundle is another one. */
async function plant(folder: string, was: string, is: string): Promise<void> {
  await buildAppFolder(folder);
  const bundle = path.join(folder, 'dist/functions');
  await rm(bundle);
  await copyBundle(bundle);
  let planted = 0;
  for (const name of await readdir(bundle)) {
    const source = await readFile(path.join(bundle, name), 'utf8');
    if (!source.includes(was)) continue;
    planted += 1;
    await writeFile(path.join(bundle, name), source.replaceAll(was, is));
  }
  expect(planted).toBe(1);
}

const countOf = (lines: readonly string[], label: string) =>
  Number(lines.find(line => line.startsWith(`${label}: `))?.slice(label.length + 2));

describe('npm start -- --story', () => {
  it('tells of every referral in fifteen days, and none expires untold', async () => {
    const { code, lines } = await tell();
    expect(lines.at(-1)).toBe('expired untold: 0');
    expect(code).toBe(0);
    const referrals = countOf(lines, 'referrals');
    expect(referrals).toBeGreaterThan(20);
    expect(countOf(lines, 'told')).toBe(referrals);
    expect(countOf(lines, 'escalated')).toBeGreaterThan(5);
    expect(countOf(lines, 'answered')).toBeGreaterThan(5);
    expect(countOf(lines, 'expired')).toBeGreaterThan(5);
  });

  it('ends with 1 when the ladder has lost its last step', async () => {
    const appFolder = await mkdtemp(path.join(tmpdir(), 'referral-alerts-app-'));
    await plant(appFolder, '"7d:reminder,3d:warning,24h:critical"', '"7d:reminder,3d:warning"');
    const { code, lines } = await tell({ appFolder });
    await rm(appFolder, { recursive: true, force: true });
    expect(countOf(lines, 'told')).toBe(countOf(lines, 'referrals'));
    expect(countOf(lines, 'expired untold')).toBeGreaterThan(0);
    expect(code).toBe(1);
  });

  it('forgives polls that fail for the fault, and none that fails without it', async () => {
    const { code, lines } = await tell({ fault: 'partner-center:down' });
    const failed = sandbox?.polls.filter(({ ok }) => !ok) ?? [];
    expect(failed.length).toBeGreaterThan(2);
    expect(countOf(lines, 'failed without a fault')).toBe(0);
    expect(lines.at(-1)).toBe('expired untold: 0');
    expect(code).toBe(0);
  });
});
