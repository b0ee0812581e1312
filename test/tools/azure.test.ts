import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { azure } from '../../tools/azure.ts';
import { createFunctionsHost } from '../sandbox/host/host.ts';
import { createTeamsSink, type TeamsSink } from '../sandbox/teams-sink/teams-sink.ts';
import { createVaultOnLoopback, type VaultOnLoopback } from '../support/vault-on-loopback.ts';

const SCRIPT = path.resolve('tools/azure.ts');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'azure-'));
  mkdirSync(path.join(folder, '.azure/mine'), { recursive: true });
  writeFileSync(path.join(folder, '.azure/config.json'), JSON.stringify({ version: 1, defaultEnvironment: 'mine' }));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const OUTPUTS = {
  AZURE_SUBSCRIPTION_ID: '00000000-0000-4000-8000-000000000001',
  AZURE_TENANT_ID: '11111111-0000-4000-8000-000000000001',
  AZURE_RESOURCE_GROUP: 'rg-mine',
  FUNCTION_APP_NAME: 'func-0',
  APP_IDENTITY_PRINCIPAL_ID: '22222222-0000-4000-8000-000000000001',
  PARTNER_TENANT_ID: '11111111-0000-4000-8000-000000000001',
  PARTNER_CLIENT_ID: '11111111-0000-4000-8000-000000000002',
};

/** What azd keeps of a deployment. */
function keep(values: Readonly<Record<string, string>>): void {
  const lines = Object.entries({ ...OUTPUTS, ...values }).map(([name, value]) => `${name}="${value}"\n`);
  writeFileSync(path.join(folder, '.azure/mine/.env'), lines.join(''));
}

/** Azure CLI cannot run here: this one writes down what it was asked and answers by its first words. */
function putAz(answers: Readonly<Record<string, string>> = {}): () => string[] {
  const program = path.join(folder, 'az');
  const log = path.join(folder, 'az.log');
  const cases = Object.entries(answers).map(([words, answer]) => `"${words} "*) printf '%s' '${answer}';;`);
  // A file that is handed over is gone afterwards: its content is what counts.
  writeFileSync(
    program,
    `#!/bin/sh\nfor word in "$@"; do case "$word" in credential.json) printf ' %s' "$(cat "$word")";; *) printf ' %s' "$word";; esac; done >> '${log}'\nprintf '\\n' >> '${log}'\ncase "$* " in\n${cases.join('\n')}\nesac\n`,
  );
  chmodSync(program, 0o755);
  return () =>
    readFileSync(log, 'utf8')
      .trim()
      .split('\n')
      .map(line => line.trim());
}

async function run(args: readonly string[], env: Readonly<Record<string, string>> = {}, input = '') {
  const child = spawn(process.execPath, [SCRIPT, ...args], {
    cwd: folder,
    env: { PATH: `${folder}:${process.env.PATH}`, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE, ...env },
    stdio: 'pipe',
  });
  child.stdin.end(input);
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { stdout, stderr, code: code as number };
}

/** The same without a process of its own: the error is thrown that the command would write to stderr. */
async function take(args: readonly string[], env: Readonly<Record<string, string>> = {}, input = '') {
  vi.stubEnv('PATH', env.PATH ?? `${folder}:${process.env.PATH}`);
  const said: string[] = [];
  const terminal = { folder, env, input: Readable.from([input]), say: (line: string) => void said.push(line) };
  return { code: await azure(args, terminal), said };
}

describe('secrets', () => {
  let vault: VaultOnLoopback;
  beforeAll(async () => {
    vault = await createVaultOnLoopback();
  });
  afterAll(() => vault.close());
  beforeEach(() => {
    vault.vault.faults.forbidden = false;
    keep({
      REFRESH_TOKEN_SECRET_URL: vault.secretUrl('refresh-token'),
      SETTINGS_IN_VAULT: ' TEAMS_WEBHOOK_URL , ONCALL_PAGER_KEY',
    });
  });

  test('go into the vault under their names, are shown nowhere, and are read anew', async () => {
    const asked = putAz();
    const address = 'https://example.com/flow?a=1&sig=very-secret';
    const { stdout, stderr, code } = await run(['secrets'], vault.environment, `${address}\n\n`);
    expect([stderr, code]).toEqual(['', 0]);
    expect(vault.vault.newest('teams-webhook-url')?.value).toBe(address);
    expect(vault.vault.newest('oncall-pager-key')).toBeUndefined();
    expect(stdout).toMatch(/^TEAMS_WEBHOOK_URL: in the vault\.\nONCALL_PAGER_KEY: nothing was typed/);
    expect(stdout).not.toContain('very-secret');
    expect(asked()).toEqual([
      'rest --method post --url /subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/rg-mine/providers/Microsoft.Web/sites/func-0/config/configreferences/appsettings/refresh?api-version=2022-03-01',
    ]);
  });

  test('say what to do when rights have not spread, and repeat no value', async () => {
    putAz();
    vault.vault.faults.forbidden = 'write';
    const { stdout, stderr, code } = await run(
      ['secrets', 'SMTP_URL'],
      vault.environment,
      'smtps://me:very-secret@example.com\n',
    );
    expect(code).toBe(1);
    expect(stderr).toMatch(/^SMTP_URL: the vault says 403: rights take some minutes/);
    expect(stdout + stderr).not.toContain('very-secret');
  });

  test('that the app could not read are not stored; one that it does not ask for is, with a word', async () => {
    putAz();
    const good = 'https://events.example.com/flow?sig=very-secret';
    const { code, said } = await take(
      ['secrets', 'TEAMS_WEBHOOK_URL', 'SMTP_URL', 'TEAMS_WEBHOOK_URL_NORDICS'],
      vault.environment,
      `"${good}"\nmail.example.com:587\n${good}\n`,
    );
    expect(code).toBe(1);
    expect(said.slice(0, 4)).toEqual([
      'TEAMS_WEBHOOK_URL stands in quotes: leave them out. It was not stored.',
      expect.stringMatching(/^SMTP_URL must be smtp:.* It was not stored\.$/),
      'TEAMS_WEBHOOK_URL_NORDICS: in the vault.',
      expect.stringContaining(
        'azd env set SETTINGS_IN_VAULT "TEAMS_WEBHOOK_URL, ONCALL_PAGER_KEY, TEAMS_WEBHOOK_URL_NORDICS"',
      ),
    ]);
    expect(vault.vault.newest('smtp-url')).toBeUndefined();
    expect(vault.vault.newest('teams-webhook-url-nordics')?.value).toBe(good);
  });

  test.each([
    [['TEAMS_WEBHOOK'], /^TEAMS_WEBHOOK is no setting: did you mean TEAMS_WEBHOOK_URL\?$/],
    [['SMTP_URL', 'teams-webhook-url'], /^teams-webhook-url is no setting: did you mean TEAMS_WEBHOOK_URL\?$/],
    [['TEAMS_WEBHOOK_URL_BIG-DEALS'], /is no setting/],
    [['SMTP_URL=smtp://me:very-secret@example.com'], /^Give names of settings alone/],
    [['SMTP_URL', 'smtp://me:very-secret@example.com'], /^Give names of settings alone/],
  ])(
    'of names that nobody reads, or of values in their place, are refused before any is asked for: %j',
    async (names, says) => {
      const asked = take(['secrets', ...names], vault.environment, 'one\ntwo\n');
      await expect(asked).rejects.toThrow(says);
      await expect(asked).rejects.not.toThrow('very-secret');
    },
  );

  test('miss a value that was not given', async () => {
    putAz();
    const secrets = take(['secrets'], vault.environment, 'one\n');
    await expect(secrets).rejects.toThrow(/^There is no value for ONCALL_PAGER_KEY\.$/);
  });
});

const LIST = 'ad app federated-credential list';

describe('a deployment looked at from here', () => {
  const NORDICS = { name: 'Nordics', when: { country: 'SE' }, channels: ['teams:nordics', 'email', 'bot'] };
  const REST = { name: 'rest', channels: ['teams'] };
  let vault: VaultOnLoopback;
  let teams: TeamsSink;
  beforeAll(async () => {
    [vault, teams] = await Promise.all([createVaultOnLoopback(), createTeamsSink()]);
    vault.vault.put('teams-webhook-url', teams.webhookUrl('sales'));
    vault.vault.put('teams-webhook-url-nordics', teams.webhookUrl('nordics'));
  });
  afterAll(() => Promise.all([vault.close(), teams.close()]));
  beforeEach(() => {
    keep({
      REFRESH_TOKEN_SECRET_URL: vault.secretUrl('refresh-token'),
      SETTINGS_IN_VAULT: 'TEAMS_WEBHOOK_URL, TEAMS_WEBHOOK_URL_NORDICS',
      TABLES_URL: 'https://127.0.0.1:1/account',
      ...{ EMAIL_CARRIER: 'acs', EMAIL_TO: 'sales@example.com', BOT: 'true', TEAMS_BOT_ID: OUTPUTS.PARTNER_CLIENT_ID },
    });
    mkdirSync(path.join(folder, 'infra'));
    writeFileSync(path.join(folder, 'infra/routes.json'), JSON.stringify([NORDICS, REST]));
    // Of another set-up, and broken.
    writeFileSync(path.join(folder, 'local.settings.json'), '{ "Values": { "EMAIL_TO_WEST": 5, } }');
  });

  test('test sends a message through each channel that can be tried here, and names those that cannot', async () => {
    const { code, said } = await take(['test'], vault.environment);
    expect([code, ...said]).toEqual([
      0,
      '✓ channel:teams  a test message was taken',
      '✓ channel:teams:nordics  a test message was taken',
      expect.stringMatching(/^– the bot/),
      expect.stringMatching(/^– mail/),
    ]);
    expect([teams.posts('sales').length, teams.posts('nordics').length]).toEqual([1, 1]);

    const one = await take(['test', 'TEAMS_WEBHOOK_URL'], vault.environment);
    expect([one.code, ...one.said]).toEqual([0, '✓ channel:teams  a test message was taken']);
    expect([teams.posts('sales').length, teams.posts('nordics').length]).toEqual([2, 1]);
    await expect(take(['test', 'EMAIL_TO'], vault.environment)).rejects.toThrow(/^EMAIL_TO is not set there, or only/);
    await expect(take(['test', 'teams'], vault.environment)).rejects.toThrow(/^teams is no channel/);

    teams.setFaults({ gone: true }, 'nordics');
    const again = await take(['test'], vault.environment);
    expect(again.code).toBe(1);
    expect(again.said[1]).toMatch(/^✗ channel:teams:nordics {2}the test message was not taken/);
    expect(again.said.join()).not.toContain('sig=');
  });

  test('a value that was never put into the vault is named', async () => {
    keep({
      REFRESH_TOKEN_SECRET_URL: vault.secretUrl('t'),
      SETTINGS_IN_VAULT: 'SMTP_URL',
      TABLES_URL: 'https://x.example.com',
    });
    await expect(take(['test'], vault.environment)).rejects.toThrow(/^SMTP_URL is not in the vault yet/);
  });

  test('routes explains by the rules that are deployed, with all their channels', async () => {
    writeFileSync(
      path.join(folder, 'lead.json'),
      JSON.stringify({ id: OUTPUTS.PARTNER_CLIENT_ID, customerProfile: { address: { country: 'SE' } } }),
    );
    const { code, said } = await take(['routes', '--sample', 'lead.json'], vault.environment);
    expect(code).toBe(0);
    expect(said.join('\n')).toMatch(/Nordics +teams:nordics, email, bot /);
  });

  test.each([
    [['report', '--from', 'soon', '--to', 'later'], /^--from names no day/],
    [['forget'], /^Name either --referral ID or --customer NAME/],
  ])('%j is told apart from what this machine has set up', async (args, says) => {
    const { stderr, code } = await run(args, vault.environment);
    expect(code).toBe(1);
    expect(stderr).toMatch(says);
  });
});

describe('trust', () => {
  test('makes the federated credential of the identity', async () => {
    keep({});
    const asked = putAz({ [LIST]: '[]' });
    expect(await run(['trust'])).toMatchObject({ code: 0, stderr: '' });
    const [, json = ''] = /--parameters (.*)$/.exec(asked()[1] ?? '') ?? [];
    expect(asked()[1]).toMatch(/^ad app federated-credential create --id 11111111-0000-4000-8000-000000000002 /);
    expect(JSON.parse(json)).toEqual({
      name: 'referral-alerts',
      issuer: 'https://login.microsoftonline.com/11111111-0000-4000-8000-000000000001/v2.0',
      subject: '22222222-0000-4000-8000-000000000001',
      audiences: ['api://AzureADTokenExchange'],
    });
  });

  test('can be done again: nothing changes, or the identity that was made anew takes the place of the old one', async () => {
    keep({});
    const one = {
      ...{ id: 'credential-1', name: 'referral-alerts', subject: OUTPUTS.APP_IDENTITY_PRINCIPAL_ID },
      issuer: `https://login.microsoftonline.com/${OUTPUTS.PARTNER_TENANT_ID}/v2.0`,
    };
    const asked = putAz({ [LIST]: JSON.stringify([one]) });
    expect((await take(['trust'])).said).toEqual(['The app registration trusts the identity of the app already.']);
    putAz({ [LIST]: JSON.stringify([{ ...one, subject: 'gone' }]) });
    expect((await take(['trust'])).code).toBe(0);
    expect(asked().map(line => line.replace(/ --parameters.*/, ''))).toEqual([
      expect.stringContaining(LIST),
      expect.stringContaining(LIST),
      `ad app federated-credential update --id ${OUTPUTS.PARTNER_CLIENT_ID} --federated-credential-id credential-1`,
    ]);
  });

  test('says when it cannot be, and when nothing was provisioned or az is not there', async () => {
    keep({ AZURE_TENANT_ID: '99999999-0000-4000-8000-000000000001' });
    await expect(take(['trust'])).rejects.toThrow(/another tenant .* certificate/);
    keep({ APP_IDENTITY_PRINCIPAL_ID: '' });
    await expect(take(['trust'])).rejects.toThrow(/^APP_IDENTITY_PRINCIPAL_ID is not known: run azd provision first/);
    keep({});
    await expect(take(['trust'], { PATH: folder })).rejects.toThrow(/az\) is not installed/);
  });
});

const SECRETS = {
  'ad app credential reset': 'very-secret',
  'ad app credential list':
    '[{"displayName":"referral-alerts-sign-in","keyId":"key-1"},{"displayName":"other","keyId":"key-2"}]',
};

test('sign-in makes a client secret, hands it to sign-in alone, and removes what it made, also when that fails', async () => {
  keep({
    REFRESH_TOKEN_SECRET_URL: 'https://kv-0.vault.azure.net/secrets/refresh-token',
    PARTNER_AUTHORITY_URL: 'http://127.0.0.1:9',
  });
  const asked = putAz(SECRETS);
  const now = Date.now();
  const { stdout, stderr, code } = await run(['sign-in', '--device']);
  expect(code).toBe(1);
  expect(stdout + stderr).not.toContain('very-secret');
  const [made = '', listed, removed, ...rest] = asked();
  expect(made).toMatch(/^ad app credential reset --id 11111111-0000-4000-8000-000000000002 --append /);
  // A whole day: where it is evening in UTC, the next midnight would be too early for whoever has to find a phone.
  const end = /--end-date (\S+)/.exec(made)?.[1] ?? '';
  expect(Date.parse(end) - now).toBeGreaterThan(23 * 60 * 60 * 1_000);
  expect([listed, removed, rest]).toEqual([
    expect.stringMatching(/^ad app credential list/),
    'ad app credential delete --id 11111111-0000-4000-8000-000000000002 --key-id key-1',
    [],
  ]);
});

test('sign-in reads nothing of a local set-up in the same folder', async () => {
  keep({ REFRESH_TOKEN_SECRET_URL: 'https://kv-0.vault.azure.net/secrets/refresh-token' });
  const local = { REFRESH_TOKEN_FILE: 'token', AZURE_CLIENT_ID: 'not even a GUID' };
  const ours = { ...local, PARTNER_CLIENT_CERTIFICATE_URL: 'https://kv.vault.azure.net/secrets/c' };
  writeFileSync(path.join(folder, 'local.settings.json'), JSON.stringify({ Values: ours }));
  putAz(SECRETS);
  const { stderr } = await run(['sign-in', '--device'], {
    PARTNER_AUTHORITY_URL: 'http://127.0.0.1:9',
  });
  // As far as the authority that nobody plays here, not to a complaint about two places for one token.
  expect(stderr).toMatch(/^Not signed in\. The sign-in service failed\./);
});

test('sign-in that is stopped removes its client secret all the same', async () => {
  const silent = createServer(() => {});
  silent.listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  keep({
    REFRESH_TOKEN_SECRET_URL: 'https://kv-0.vault.azure.net/secrets/refresh-token',
    PARTNER_AUTHORITY_URL: `http://127.0.0.1:${port}`,
  });
  const asked = putAz(SECRETS);
  const child = spawn(process.execPath, [SCRIPT, 'sign-in', '--device'], {
    cwd: folder,
    env: { PATH: `${folder}:${process.env.PATH}`, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE },
    stdio: 'pipe',
    // A group of its own, as a terminal gives to what it runs.
    detached: true,
  });
  try {
    await once(silent, 'request');
    process.kill(-(child.pid ?? 0), 'SIGINT');
    await once(child, 'close');
    expect(asked().at(-1)).toBe(`ad app credential delete --id ${OUTPUTS.PARTNER_CLIENT_ID} --key-id key-1`);
  } finally {
    child.kill('SIGKILL');
    silent.closeAllConnections();
    silent.close();
  }
});

test('poll starts the function from outside, through the door for administrators', async () => {
  const appFolder = path.join(folder, 'app');
  cpSync('test/fixtures/functions-app', appFolder, { recursive: true });
  symlinkSync(path.resolve('node_modules'), path.join(appFolder, 'node_modules'));
  const main = path.join(appFolder, 'main.js');
  writeFileSync(main, readFileSync(main, 'utf8').replace("'tick'", "'pollReferrals'"));
  const lines: string[] = [];
  const host = await createFunctionsHost({
    appFolder,
    env: { TICK_SCHEDULE: '0 0 0 1 1 *' },
    log: line => void lines.push(JSON.stringify(line)),
  });
  try {
    putAz({ 'functionapp keys list': 'master' });
    keep({ FUNCTION_APP_HOST: new URL(host.url).host });
    expect(await run(['poll'])).toMatchObject({
      stderr: '',
      code: 0,
      stdout: expect.stringMatching(/the poll was started/),
    });
    keep({ FUNCTION_APP_HOST: `${new URL(host.url).host}/nowhere` });
    await expect(take(['poll'])).rejects.toThrow(/^The app answered 404, not 202\.$/);
  } finally {
    await host.close();
  }
});

test('a pipeline’s variables become its environment, each under its own name, and nothing else', async () => {
  const VARIABLES = JSON.stringify({
    EMAIL_TO: 'a@example.com',
    REFERRALS_FILTER: "substatus eq 'Pending'\nand 1",
    'not-ours': 'x',
    EMPTY: '',
  });
  const { stdout, code } = await run(['variables'], { VARIABLES });
  expect(code).toBe(0);
  const read = [...stdout.matchAll(/^(\w+)<<(.+)\n([\s\S]*?)\n\2$/gm)].map(([, name, , value]) => [name, value]);
  expect(read).toEqual([
    ['EMAIL_TO', 'a@example.com'],
    ['REFERRALS_FILTER', "substatus eq 'Pending'\nand 1"],
    ['EMPTY', ''],
  ]);
});

test.each([
  [['deploy'], /^There is no step of that name\. There are: secrets, trust, .*, report, routes, forget\.$/],
  [['poll', '--agian'], /^Unknown option '--agian'/],
  [['sign-in', 'device'], /^Unexpected argument 'device'/],
  [['trust', '--device'], /^Unknown option '--device'/],
  [['secrets', '--yes'], /^Unknown option '--yes'/],
])('what no step takes is refused before anything is done: %j', async (args, says) => {
  await expect(take(args)).rejects.toThrow(says);
});

test.each([[[]], [['--help']], [['-h']], [['secrets', '--help']], [['sign-in', '-h']]])(
  'help needs no deployment: %j',
  async args => {
    const { code, said } = await take(args);
    expect([code, said]).toEqual([0, [expect.stringContaining('secrets [NAME …]')]]);
  },
);
