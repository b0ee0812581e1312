import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createSandbox, type Sandbox } from './sandbox.ts';
import { tellStory } from './story.ts';

let sandbox: Sandbox | undefined;

afterEach(async () => {
  await sandbox?.close();
  vi.unstubAllEnvs();
});

async function tell({ plugins = [], fault, hours = 12 }: { plugins?: Plugin[]; fault?: string; hours?: number } = {}) {
  const lines: string[] = [];
  // A poll every few hours is often enough to tell a story, and quicker to tell.
  vi.stubEnv('POLL_SCHEDULE', `0 0 */${hours} * * *`);
  sandbox = await createSandbox();
  await sandbox.startApp({ consoleUrl: null, plugins });
  const say = (line: string) => void lines.push(line);
  const code = await tellStory(sandbox, { say, stopped: new Promise(() => {}), ...(fault && { fault }) });
  return { code, lines };
}

/** Changes one file of the product on its way into the build. */
function plant(file: string, change: (source: string) => string): Plugin {
  return {
    name: 'planted-bug',
    setup(build) {
      build.onLoad({ filter: new RegExp(`${file}$`) }, async ({ path }) => {
        const source = await readFile(path, 'utf8');
        const changed = change(source);
        if (changed === source) throw new Error(`Nothing was planted in ${file}.`);
        return { contents: changed, loader: 'ts' };
      });
    },
  };
}

const countOf = (lines: readonly string[], label: string) =>
  Number(lines.find(line => line.startsWith(`${label}: `))?.slice(label.length + 2));

describe('npm start -- --story', () => {
  it('tells of every referral in fifteen days, and none expires untold', async () => {
    const { code, lines } = await tell({ hours: 6 });
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
    const { code, lines } = await tell({
      plugins: [plant('src/settings/definitions.ts', source => source.replace(',24h:critical', ''))],
    });
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
