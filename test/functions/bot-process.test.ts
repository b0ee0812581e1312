import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { TableClient } from '@azure/data-tables';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { buildAppFolder } from '../sandbox/app-folder.ts';
import { type Authority, createAuthority } from '../sandbox/authority/authority.ts';
import { type BotConnector, createBotConnector } from '../sandbox/bot-connector/bot-connector.ts';
import { type HostProcess, startHostProcess } from '../sandbox/host/child-process.ts';
import { createFunctionsHost } from '../sandbox/host/host.ts';
import { makeReferral } from '../sandbox/referrals-api/make-referral.ts';
import { createReferralsApi, type ReferralsApi } from '../sandbox/referrals-api/referrals-api.ts';
import { createTables, type Tables } from '../sandbox/tables.ts';
import { createCertificate } from '../support/certificate.ts';

const APP_ID = '3f0c2a1e-1111-4222-8333-444455556666';
const TENANT_ID = '9a8b7c6d-1111-4222-8333-444455556666';
const LEADS = '19:sales-leads@thread.tacv2';

let folder: string;
let authority: Authority;
let api: ReferralsApi;
let tables: Tables;
let connector: BotConnector;
let host: HostProcess | undefined;
let base: Record<string, string>;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'referral-alerts-'));
  [authority, tables] = await Promise.all([
    createAuthority(),
    createTables(),
    buildAppFolder(path.join(folder, 'app')),
  ]);
  api = await createReferralsApi({ referrals: [], readToken: authority.readToken });
  const { key, cert } = await createCertificate();
  await writeFile(path.join(folder, 'cert.pem'), cert);
  connector = await createBotConnector({ appId: APP_ID, tenantId: TENANT_ID, tls: { key, cert } });
  const refreshTokenFile = path.join(folder, 'refresh-token');
  await writeFile(refreshTokenFile, authority.issueRefreshToken(), { mode: 0o600 });
  base = {
    POLL_SCHEDULE: '0 */5 * * * *',
    REFERRALS_API_URL: api.baseUrl,
    PARTNER_TENANT_ID: authority.tenantId,
    PARTNER_CLIENT_ID: authority.state.clients[0]?.clientId ?? '',
    PARTNER_CLIENT_SECRET: authority.state.clients[0]?.secret ?? '',
    PARTNER_AUTHORITY_URL: authority.url,
    REFRESH_TOKEN_FILE: refreshTokenFile,
    TABLES_CONNECTION_STRING: tables.connectionString,
    NODE_EXTRA_CA_CERTS: path.join(folder, 'cert.pem'),
  };
});
afterEach(() => host?.close());
afterAll(async () => {
  await Promise.allSettled([authority, api, tables, connector].map(part => part.close()));
  await rm(folder, { recursive: true, force: true });
});

async function start(settings: Record<string, string>): Promise<HostProcess> {
  host = await startHostProcess(path.join(folder, 'app'), { ...base, ...settings });
  connector.connect(`${host.url}/api/messages`);
  return host;
}

const bot = (): Record<string, string> => ({
  BOT_APP_ID: APP_ID,
  BOT_TENANT_ID: TENANT_ID,
  BOT_OPENID_METADATA_URL: connector.openIdMetadataUrl,
  BOT_SERVICE_HOSTS: '127.0.0.1',
});
const managed = () => ({ ...bot(), ...connector.identityEnvironment });
const cards = () => connector.conversation(LEADS).messages.filter(({ card }) => card !== null);

it('is not there without a bot', async () => {
  const env = { ...base, TEAMS_WEBHOOK_URL: 'https://flows.example.com/hook' };
  const { functions, url, close } = await createFunctionsHost({ appFolder: path.join(folder, 'app'), env });
  const messages = functions.find(({ name }) => name === 'teamsMessages');
  expect(messages).toMatchObject({ route: 'messages', methods: ['POST'], authLevel: 'anonymous' });
  expect((await fetch(`${url}/api/messages`, { method: 'POST', body: '{}' })).status).toBe(404);
  await close();
});

it('refuses callers without a token, and answers a right one in time after a cold start', async () => {
  const { url } = await start(managed());
  const refused = await fetch(`${url}/api/messages`, { method: 'POST', body: '{}' });
  expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
  connector.reset();
  expect((await connector.install(LEADS)).map(({ status }) => status)).toEqual([200, 200]);
  expect((await connector.say('status', LEADS)).status).toBe(200);
  expect(connector.conversation(LEADS).messages.at(-1)?.text).toContain('Last good poll: never');
});

it('works with a password as well', async () => {
  connector.reset();
  await start({
    ...bot(),
    BOT_APP_TYPE: 'SingleTenant',
    BOT_APP_PASSWORD: connector.password,
    ENTRA_AUTHORITY_URL: connector.url,
  });
  await connector.install(LEADS);
  expect((await connector.say('help', LEADS)).status).toBe(200);
  expect(connector.identity.asked.at(-1)).toEqual({ by: 'client_credentials', clientId: APP_ID, status: 200 });
});

it('killed between post and record it repeats once at most, and edits the card it recorded', async () => {
  connector.reset();
  const first = await start(managed());
  await connector.install(LEADS);
  await connector.say('use this channel', LEADS);
  api.add(makeReferral({ customer: 'Fabrikam', createdAt: Date.now() }));
  connector.faults.push({ kind: 'post', conversationId: LEADS, answer: 'hang', afterwards: true, times: 1 });
  const dying = first.invokeTimer('pollReferrals').catch(() => null);
  await expect.poll(() => cards().length, { timeout: 10_000 }).toBe(1);
  await first.kill();
  await dying;

  await ageSending();
  const second = await start(managed());
  expect((await second.invokeTimer('pollReferrals')).ok).toBe(true);
  expect(cards()).toHaveLength(2);
  const repeat = cards()[1];
  expect(JSON.stringify(repeat?.card)).toContain('may be a repeat');
  expect((await second.invokeTimer('pollReferrals')).ok).toBe(true);
  expect(cards()).toHaveLength(2);

  api.accept(String(api.state.referrals[0]?.id));
  expect((await second.invokeTimer('pollReferrals')).ok).toBe(true);
  expect(cards().map(({ edits }) => edits)).toEqual([0, 1]);
});

/** Makes the claims of the run that died older than ten minutes. */
async function ageSending(): Promise<void> {
  const table = TableClient.fromConnectionString(tables.connectionString, 'ReferralCheckpoints', {
    allowInsecureConnection: true,
  });
  for await (const row of table.listEntities<{ deliveries: string }>()) {
    const deliveries = row.deliveries.replace(
      /("sending",\d+,)(\d+)/g,
      (_, before, at) => `${before}${Number(at) - 660_000}`,
    );
    expect(deliveries).not.toBe(row.deliveries);
    await table.updateEntity(
      { partitionKey: row.partitionKey as string, rowKey: row.rowKey as string, deliveries },
      'Merge',
    );
  }
}
