import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { checkInfra } from '../../../tools/check-infra/check.ts';
import type { Compiler } from '../../../tools/check-infra/compiler.ts';
import { compiler } from './compiler.ts';

const NO_COMPILER = { PATH: '', HOME: '/nowhere' };
/** A fault: the file, what is changed in it, and what must be said. */
type Fault = readonly [what: string, file: string, from: string | RegExp, to: string, message: RegExp];

/** A copy of the project, as far as the check looks at it. */
async function copyOfProject(): Promise<string> {
  const root = await mkdtemp(path.join(tmpdir(), 'check-infra-'));
  for (const name of ['infra', 'docs/deploy.md', 'README.md', 'local.settings.sample.json']) {
    await cp(name, path.join(root, name), { recursive: true });
  }
  for (const folder of ['src', 'functions']) await symlink(path.resolve(folder), path.join(root, folder));
  return root;
}

async function plant(root: string, faults: readonly Fault[]): Promise<void> {
  for (const [what, file, from, to] of faults) {
    const place = path.join(root, file);
    const text = await readFile(place, 'utf8');
    const edited = text.replace(from, to);
    expect(edited, `${what}: could not be planted in ${file}`).not.toBe(text);
    await writeFile(place, edited);
  }
}

/** Plants faults that do not touch each other, and looks for what must be said of each. */
async function findsEach(faults: readonly Fault[], tool: Compiler | null, only?: readonly string[]): Promise<void> {
  const root = await copyOfProject();
  try {
    await plant(root, faults);
    const { problems } = await checkInfra(root, tool, only);
    const said = problems.map(({ place, message }) => `${place} ${message}`).join('\n');
    for (const [what, , , , message] of faults) expect(said, what).toMatch(message);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

const PARAMETERS = 'infra/main.bicepparam';
const MAIN = 'infra/main.bicep';
const module = (name: string) => `infra/modules/${name}.bicep`;

test('the project as it stands is all well, and without a compiler that is said', async () => {
  expect(await checkInfra(process.cwd(), null)).toEqual({ evaluated: null, problems: [] });
});

test('the command says loudly what it did not check', async () => {
  const run = promisify(execFile)(process.execPath, ['tools/check-infra.ts'], {
    env: NO_COMPILER,
  });
  expect((await run).stdout).toMatch(/^NOT CHECKED: there is no Bicep compiler[\s\S]*All well$/m);
});

test('names are held against code, sample, README and guide with or without a compiler', async () => {
  await findsEach(
    [
      [
        'a setting without a way in',
        PARAMETERS,
        /^ *EMAIL_TO: .*\n/m,
        '',
        /EMAIL_TO has no way in: add the line "EMAIL_TO: readEnvironmentVariable\('EMAIL_TO', ''\)" to var plain/,
      ],
      ['a secret as a value', PARAMETERS, /^( *)SMTP_URL: .*\n/m, '', /SMTP_URL has no way in.*to var secret/],
      [
        'a plain setting among the secrets',
        PARAMETERS,
        'var secret = {',
        "var secret = {\n  DIGEST_BELOW: readEnvironmentVariable('DIGEST_BELOW', '')",
        /DIGEST_BELOW is read by nobody/,
      ],
      [
        'a secret among the plain',
        PARAMETERS,
        /(var plain = \{)/,
        "$1\n  ONCALL_PAGER_KEY: readEnvironmentVariable('ONCALL_PAGER_KEY', '')",
        /ONCALL_PAGER_KEY is a secret: it may not come as a value/,
      ],
      [
        'a local setting',
        PARAMETERS,
        /(var plain = \{)/,
        "$1\n  REFRESH_TOKEN_FILE: readEnvironmentVariable('REFRESH_TOKEN_FILE', '')",
        /REFRESH_TOKEN_FILE must not come from the environment/,
      ],
      [
        'a name read under another',
        PARAMETERS,
        "readEnvironmentVariable('ENTRA_ROLE'",
        "readEnvironmentVariable('ENTRA_ROLES'",
        /ENTRA_ROLES is read under the name ENTRA_ROLE/,
      ],
      [
        'a default that is lost',
        PARAMETERS,
        "readEnvironmentVariable('ALERT_TIME_ZONE', '')",
        "readEnvironmentVariable('ALERT_TIME_ZONE', 'UTC')",
        /ALERT_TIME_ZONE has a default that counts only/,
      ],
      [
        'missing in the sample',
        'local.settings.sample.json',
        /^ *"DIGEST_ABOVE".*\n/m,
        '',
        /sample.json setting DIGEST_ABOVE is missing/,
      ],
      ['missing in the README', 'README.md', /^\| `SMTP_URL`.*\n/m, '', /README.md setting SMTP_URL is missing/],
      ['a default that has changed', 'README.md', '3d:warning,24h', '2d:warning,24h', /default of ESCALATION_STEPS/],
      [
        'only the README knows it',
        'README.md',
        '| `EMAIL_TO`',
        '| `SMTP_USER` | – | – |\n| `EMAIL_TO`',
        /README.md setting SMTP_USER is read by nobody/,
      ],
      [
        'missing in the guide',
        'docs/deploy.md',
        /`SILENCE_MINUTES`/g,
        '',
        /deploy.md SILENCE_MINUTES, which the template reads, is missing/,
      ],
    ],
    null,
  );
});

describe.skipIf(!compiler)('with the real compiler', { timeout: 300_000 }, () => {
  test('what does not compile is red, warnings and the linter’s findings too', async () => {
    await findsEach(
      [
        [
          'an unknown property',
          module('storage'),
          'allowBlobPublicAccess: false',
          'allowBlobAccess: false',
          /storage.bicep.*BCP037.*allowBlobAccess/,
        ],
        ['one deep in a list', module('network'), "serviceName: '", "service: '", /network.bicep.*"service"/],
        [
          'an unused parameter',
          module('monitoring'),
          'param token string',
          'param token string\n\nparam colour string',
          /monitoring.bicep.*no-unused-params.*"colour"/,
        ],
        [
          'an unused variable',
          MAIN,
          'var vaultName',
          "var colour = 'red'\nvar vaultName",
          /main.bicep.*no-unused-vars.*"colour"/,
        ],
        [
          'a name that does not exist',
          module('vault'),
          'location: location',
          'location: region',
          /vault.bicep.*"region" does not exist/,
        ],
        ['a parameter no module has', MAIN, 'tableNames: tableNames', 'tables: tableNames', /"tables"/],
        ['an output no module has', MAIN, 'identity.outputs.principalId', 'identity.outputs.principal', /"principal"/],
        ['a module file that is not there', MAIN, 'modules/workbook.bicep', 'modules/book.bicep', /book.bicep/],
        [
          'keys listed',
          module('bot'),
          'param name string',
          "param name string\noutput key string = listKeys('x', '2022-09-15').key",
          /bot.bicep.*outputs-should-not-contain-secrets/,
        ],
      ],
      compiler,
      [],
    );
  });

  test('what would be created is looked at: rights, settings, ways in, alarms', async () => {
    const settings = module('settings');
    const roles = module('roles');
    await findsEach(
      [
        [
          'a wrong role id',
          roles,
          'b7e6dc6d',
          'b7e6dc6e',
          /right is missing: the app .*storageBlobDataOwner[\s\S]*nobody should have: .*b7e6dc6e-.*, which is no role on the list/,
        ],
        [
          'two roles swapped',
          roles,
          'keyVaultSecretsUser)\n    description',
          'keyVaultSecretsOfficer)\n    description',
          /right is missing: the app .*keyVaultSecretsUser on vaults/,
        ],
        [
          'a wider scope',
          roles,
          '  scope: refreshToken\n',
          '  scope: vault\n',
          /right is missing: the app .*keyVaultSecretsOfficer on secrets\/refresh-token/,
        ],
        [
          'the wrong person',
          roles,
          'principalType: operatorPrincipalType',
          "principalType: 'Group'",
          /right is missing: the operator \(User\)/,
        ],
        [
          'a right without its reason',
          roles,
          "description: 'Telemetry without a key'",
          "description: ''",
          /says no reason: the app .*monitoringMetricsPublisher/,
        ],
        [
          'a setting that is lost',
          PARAMETERS,
          'filter(items(values), one =>',
          "filter(items(values), one => one.key != 'DIGEST_ABOVE' &&",
          /app setting DIGEST_ABOVE is missing/,
        ],
        [
          'a setting nobody gave',
          settings,
          '    ...given\n',
          "    ...given\n    ENTRA_ROLE_NAME: 'x'\n",
          /app setting ENTRA_ROLE_NAME is set, but nobody gave it/,
        ],
        [
          'a setting that Flex refuses',
          settings,
          '    ...given\n',
          "    ...given\n    FUNCTIONS_WORKER_RUNTIME: 'node'\n",
          /FUNCTIONS_WORKER_RUNTIME is set/,
        ],
      ],
      compiler,
      ['everything', 'a webhook'],
    );
  });

  test('so are locks and doors', async () => {
    await findsEach(
      [
        [
          'shared keys',
          module('storage'),
          'allowSharedKeyAccess: false',
          'allowSharedKeyAccess: true',
          /storageAccounts: allowSharedKeyAccess is true, but must be false/,
        ],
        [
          'storage open to all',
          module('storage'),
          "publicAccess ? 'Enabled' : 'Disabled'",
          "'Enabled'",
          /storageAccounts: publicNetworkAccess is "Enabled", but must be "Disabled"/,
        ],
        [
          'the vault open to all',
          module('vault'),
          "publicAccess ? 'Allow' : 'Deny'",
          "'Allow'",
          /vaults: networkAcls.defaultAction is "Allow"/,
        ],
        [
          'a vault that can be purged',
          module('vault'),
          'enablePurgeProtection: true',
          'enablePurgeProtection: false',
          /vaults: enablePurgeProtection is false/,
        ],
        [
          'passwords for deployments',
          module('functions'),
          'allow: false',
          'allow: true',
          /basicPublishingCredentialsPolicies: allow is true/,
        ],
        ['plain http', module('functions'), 'httpsOnly: true', 'httpsOnly: false', /sites: httpsOnly is false/],
        ['another Node', module('functions'), "version: '24'", "version: '20'", /functionAppConfig.runtime is .*"20"/],
        ['a door that Easy Auth shuts', module('functions'), ", '/api/doctor'", '', /excludedPaths is/],
        [
          'keys for logs',
          module('monitoring'),
          'DisableLocalAuth: true',
          'DisableLocalAuth: false',
          /components: DisableLocalAuth is false/,
        ],
        [
          'keys for mail',
          module('email'),
          'disableLocalAuth: true',
          'disableLocalAuth: false',
          /communicationServices: disableLocalAuth is false/,
        ],
        [
          'a domain that is not linked',
          module('email'),
          'ownSends ? ownDomain.id : managedDomain.id',
          'managedDomain.id',
          /linkedDomains is .*AzureManagedDomain/,
        ],
        [
          'keys for the bot',
          module('bot'),
          'disableLocalAuth: true',
          'disableLocalAuth: false',
          /botServices: disableLocalAuth is false/,
        ],
        [
          'a window that Azure refuses',
          module('alarms'),
          "'360': 'PT6H'",
          "'360': 'PT12H'",
          /scheduledQueryRules: windowSize is "PT12H", but must be "PT6H"/,
        ],
        [
          'a query looked at too early',
          module('alarms'),
          /^ *skipQueryValidation: true\n/m,
          '',
          /scheduledQueryRules: skipQueryValidation is absent/,
        ],
        [
          'nobody is mailed',
          module('alarms'),
          'emailAddress: address',
          "emailAddress: 'somebody@example.com'",
          /actionGroups: emailReceivers/,
        ],
        [
          'a subnet without its app',
          MAIN,
          "network!.outputs.appSubnetId : ''\n    storageName",
          "'' : ''\n    storageName",
          /sites: (virtualNetworkSubnetId|outboundVnetRouting) is absent/,
        ],
        [
          'a secret in a deployment',
          MAIN,
          'param runbookUrl string',
          '@secure()\nparam runbookUrl string',
          /parameter "runbookUrl" takes a secret/,
        ],
        [
          'an output that feeds back',
          MAIN,
          'output TEAMS_BOT_ID',
          'output BOT_APP_ID',
          /output BOT_APP_ID is also read/,
        ],
      ],
      compiler,
      ['everything'],
    );
  });

  test('so is a list of the vault that is not trimmed, and a secret set as it was given', async () => {
    await findsEach(
      [
        [
          'an untrimmed list',
          PARAMETERS,
          "map(split(own.SETTINGS_IN_VAULT, ','), name => trim(name))",
          "split(own.SETTINGS_IN_VAULT, ',')",
          /names ".* ", which is no setting/,
        ],
      ],
      compiler,
      ['everything'],
    );
  });

  test('and a plain secret, a setting made by hand, a resource too many', async () => {
    await findsEach(
      [
        [
          'a plain secret',
          module('settings'),
          "'@Microsoft.KeyVault(",
          "'https://example.com/(",
          /app setting TEAMS_WEBHOOK_URL is a secret: it must be a Key Vault reference to teams-webhook-url/,
        ],
        [
          'a resource too many',
          module('identity'),
          'output id',
          "resource other 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {\n  name: 'other'\n  location: location\n}\n\noutput id",
          /userAssignedIdentities other is created, but nobody asked for it/,
        ],
        [
          'an alarm too few',
          module('alarms'),
          "name: 'undelivered'",
          "name: 'not-delivered'",
          /scheduledQueryRules \^undelivered\$ is missing/,
        ],
      ],
      compiler,
      ['a webhook'],
    );
  });
});
