import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { doctor } from '../../src/commands/doctor.ts';
import type { CheckResult } from '../../src/doctor/verdict.ts';
import { callCommand } from '../commands/run-command.ts';
import { buildAppFolder } from '../sandbox/app-folder.ts';
import { type HostProcess, startHostProcess } from '../sandbox/host/child-process.ts';
import { createFunctionsHost } from '../sandbox/host/host.ts';
import { makeReferral } from '../sandbox/referrals-api/make-referral.ts';
import { createVaultOnLoopback, type VaultOnLoopback } from '../support/vault-on-loopback.ts';
import { createWorld, type World } from '../support/world.ts';

const SECRET = 'refresh-token';
const KEY = 'host-key_Zq9';
let appFolder: string;
let loopback: VaultOnLoopback;
let world: World;
let host: Pick<HostProcess, 'url' | 'close'> | undefined;
beforeAll(async () => {
  appFolder = await mkdtemp(path.join(tmpdir(), 'referral-alerts-app-'));
  [loopback] = await Promise.all([createVaultOnLoopback(), buildAppFolder(appFolder)]);
  world = await createWorld({
    now: new Date().toISOString(),
    referrals: () => [makeReferral({ customer: 'Adatum Corporation' })],
    settings: {
      REFRESH_TOKEN_FILE: '',
      REFRESH_TOKEN_SECRET_URL: loopback.secretUrl(SECRET),
      PARTNER_CLIENT_SECRET: '',
      OPERATOR_EMAIL_TO: 'operator@example.com',
    },
  });
  const [{ clientId } = { clientId: '' }] = world.authority.state.clients;
  // Nothing but the managed identity proves the app: no laptop can check this.
  world.authority.state.clients[0] = {
    clientId,
    federated: assertion => loopback.identity.isToken(assertion, 'api://AzureADTokenExchange'),
  };
  loopback.vault.put(SECRET, world.authority.issueRefreshToken());
});
afterEach(async () => {
  await host?.close();
  host = undefined;
});
afterAll(async () => {
  await world.close();
  await loopback.close();
  await rm(appFolder, { recursive: true, force: true });
});

const ask = (url: string, key: string | null = KEY) =>
  fetch(`${url}/api/doctor`, { headers: key === null ? {} : { 'x-functions-key': key } });

/** What the deployed app finds when it is asked. */
async function checksOf(settings: Record<string, string>): Promise<readonly CheckResult[]> {
  const env = { ...world.env, AZURE_CLIENT_ID: loopback.clientId, ...settings };
  host = await createFunctionsHost({ appFolder, env, functionKey: KEY });
  const { checks } = (await (await ask(host.url)).json()) as { checks: CheckResult[] };
  return checks;
}
const failedOf = (checks: readonly CheckResult[]) =>
  checks.filter(({ state }) => state === 'failed').map(({ name }) => name);

test('the app finds itself well with its own identity, for those with a key, once a minute, and tells nobody', async () => {
  const env = { ...world.env, ...loopback.environment, HOST_FUNCTION_KEY: KEY };
  const started = await startHostProcess(appFolder, env);
  host = started;
  const { url } = started;
  expect((await ask(url, null)).status).toBe(401);
  expect((await ask(url, 'wrong')).status).toBe(401);
  const { code, stdout, stderr } = await callCommand(
    doctor,
    ['--json', '--app', `${url}/`, '--key', KEY],
    {},
    appFolder,
  ).ended();
  expect(stderr).toBe('');
  const report = JSON.parse(stdout) as { ok: boolean; checks: CheckResult[] };
  expect([code, report.ok, failedOf(report.checks)]).toEqual([0, true, []]);
  const states = new Map(report.checks.map(({ name, state }) => [name, state]));
  for (const name of ['settings', 'tables', 'sign-in', 'token', 'referrals', 'role', 'clock', 'channel:email']) {
    expect([name, states.get(name)]).toEqual([name, 'ok']);
  }
  const again = await ask(url);
  expect([again.status, Number(again.headers.get('retry-after')) > 0]).toEqual([429, true]);
  const late = await callCommand(doctor, ['--app', url], { DOCTOR_KEY: KEY }, appFolder).ended();
  expect([late.code, late.stderr]).toEqual([1, expect.stringContaining('Wait a minute')]);
  expect([world.teams.state.posts.length, world.mail.state.mails.length]).toEqual([0, 0]);
  for (const secret of [KEY, world.teams.webhookUrl('sales'), 'Adatum']) {
    expect(stdout + late.stderr + started.log()).not.toContain(secret);
  }
});

test.each<[string, Record<string, string>, () => void, string[]]>([
  [
    'the role is lost',
    {},
    () => {
      world.api.setFaults({ forbidden: true });
    },
    ['referrals'],
  ],
  [
    'the identity may not read the vault',
    {},
    () => {
      loopback.vault.faults.forbidden = 'all';
    },
    ['sign-in'],
  ],
  ['a setting that stops the poll is wrong', { PARTNER_TENANT_ID: 'contoso' }, () => {}, ['settings']],
  ['a reference was not resolved', { TEAMS_WEBHOOK_URL: '@Microsoft.KeyVault(x)' }, () => {}, ['settings']],
])('%s: the check that it belongs to fails', async (_, settings, plant, failed) => {
  plant();
  try {
    expect(failedOf(await checksOf(settings))).toEqual(failed);
  } finally {
    world.api.setFaults({ forbidden: false });
    loopback.vault.faults.forbidden = false;
  }
});

test.each<[string, string[], Record<string, string>, RegExp]>([
  ['no key', ['--app', 'https://app.example.com'], {}, /DOCTOR_KEY/],
  ['a key without an app', ['--key', 'x'], {}, /--app/],
  ['test messages', ['--app', 'https://app.example.com', '--key', 'x', '--send'], {}, /no test messages/],
  ['plain http', ['--app', 'http://app.example.com', '--key', 'x'], {}, /https/],
  ['nobody there', ['--app', 'http://127.0.0.1:9', '--key', 'x'], {}, /cannot be reached/],
])('asking the app with %s says what is wrong, and no key', async (_, args, env, words) => {
  const { code, stderr } = await callCommand(doctor, args, env, appFolder).ended();
  expect([code, stderr]).toEqual([1, expect.stringMatching(words)]);
});
