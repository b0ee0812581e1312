import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';

it('documents every section that the bench prints', async () => {
  const bench = await readFile('test/bench/bench.ts', 'utf8');
  const titles = [...bench.matchAll(/^\s+(?:'([\w -]+)'|(\w+)): \w+,$/gm)].map(([, quoted, plain]) => quoted ?? plain);
  const text = await readFile('docs/performance.md', 'utf8');
  expect(titles.length).toBeGreaterThanOrEqual(5);
  for (const title of titles) expect(text).toContain(`\n## ${title}\n`);
});
