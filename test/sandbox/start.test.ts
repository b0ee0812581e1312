import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { spawnStart } from './start-process.ts';

const root = new URL('../../', import.meta.url);
const CUSTOMERS = [
  'Northwind Traders',
  'Adatum Corporation',
  'Fabrikam Residences',
  'Wide World Importers',
  'City Power & Light',
  'Alpine Ski House',
  'Tailspin Toys',
];

const running: { process: { kill(signal: NodeJS.Signals): boolean } }[] = [];
const start = (...args: Parameters<typeof spawnStart>) => {
  const started = spawnStart(...args);
  running.push(started);
  return started;
};

afterEach(() => {
  for (const one of running.splice(0)) one.process.kill('SIGKILL');
});

function foldersOf(pid: number | undefined): string[] {
  const folder = new URL('.sandbox', root);
  return existsSync(folder) ? readdirSync(folder).filter(name => name.startsWith(`run-${pid}-`)) : [];
}

describe('npm start -- --once', () => {
  it('names each referral and the channels it was told in, and ends with 0', async () => {
    const run = start(['--once']);
    expect(await run.exit(), run.output.stderr).toBe(0);
    for (const customer of CUSTOMERS) {
      expect(run.output.stdout).toMatch(new RegExp(`^${customer}.*teams.*email`, 'm'));
    }
    expect(run.output.stdout).toMatch(/^Northwind Traders.*oncall-teams.*oncall-email/m);
    expect(run.output.stdout).toMatch(/^Poll 2: ok/m);
    expect(run.output.stderr).toBe('');
  });

  it('ends with 1 when a poll fails', async () => {
    const run = start(['--once'], { REFERRALS_API_URL: 'http://127.0.0.1:9/nobody' });
    expect(await run.exit()).toBe(1);
    expect(run.output.stdout).toMatch(/^Poll 1: failed: /m);
  });
});

describe('npm start', () => {
  /** Stops it, and looks that no port and no file is left. */
  async function stopped(watched: ReturnType<typeof start>, signal: 'SIGINT' | 'SIGTERM'): Promise<void> {
    const url = await watched.url();
    expect((await fetch(url)).status).toBe(200);
    expect(await watched.stop(signal), watched.output.stderr).toBe(0);
    await expect(fetch(url)).rejects.toThrow();
    expect(foldersOf(watched.process.pid)).toEqual([]);
  }

  it('takes a setting from the environment, and an empty one as none; SIGINT leaves no port and no file', async () => {
    const watched = start(['--port', '0'], { TEAMS_WEBHOOK_URL: '', ONCALL_TEAMS_WEBHOOK_URL: '' });
    await watched.url();
    expect(watched.output.stdout.startsWith('Open http://127.0.0.1:')).toBe(true);
    await expect.poll(() => watched.output.stdout).toMatch(/^Poll 1: ok/m);
    expect(watched.output.stdout).toMatch(/^Northwind Traders.*email/m);
    expect(watched.output.stdout).not.toContain('teams');
    await stopped(watched, 'SIGINT');
  });

  it('ends when the process that started it is killed', async () => {
    const script = fileURLToPath(new URL('start.ts', import.meta.url));
    const shell = spawn('sh', ['-c', `"${process.execPath}" "${script}" --port 0; true`], { stdio: 'pipe' });
    const [line] = await once(createInterface({ input: shell.stdout }), 'line');
    const url = String(line).replace('Open ', '');
    expect((await fetch(url)).status).toBe(200);
    shell.kill('SIGKILL');
    await expect
      .poll(() =>
        fetch(url).then(
          () => 'up',
          () => 'gone',
        ),
      )
      .toBe('gone');
  });

  it('names a taken port and ends with 1', async () => {
    const other = createServer();
    await new Promise<void>(resolve => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as { port: number };
    const watched = start(['--port', String(port)]);
    expect(await watched.exit()).toBe(1);
    expect(watched.output.stderr).toContain(`Port ${port} is taken`);
    other.close();
  });

  it('says which of the usual ports are taken, and stands beside whoever has them; SIGTERM leaves nothing', async () => {
    const other = createServer();
    // Somebody outside this test may have it as well.
    await new Promise<void>(resolve => other.once('error', () => resolve()).listen(7101, '127.0.0.1', resolve));
    const watched = start([]);
    await watched.url();
    await expect.poll(() => watched.output.stdout).toMatch(/^Taken.*\b7101\b/m);
    await stopped(watched, 'SIGTERM');
    other.close();
  });

  it.each([
    [['--prot', '0'], '--prot'],
    [['--port', 'http'], '--port'],
    [['--port', ''], '--port'],
    [['--once', '--story'], 'exclude'],
    [['--fault', 'mail:down'], '--story'],
    [['--story', '--fault', 'mail:dwon'], 'partner-center:down, partner-center:slow'],
  ])('%j is an error that says so', async (args, words) => {
    const wrong = start(args);
    expect(await wrong.exit()).toBe(1);
    expect(wrong.output.stderr).toContain(words);
    expect(wrong.output.stderr).toContain('Usage');
  });
});
