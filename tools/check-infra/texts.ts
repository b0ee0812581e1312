import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { KnownSetting } from './known-settings.ts';
import type { Problem } from './problem.ts';
import type { WaysIn } from './ways-in.ts';

const OF_THE_LOCAL_HOST = ['FUNCTIONS_WORKER_RUNTIME', 'AzureWebJobsStorage'];
const OF_THE_ENVIRONMENT = ['IDENTITY_ENDPOINT', 'IDENTITY_HEADER', 'NODE_ENV', 'DOCTOR_KEY'];

/** What speaks about settings besides the template: the sample, the README, the guide, the code. */
export async function textProblems(
  root: string,
  settings: readonly KnownSetting[],
  { own }: WaysIn,
): Promise<Problem[]> {
  return [
    ...(await sampleProblems(root, settings)),
    ...(await readmeProblems(root, settings)),
    ...(await guideProblems(root, own)),
    ...(await codeProblems(root, settings)),
  ];
}

async function sampleProblems(root: string, settings: readonly KnownSetting[]): Promise<Problem[]> {
  const place = 'local.settings.sample.json';
  const sample = JSON.parse(await readFile(path.join(root, place), 'utf8')) as { Values: Record<string, string> };
  return compare(place, Object.keys(sample.Values), settings);
}

/** The settings table: the names in backticks in the first column, and the defaults in their rows. */
async function readmeProblems(root: string, settings: readonly KnownSetting[]): Promise<Problem[]> {
  const place = 'README.md';
  const rows = namesInTables(await readFile(path.join(root, place), 'utf8').catch(() => ''));
  const stale = settings.filter(({ name, default: value }) => {
    const row = rows.get(name);
    return row !== undefined && value !== null && !row.includes(`\`${value}\``);
  });
  return [
    ...compare(place, [...rows.keys()], settings),
    ...stale.map(({ name }) => ({ place, message: `the default of ${name} is not the one of the code` })),
  ];
}

/** The guide lists the template's own names; what azd sets is azd's to explain. */
async function guideProblems(root: string, own: readonly string[]): Promise<Problem[]> {
  const place = 'docs/deploy.md';
  const text = await readFile(path.join(root, place), 'utf8').catch(() => '');
  return own
    .filter(name => !text.includes(`\`${name}\``))
    .map(name => ({ place, message: `${name}, which the template reads, is missing` }));
}

function namesInTables(text: string): ReadonlyMap<string, string> {
  const rows = new Map<string, string>();
  for (const [row, cell = ''] of text.matchAll(/^\|([^|]*)\|.*$/gm)) {
    for (const [, name = ''] of cell.matchAll(/`([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|[A-Z]{6,})`/g)) rows.set(name, row);
  }
  return rows;
}

function compare(place: string, names: readonly string[], settings: readonly KnownSetting[]): Problem[] {
  const missing = settings.filter(({ name }) => !names.includes(name));
  const unknown = names.filter(
    name =>
      !settings.some(one => one.name === name) &&
      !OF_THE_LOCAL_HOST.includes(name) &&
      !/^(TEAMS_WEBHOOK_URL|EMAIL_TO)_/.test(name),
  );
  return [
    ...missing.map(({ name }) => ({ place, message: `setting ${name} is missing` })),
    ...unknown.map(name => ({ place, message: `setting ${name} is read by nobody` })),
  ];
}

/** Code that reads a name past the list would escape every other check. */
async function codeProblems(root: string, settings: readonly KnownSetting[]): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const folder of ['src', 'functions']) {
    const names = await readdir(path.join(root, folder), { recursive: true });
    for (const file of names.filter(one => one.endsWith('.ts')).toSorted()) {
      const place = path.posix.join(folder, file.replaceAll(path.sep, '/'));
      const text = await readFile(path.join(root, place), 'utf8');
      for (const [, name = ''] of text.matchAll(/\benv(?:ironment)?(?:\??\.|\[['"])([A-Z][A-Z0-9_]+)\b/g)) {
        if (settings.some(one => one.name === name) || OF_THE_ENVIRONMENT.includes(name)) continue;
        problems.push({ place, message: `setting ${name} is not on the list (src/settings/definitions.ts)` });
      }
    }
  }
  return problems;
}
