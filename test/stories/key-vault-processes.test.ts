import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { signIn as command } from '../../src/commands/sign-in.ts';
import { callCommand, runCommand } from '../commands/run-command.ts';
import { buildAppFolder } from '../sandbox/app-folder.ts';
import { startHostProcess } from '../sandbox/host/child-process.ts';
import { createFunctionsHost } from '../sandbox/host/host.ts';
import { makeReferral } from '../sandbox/referrals-api/make-referral.ts';
import { createCertificate } from '../support/certificate.ts';
import { createVaultOnLoopback, type VaultOnLoopback } from '../support/vault-on-loopback.ts';
import { createWorld, type World } from '../support/world.ts';

const SECRET = 'refresh-token';
let appFolder: string;
let loopback: VaultOnLoopback;
let world: World;
beforeAll(async () => {
  appFolder = await mkdtemp(path.join(tmpdir(), 'referral-alerts-app-'));
  [loopback] = await Promise.all([createVaultOnLoopback(), buildAppFolder(appFolder)]);
});
afterAll(async () => {
  await loopback.close();
  await rm(appFolder, { recursive: true, force: true });
});
beforeEach(async () => {
  loopback.vault.reset();
  world = await createWorld({
    now: new Date().toISOString(),
    referrals: () => [makeReferral({ customer: 'Adatum Corporation' })],
    settings: { REFRESH_TOKEN_FILE: '', REFRESH_TOKEN_SECRET_URL: loopback.secretUrl(SECRET) },
  });
});
afterEach(() => world.close());

async function pollInAProcess() {
  const host = await startHostProcess(appFolder, { ...world.env, ...loopback.environment });
  try {
    return { ...(await host.invokeTimer('pollReferrals')), log: host.log() };
  } finally {
    await host.close();
  }
}

/** Polls with the same built app, loaded anew into this process. */
async function poll(settings: Record<string, string>) {
  const env = { ...world.env, AZURE_CLIENT_ID: loopback.clientId, ...settings };
  const host = await createFunctionsHost({ appFolder, env });
  try {
    return await host.invokeTimer('pollReferrals');
  } finally {
    await host.close();
  }
}

test('sign in once into Key Vault; the built app polls with it, rotates it, and nobody sees it', async () => {
  world.authority.state.approveDevices = true;
  const env = { ...world.env, ...loopback.environment };
  const { code, stdout, stderr } = await runCommand('sign-in', ['--device'], env, appFolder).ended();
  expect([code, stderr]).toEqual([0, '']);
  const first = loopback.vault.newest(SECRET)?.value ?? '';
  expect(first).toBe(world.authority.newestRefreshToken());
  const { ok, log } = await pollInAProcess();
  expect(ok).toBe(true);
  const second = loopback.vault.newest(SECRET)?.value ?? '';
  expect(second).not.toBe(first);
  expect(loopback.vault.secrets.get(SECRET)?.map(version => version.enabled)).toEqual([false, true]);
  expect(world.teams.posts('sales')).toHaveLength(1);
  for (const secret of [first, second, 'sandbox-client-secret']) expect(stdout + log).not.toContain(secret);
});

test('no right to write the secret is said before anything is lost', async () => {
  loopback.vault.put(SECRET, 'an old token');
  loopback.vault.faults.forbidden = 'write';
  world.authority.state.approveDevices = true;
  const env = { ...world.env, AZURE_CLIENT_ID: loopback.clientId };
  const { code, stderr } = await callCommand(command, ['--device'], env, appFolder).ended();
  expect([code, stderr]).toEqual([1, expect.stringContaining('Key Vault Secrets Officer')]);
  expect(loopback.vault.newest(SECRET)).toMatchObject({ value: 'an old token', enabled: true });
});

test('without a client secret: a certificate from Key Vault, or the managed identity', async () => {
  const certificate = await createCertificate('referral-alerts');
  loopback.vault.put('certificate', `${certificate.key}\n${certificate.cert}`);
  const [{ clientId } = { clientId: '' }] = world.authority.state.clients;
  world.authority.state.clients[0] = {
    clientId,
    certificate: certificate.cert,
    federated: assertion => loopback.identity.isToken(assertion, 'api://AzureADTokenExchange'),
  };
  loopback.vault.put(SECRET, world.authority.issueRefreshToken());
  const byCertificate = {
    PARTNER_CLIENT_SECRET: '',
    PARTNER_CLIENT_CERTIFICATE_URL: loopback.secretUrl('certificate'),
  };
  expect(await poll(byCertificate)).toMatchObject({ ok: true });
  expect(await poll({ PARTNER_CLIENT_SECRET: '' })).toMatchObject({ ok: true });
  expect(world.authority.requests.map(request => request.proof)).toEqual(['certificate', 'federated']);
});
