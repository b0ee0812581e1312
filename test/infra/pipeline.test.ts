import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { variableLines } from '../../tools/azure/variables.ts';
import { SUBSCRIPTION, TENANT } from '../../tools/check-infra/compiler.ts';
import { readWaysIn } from '../../tools/check-infra/ways-in.ts';
import { compiler, template } from './compiler.ts';

const run = promisify(execFile);

interface Job {
  readonly steps: readonly { readonly run?: string }[];
}
const workflow = parse(readFileSync('.github/workflows/deploy.yml', 'utf8')) as {
  env: Record<string, string>;
  jobs: Record<string, Job>;
};

test('the workflow hands every repository variable over, and lists no setting', async () => {
  const { plain, secret, own } = await readWaysIn(process.cwd());
  const { VARIABLES, ...others } = workflow.env;
  expect(VARIABLES?.replaceAll(' ', '')).toBe('$' + '{{toJSON(vars)}}');
  // Only the workflow knows where the repository is.
  expect(Object.keys(others)).toEqual(['RUNBOOK_URL']);
  const steps = Object.values(workflow.jobs).map(job => job.steps.map(step => step.run ?? ''));
  for (const commands of steps) {
    const take = commands.indexOf('npm run -s azure -- variables >> "$GITHUB_ENV"');
    expect(take).toBeGreaterThan(commands.indexOf('npm ci'));
    expect(commands.slice(0, take).join()).not.toContain('main.bicepparam');
    const named = commands.join('\n').match(/\b[A-Z][A-Z0-9]*(_[A-Z0-9]+)+\b/g) ?? [];
    expect(named.filter(name => [...plain, ...secret, ...own].includes(name) && name !== 'AZURE_LOCATION')).toEqual([]);
  }
});

test.skipIf(!compiler)(
  'two ids among its variables are enough, and the process’s own environment says the same as what the checks write in',
  async () => {
    const ids = {
      PARTNER_TENANT_ID: '11111111-0000-4000-8000-000000000001',
      PARTNER_CLIENT_ID: '11111111-0000-4000-8000-000000000002',
    };
    const lines = variableLines(JSON.stringify({ ...ids, AZURE_CLIENT_ID: 'who deploys', EMAIL_CARRIER: '', BOT: '' }));
    const env = Object.fromEntries(
      [...lines.matchAll(/^(\w+)<<(.+)\n([\s\S]*?)\n\2$/gm)].map(([, name, , value]) => [name, value]),
    );
    const folder = mkdtempSync(path.join(tmpdir(), 'pipeline-'));
    try {
      cpSync('infra', path.join(folder, 'infra'), { recursive: true });
      const place = ['--subscription-id', SUBSCRIPTION, '--tenant-id', TENANT, '--location', 'westeurope'];
      const file = path.join(folder, 'infra/main.bicepparam');
      await run(process.env.BICEP ?? 'bicep', ['snapshot', file, '--mode', 'overwrite', ...place], {
        env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
      });
      const { predictedResources } = JSON.parse(
        readFileSync(path.join(folder, 'infra/main.snapshot.json'), 'utf8'),
      ) as { predictedResources: unknown[] };
      const { prediction } = (await compiler?.evaluate(await template(), env as Record<string, string>)) ?? {};
      expect(prediction?.resources).toEqual(predictedResources);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);
