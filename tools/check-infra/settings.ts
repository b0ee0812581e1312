import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { SettingInfo } from '../../src/settings/definitions.ts';
import {
  type BicepFile,
  bodyOf,
  literal,
  objectOf,
  type Problem,
  problemAt,
  properties,
  property,
  targetOf,
} from './bicep-file.ts';

/** What the platform itself reads. Anything else that Flex Consumption refuses is thereby off the list. */
const OF_THE_PLATFORM = new Set([
  'AzureWebJobsStorage__accountName',
  'AzureWebJobsStorage__credential',
  'AzureWebJobsStorage__clientId',
  'APPLICATIONINSIGHTS_CONNECTION_STRING',
  'APPLICATIONINSIGHTS_AUTHENTICATION_STRING',
]);
const OF_THE_LOCAL_HOST = new Set(['FUNCTIONS_WORKER_RUNTIME', 'AzureWebJobsStorage']);
const OF_THE_ENVIRONMENT = new Set(['IDENTITY_ENDPOINT', 'IDENTITY_HEADER', 'NODE_ENV']);
/** Set in Azure although it has a default: the host resolves it before the app runs. */
const ALWAYS_SET = new Set(['POLL_SCHEDULE']);

type Settings = Readonly<Record<string, SettingInfo>>;

/** Settings that the code knows against the template, the sample and the README. */
export async function settingsProblems(root: string, files: readonly BicepFile[]): Promise<Problem[]> {
  const { SETTINGS } = (await import(pathToFileURL(path.join(root, 'src/settings/definitions.ts')).href)) as {
    SETTINGS: Settings;
  };
  return [
    ...templateProblems(SETTINGS, files),
    ...(await sampleProblems(SETTINGS, root)),
    ...(await readmeProblems(SETTINGS, root)),
    ...(await codeProblems(SETTINGS, root)),
  ];
}

function templateProblems(settings: Settings, files: readonly BicepFile[]): Problem[] {
  const problems: Problem[] = [];
  const set = new Set<string>();
  for (const file of files) {
    for (const declaration of file.declarations) {
      const body = targetOf(declaration).startsWith('Microsoft.Web/sites/config@') ? bodyOf(declaration) : undefined;
      if (literal(property(body, 'name')) !== 'appsettings') continue;
      const values = objectOf(property(body, 'properties'));
      for (const { name, node, value } of values ? properties(values) : []) {
        set.add(name);
        const info = settings[name];
        if (!info && !OF_THE_PLATFORM.has(name))
          problems.push(problemAt(file, node, `setting ${name} is read by nobody`));
        if (info?.localOnly)
          problems.push(problemAt(file, node, `setting ${name} is not for Azure: ${info.localOnly}`));
        else if (info?.secret && !value.text.startsWith(`vaultReference('${name}',`)) {
          problems.push(problemAt(file, node, `setting ${name} is a secret: it must be a Key Vault reference`));
        }
      }
    }
  }
  const needed = Object.entries(settings).filter(
    ([name, info]) => !info.localOnly && (info.default === null || ALWAYS_SET.has(name)),
  );
  const missing = needed.filter(([name]) => !set.has(name));
  return [
    ...problems,
    ...missing.map(([name]) => ({ place: 'infra', message: `setting ${name} is missing in Bicep` })),
  ];
}

async function sampleProblems(settings: Settings, root: string): Promise<Problem[]> {
  const place = 'local.settings.sample.json';
  const sample = JSON.parse(await readFile(path.join(root, place), 'utf8')) as { Values: Record<string, string> };
  return compare(place, new Set(Object.keys(sample.Values)), settings, OF_THE_LOCAL_HOST);
}

/** The settings table: the names in backticks in the first column, and the defaults in their rows. */
async function readmeProblems(settings: Settings, root: string): Promise<Problem[]> {
  const place = 'README.md';
  const text = await readFile(path.join(root, place), 'utf8').catch(() => '');
  const rows = new Map<string, string>();
  for (const [row, cell = ''] of text.matchAll(/^\|([^|]*)\|.*$/gm)) {
    for (const [, name = ''] of cell.matchAll(/`([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)`/g)) rows.set(name, row);
  }
  const stale = Object.entries(settings).filter(([name, { default: value }]) => {
    const row = rows.get(name);
    return row !== undefined && value !== null && !row.includes(`\`${value}\``);
  });
  return [
    ...compare(place, new Set(rows.keys()), settings, OF_THE_LOCAL_HOST),
    ...stale.map(([name]) => ({
      place,
      message: `the default of ${name} is not the one in src/settings/definitions.ts`,
    })),
  ];
}

function compare(
  place: string,
  names: ReadonlySet<string>,
  settings: Settings,
  others: ReadonlySet<string>,
): Problem[] {
  const missing = Object.keys(settings).filter(name => !names.has(name));
  const unknown = [...names].filter(name => !(name in settings) && !others.has(name));
  return [
    ...missing.map(name => ({ place, message: `setting ${name} is missing` })),
    ...unknown.map(name => ({ place, message: `setting ${name} is read by nobody` })),
  ];
}

/** Code that reads a name past the list would escape every other check. */
async function codeProblems(settings: Settings, root: string): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const folder of ['src', 'functions']) {
    const names = await readdir(path.join(root, folder), { recursive: true });
    for (const name of names.filter(one => one.endsWith('.ts')).toSorted()) {
      const place = path.posix.join(folder, name.replaceAll(path.sep, '/'));
      const text = await readFile(path.join(root, place), 'utf8');
      for (const match of text.matchAll(/\benv(?:ironment)?(?:\??\.|\[['"])([A-Z][A-Z0-9_]+)\b/g)) {
        const setting = match[1] ?? '';
        if (setting in settings || OF_THE_ENVIRONMENT.has(setting)) continue;
        problems.push({ place, message: `setting ${setting} is not on the list (src/settings/definitions.ts)` });
      }
    }
  }
  return problems;
}
