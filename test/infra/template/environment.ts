import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { variableLines } from '../../../tools/azure/variables.ts';
import { SUBSCRIPTION, TENANT } from '../../../tools/check-infra/compiler.ts';
import { compiler, evaluate } from './compiler.ts';

const run = promisify(execFile);

test.skipIf(!compiler)(
  'two ids among a pipeline’s variables are enough, and the process’s own environment says the same as what the checks write in',
  async () => {
    const ids = {
      PARTNER_TENANT_ID: '11111111-0000-4000-8000-000000000001',
      PARTNER_CLIENT_ID: '11111111-0000-4000-8000-000000000002',
    };
    const lines = variableLines(JSON.stringify({ ...ids, AZURE_CLIENT_ID: 'who deploys', EMAIL_CARRIER: '', BOT: '' }));
    const env: Record<string, string> = Object.fromEntries(
      [...lines.matchAll(/^(\w+)<<(.+)\n([\s\S]*?)\n\2$/gm)].map(([, name, , value]) => [name, value]),
    );
    const folder = await mkdtemp(path.join(tmpdir(), 'pipeline-'));
    try {
      await cp('infra', path.join(folder, 'infra'), { recursive: true });
      const place = ['--subscription-id', SUBSCRIPTION, '--tenant-id', TENANT, '--location', 'westeurope'];
      const file = path.join(folder, 'infra/main.bicepparam');
      const { PATH, HOME, DOTNET_TieredCompilation, DOTNET_gcConcurrent } = process.env;
      await run(process.env.BICEP ?? 'bicep', ['snapshot', file, '--mode', 'overwrite', ...place], {
        env: { PATH, HOME, DOTNET_TieredCompilation, DOTNET_gcConcurrent, ...env },
      });
      const snapshot = await readFile(path.join(folder, 'infra/main.snapshot.json'), 'utf8');
      const { predictedResources } = JSON.parse(snapshot) as { predictedResources: unknown[] };
      expect((await evaluate(env)).prediction?.resources).toEqual(predictedResources);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
);
