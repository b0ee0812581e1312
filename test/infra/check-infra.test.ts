import { chmod, cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SETTING_NAMES, settingInfo } from '../../src/settings/definitions.ts';
import { checkInfra } from '../../tools/check-infra/check.ts';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'check-infra-'));
  await cp('infra', path.join(root, 'infra'), { recursive: true });
  await cp('local.settings.sample.json', path.join(root, 'local.settings.sample.json'));
  for (const folder of ['src', 'functions']) await symlink(path.resolve(folder), path.join(root, folder));
  await writeFile(
    path.join(root, 'README.md'),
    SETTING_NAMES.map(name => `| \`${name}\` | \`${settingInfo(name).default ?? '–'}\` | – |\n`).join(''),
  );
});

afterEach(() => rm(root, { recursive: true, force: true }));

async function edit(file: string, from: string | RegExp, to: string): Promise<void> {
  const place = path.join(root, file);
  const text = await readFile(place, 'utf8');
  const edited = text.replace(from, to);
  expect(edited, `the fault could not be planted in ${file}`).not.toBe(text);
  await writeFile(place, edited);
}

async function problems(env: NodeJS.ProcessEnv = {}): Promise<string[]> {
  const found = await checkInfra(root, env);
  return found.problems.map(({ place, message }) => `${place} ${message}`);
}

test('the template as it stands is all well', async () => {
  expect(await problems()).toEqual([]);
});

const ROLES = 'infra/modules/roles.bicep';
const SETTINGS = 'infra/modules/settings.bicep';
const STORAGE = 'infra/modules/storage.bicep';
const VAULT = 'infra/modules/vault.bicep';
const MAIN = 'infra/main.bicep';

describe('turns red on', () => {
  const faults: [string, string, string | RegExp, string, RegExp][] = [
    [
      'a setting missing in Bicep',
      SETTINGS,
      /^ *TEAMS_WEBHOOK_URL: .*\n/m,
      '',
      /TEAMS_WEBHOOK_URL is missing in Bicep/,
    ],
    ['no schedule in Bicep', SETTINGS, /^ *POLL_SCHEDULE: .*\n/m, '', /POLL_SCHEDULE is missing in Bicep/],
    ['a setting nobody reads', SETTINGS, 'EMAIL_TO:', 'EMAIL_CC: emailTo\n    EMAIL_TO:', /EMAIL_CC is read by nobody/],
    [
      'a setting Flex Consumption refuses',
      SETTINGS,
      'EMAIL_TO:',
      "FUNCTIONS_WORKER_RUNTIME: 'node'\n    EMAIL_TO:",
      /FUNCTIONS_WORKER_RUNTIME is read by nobody/,
    ],
    [
      'a local setting in Azure',
      SETTINGS,
      'EMAIL_TO:',
      "TABLES_CONNECTION_STRING: ''\n    EMAIL_TO:",
      /TABLES_CONNECTION_STRING is not for Azure/,
    ],
    [
      'a secret setting in plain text',
      SETTINGS,
      /SMTP_URL: vaultReference\(.*\)/,
      'SMTP_URL: emailTo',
      /SMTP_URL is a secret/,
    ],
    [
      'a setting missing in the sample',
      'local.settings.sample.json',
      /^ *"DIGEST_ABOVE".*\n/m,
      '',
      /sample.json setting DIGEST_ABOVE is missing/,
    ],
    ['a setting missing in the README', 'README.md', /^.*`SMTP_URL`.*\n/m, '', /README.md setting SMTP_URL is missing/],
    ['a default that has changed', 'README.md', '3d:warning', '2d:warning', /default of ESCALATION_STEPS/],
    [
      'a setting only the README knows',
      'README.md',
      '| `SMTP_URL`',
      '| `SMTP_USER` | – | – |\n| `SMTP_URL`',
      /README.md setting SMTP_USER is read by nobody/,
    ],
    [
      'an unknown property',
      STORAGE,
      'allowBlobPublicAccess: false',
      'allowBlobAccess: false',
      /no property "allowBlobAccess"/,
    ],
    [
      'an unknown property deep in a list',
      'infra/modules/network.bicep',
      "serviceName: '",
      "service: '",
      /no property "service"/,
    ],
    [
      'an unknown property beside the others',
      VAULT,
      "sku: { family: 'A'",
      "colour: 'red'\n    sku: { family: 'A'",
      /no property "colour"/,
    ],
    ['a wrong role id', ROLES, 'b7e6dc6d', 'b7e6dc6e', /storageBlobDataOwner is b7e6dc6d/],
    [
      'two role ids swapped',
      ROLES,
      /keyVaultSecretsUser: '.*'/,
      "keyVaultSecretsUser: 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7'",
      /keyVaultSecretsUser is 4633458b/,
    ],
    [
      'a role that is not on the list',
      ROLES,
      'roleIds.keyVaultSecretsUser)\n    description',
      "'8e3af657-a8ff-443c-a75c-2fe8c4bcb635')\n    description",
      /8e3af657.* is no id of a role on the list/,
    ],
    ['an assignment without a scope', ROLES, /^ {2}scope: insights\n/m, '', /needs a scope/],
    [
      'an unused parameter',
      STORAGE,
      'param name string',
      'param name string\n\nparam colour string = 0',
      /parameter "colour" is never used/,
    ],
    ['an unused variable', MAIN, 'var token', "var colour = 'red'\n\nvar token", /variable "colour" is never used/],
    [
      'a secret in an output',
      MAIN,
      'output TABLES_URL string = storage.outputs.tablesUrl',
      'output TABLES_URL string = teamsWebhookUrl',
      /would show a secret/,
    ],
    [
      'a secret woven into an output',
      VAULT,
      'output name string = vault.name',
      `output name string = '\${vault.name}-\${smtpUrl}'`,
      /would show a secret/,
    ],
    [
      'a key in an output',
      'infra/modules/monitoring.bicep',
      'insights.name',
      'insights.properties.ConnectionString',
      /would show a secret/,
    ],
    [
      'keys listed',
      STORAGE,
      'output name string = storage.name',
      'output name string = storage.listKeys().keys[0].value',
      /listKeys/,
    ],
    [
      'a secret through a plain parameter',
      VAULT,
      /@secure\(\)\nparam smtpUrl/,
      'param smtpUrl',
      /"smtpUrl" gets a secret/,
    ],
    [
      'a secret in a resource',
      VAULT,
      "'not signed in yet: run npm run sign-in'",
      "'x'\n  }\n}\n\nresource leak 'Microsoft.Insights/components@2020-02-02' = {\n  name: smtpUrl\n  properties: {\n    Application_Type: 'web'",
      /"leak" would hold a secret/,
    ],
    [
      'a default for a secret',
      VAULT,
      'param smtpUrl string',
      "param smtpUrl string = 'smtp://x'",
      /has a default value/,
    ],
    [
      'an API version that is not on the list',
      STORAGE,
      'storageAccounts@2025-06-01',
      'storageAccounts@2024-01-01',
      /API version 2024-01-01 .* use 2025-06-01/,
    ],
    [
      'a resource type that is not on the list',
      STORAGE,
      'Microsoft.Storage/storageAccounts@',
      'Microsoft.Storage/accounts@',
      /Microsoft.Storage\/accounts is not on the list/,
    ],
    ['a name that does not exist', STORAGE, 'location: location', 'location: region', /"region" does not exist/],
    ['a parameter no module has', MAIN, 'tableNames: tableNames', 'tables: tableNames', /no parameter "tables"/],
    ['an output no module has', MAIN, 'storage.outputs.tablesUrl', 'storage.outputs.tableUrl', /no output "tableUrl"/],
    [
      'a module file that is not there',
      MAIN,
      'modules/storage.bicep',
      'modules/store.bicep',
      /store.bicep does not exist/,
    ],
    [
      'a parameter file that is behind',
      'infra/main.bicepparam',
      'param emailTo',
      'param mailTo',
      /no parameter "mailTo"/,
    ],
    [
      'a required parameter without a value',
      'infra/main.bicepparam',
      /^param partnerTenantId.*\n/m,
      '',
      /"partnerTenantId" has no value/,
    ],
    ['what cannot be read', STORAGE, "kind: 'StorageV2'", "kind: 'StorageV2", /syntax/],
    [
      'two properties without a comma',
      STORAGE,
      "{ name: 'Standard_LRS' }",
      "{ name: 'Standard_LRS' tier: 'Standard' }",
      /comma/,
    ],
  ];
  test.each(faults)('%s', async (_, file, from, to, message) => {
    await edit(file, from, to);
    expect((await problems()).join('\n')).toMatch(message);
  });
});

test('no key or password works: every local way in is switched off', async () => {
  const template = (name: string) => readFile(`infra/modules/${name}.bicep`, 'utf8');
  expect(await template('storage')).toMatch(/allowSharedKeyAccess: false/);
  expect(await template('storage')).toMatch(/allowBlobPublicAccess: false/);
  expect(await template('monitoring')).toMatch(/DisableLocalAuth: true/);
  expect(await template('monitoring')).toMatch(/disableLocalAuth: true/);
  expect(await template('email')).toMatch(/disableLocalAuth: true/);
  expect(await template('bot')).toMatch(/disableLocalAuth: true/);
  expect((await template('functions')).match(/allow: false/g)).toHaveLength(2);
  expect(await template('vault')).toMatch(/enableRbacAuthorization: true[\s\S]*enablePurgeProtection: true/);
});

test('a compiler, where there is one, has its say too, warnings included', async () => {
  const compiler = path.join(root, 'bicep');
  const warning = `${root}/infra/main.bicep(3,7) : Warning no-unused-params: Parameter "x" is declared but never used.`;
  await writeFile(compiler, `#!/bin/sh\necho '${warning}' >&2\n`);
  await chmod(compiler, 0o755);
  expect(await problems({ BICEP: compiler })).toEqual([
    'infra/main.bicep:3:7 no-unused-params: Parameter "x" is declared but never used.',
  ]);
  expect(await problems({ PATH: root })).toHaveLength(1);
});
