import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ROLES } from '../../tools/check-infra/roles.ts';

const read = (file: string) => readFileSync(file, 'utf8');
const runbook = read('docs/runbook.md');
const headings = [...runbook.matchAll(/^### (.+)$/gm)].map(match => match[1]);

test('every alarm has an entry in the runbook, under the name its link says', () => {
  const alarms = [...read('infra/modules/alarms.bicep').matchAll(/^ {4}name: '([\w-]+)'$/gm)].map(match => match[1]);
  expect(alarms.length).toBeGreaterThan(4);
  expect(headings).toEqual(expect.arrayContaining(alarms));
});

test('every trouble the operator may hear of has an entry in the runbook', () => {
  const sources = readdirSync('src/watch').map(name => read(`src/watch/${name}`));
  const keys = sources.flatMap(text => [...text.matchAll(/key: '([a-z-]+)'/g)].map(match => match[1]));
  expect(keys).toContain('partner-center');
  expect(headings).toEqual(expect.arrayContaining([...new Set(keys), 'channel']));
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
      const found = read(place).match(new RegExp(`^#+ ${anchor}$|id="${anchor}"`, 'm'));
      expect(found, `${file} → ${target}#${anchor}`).not.toBeNull();
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
