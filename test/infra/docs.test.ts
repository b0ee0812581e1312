import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { TROUBLE_KINDS } from '../../src/model/trouble-kinds.ts';
import { ROLES } from '../../tools/check-infra/roles.ts';

const read = (file: string) => readFileSync(file, 'utf8');
const runbook = read('docs/runbook.md');
const headings = [...runbook.matchAll(/^### (.+)$/gm)].map(match => match[1]);

test('every alarm has an entry in the runbook, under the name its link says', () => {
  const alarms = [...read('infra/modules/alarms.bicep').matchAll(/^ {4}name: '([\w-]+)'$/gm)].map(match => match[1]);
  expect(alarms.length).toBeGreaterThan(4);
  expect(headings).toEqual(expect.arrayContaining(alarms));
});

test('every trouble the operator may hear of has an entry in the runbook: what it means, how to see it, how to cure it', () => {
  expect(headings).toEqual(expect.arrayContaining([...TROUBLE_KINDS]));
  for (const kind of TROUBLE_KINDS) {
    const [, entry = ''] = runbook.split(`### ${kind}\n`);
    const text = entry.split('\n### ')[0] ?? '';
    expect(text.length, kind).toBeGreaterThan(150);
    if (!['sign-in', 'channel'].includes(kind))
      expect(text, kind).toMatch(/\*\*Means\.\*\*[\s\S]*\*\*See\.\*\*[\s\S]*\*\*Cure\.\*\*/);
  }
});

test('what the operator is told of a channel stands in the runbook in the same words', () => {
  const titles = [...read('src/watch/channel-findings.ts').matchAll(/title: `\$\{name\} ([^`$]+)`/g)].map(
    match => match[1],
  );
  expect(titles.length).toBeGreaterThan(2);
  for (const title of titles) expect(runbook).toContain(`| ${title} |`);
});

test('titles the runbook quotes are the ones the operator reads', () => {
  const told = ['src/watch/findings.ts', 'src/watch/channel-findings.ts'].map(read).join('\n');
  const titles = [...told.matchAll(/'((?:Sign-in to|The refresh token|The app registration)[^']*)'/g)].map(
    match => match[1],
  );
  expect(titles).toHaveLength(3);
  for (const title of titles) expect(runbook).toContain(`**${title}.**`);
});

test('every link between the documents leads somewhere', () => {
  for (const file of ['docs/deploy.md', 'docs/runbook.md', 'docs/channels.md', 'docs/teams.md', 'docs/security.md']) {
    for (const [, target = '', anchor] of read(file).matchAll(/\]\(([\w./-]*)(?:#([\w-]+))?\)/g)) {
      const place = target === '' ? file : `docs/${target}`;
      expect(existsSync(place), `${file} → ${target}`).toBe(true);
      if (!anchor) continue;
      expect(anchorsOf(read(place)), `${file} → ${target}#${anchor}`).toContain(anchor);
    }
  }
});

test('every role that anybody gets stands in the security document', () => {
  const security = read('docs/security.md');
  for (const name of Object.keys(ROLES)) {
    const words = name.replace(/([A-Z])/g, ' $1').toLowerCase();
    expect(security.toLowerCase()).toContain(words);
  }
});

/** What GitHub makes of headings, and anchors by hand. */
function anchorsOf(text: string): string[] {
  const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
  return [...headings, ...[...text.matchAll(/id="([\w-]+)"/g)].map(([, id = '']) => id)];
}
