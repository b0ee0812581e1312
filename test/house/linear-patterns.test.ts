import { globSync, readFileSync } from 'node:fs';
import { check } from 'recheck';
import ts from 'typescript';
import { expect, test } from 'vitest';

function patternsIn(file: string): { place: string; source: string; flags: string }[] {
  const text = readFileSync(file, 'utf8');
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
  const found: ReturnType<typeof patternsIn> = [];
  const visit = (node: ts.Node) => {
    if (ts.isRegularExpressionLiteral(node)) {
      const [, source = '', flags = ''] = /^\/(.*)\/([a-z]*)$/s.exec(node.getText(tree)) ?? [];
      found.push({ place: `${file}: ${node.getText(tree)}`, source, flags });
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

/** The patterns whose steps grow faster than the text they read: proven, or found by counting steps on texts made for it. */
async function growing(patterns: ReturnType<typeof patternsIn>): Promise<string[]> {
  const found: string[] = [];
  const distinct = new Map(patterns.map(pattern => [`/${pattern.source}/${pattern.flags}`, pattern]));
  for (const { place, source, flags } of distinct.values()) {
    const { status } = await check(source, flags, { timeout: 20_000 });
    if (status === 'vulnerable') found.push(place);
  }
  return found;
}

test('every pattern takes steps in proportion to the text', async () => {
  const patterns = globSync('{src,functions}/**/*.ts').flatMap(patternsIn);
  expect(patterns.length).toBeGreaterThan(150);
  expect(await growing(patterns)).toEqual([]);
});

test.each(['([A-Z]+)([A-Z][a-z])', '(a+)+$', '\\s+$'])('%s would be found', async source => {
  expect(await growing([{ place: 'here', source, flags: '' }])).toEqual(['here']);
});
