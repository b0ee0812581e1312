import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { readWaysIn } from '../../tools/check-infra/ways-in.ts';

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
