import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { examineSettings } from '../../src/app/doctor.ts';
import { openTable } from '../../src/azure/tables.ts';
import type { CheckResult } from '../../src/doctor/verdict.ts';
import { createConversationStore } from '../../src/storage/conversations.ts';
import { createAcs } from '../sandbox/acs/acs.ts';
import { type Authority, createAuthority } from '../sandbox/authority/authority.ts';
import { createBotConnector } from '../sandbox/bot-connector/bot-connector.ts';
import { createManagedIdentity } from '../sandbox/key-vault/managed-identity.ts';
import { createMailSink } from '../sandbox/mail-sink/mail-sink.ts';
import { makeReferral } from '../sandbox/referrals-api/make-referral.ts';
import { createReferralsApi, type ReferralsApi } from '../sandbox/referrals-api/referrals-api.ts';
import { createTables, type Tables } from '../sandbox/tables.ts';
import { createCertificate } from '../support/certificate.ts';
import { keepingLog } from '../support/keeping-log.ts';
import { takeIdentity } from '../support/platform-identity.ts';

const APP_ID = '3f0c2a1e-1111-4222-8333-444455556666';
const TENANT_ID = '9a8b7c6d-1111-4222-8333-444455556666';
const CHANNEL = '19:sales-leads@thread.tacv2';

let tables: Tables;
let authority: Authority;
let api: ReferralsApi;
let folder: string;
beforeAll(async () => {
  authority = await createAuthority();
  tables = await createTables();
  api = await createReferralsApi({ referrals: [makeReferral()], readToken: authority.readToken });
  folder = mkdtempSync(join(tmpdir(), 'doctor-channels-'));
  writeFileSync(join(folder, 'refresh-token'), authority.issueRefreshToken());
});
afterAll(async () => {
  await Promise.all([tables, authority, api].map(part => part.close()));
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the doctor and answers what it says of one channel. */
async function doctor(name: string, settings: Record<string, string>, { send = false } = {}) {
  const [client] = authority.state.clients;
  const env = {
    REFERRALS_API_URL: api.baseUrl,
    PARTNER_TENANT_ID: authority.tenantId,
    PARTNER_CLIENT_ID: client?.clientId ?? '',
    PARTNER_CLIENT_SECRET: client?.secret ?? '',
    PARTNER_AUTHORITY_URL: authority.url,
    REFRESH_TOKEN_FILE: join(folder, 'refresh-token'),
    TABLES_CONNECTION_STRING: tables.connectionString,
    ...settings,
  };
  const checks = await examine(env, send);
  const failed = checks.filter(check => check.state === 'failed').map(check => check.name);
  return { failed, check: checks.find(check => check.name === name) };
}
afterEach(() => vi.unstubAllEnvs());

/** What the doctor says in a process with this environment. */
async function examine(env: Record<string, string>, send: boolean): Promise<readonly CheckResult[]> {
  for (const [key, value] of Object.entries(env)) vi.stubEnv(key, value);
  const { IDENTITY_ENDPOINT, IDENTITY_HEADER } = env;
  if (IDENTITY_ENDPOINT && IDENTITY_HEADER) await takeIdentity({ IDENTITY_ENDPOINT, IDENTITY_HEADER });
  const source = { env, file: null, trouble: null };
  return examineSettings(source, { log: keepingLog(), clock: Date.now }, { send });
}

test('the bot: its own token, where it speaks, and one test message in each of those places', async () => {
  const connector = await createBotConnector({ appId: APP_ID, tenantId: TENANT_ID });
  const settings = {
    BOT_APP_ID: APP_ID,
    BOT_TENANT_ID: TENANT_ID,
    BOT_SERVICE_HOSTS: '127.0.0.1',
    ...connector.identityEnvironment,
  };
  try {
    const unbound = await doctor('channel:bot', settings);
    expect(unbound.check).toMatchObject({ state: 'warning', cure: expect.stringContaining('use this channel') });

    const store = createConversationStore(
      openTable({ connectionString: tables.connectionString }, 'TeamsConversations'),
    );
    await store.add({
      team: '19:sales@thread.tacv2',
      channel: CHANNEL,
      kind: 'channel',
      serviceUrl: connector.serviceUrl,
      botId: `28:${APP_ID}`,
      addedAt: Date.now(),
      boundAt: Date.now(),
    });
    const looked = await doctor('channel:bot', settings);
    expect([looked.failed, looked.check?.state]).toEqual([[], 'ok']);
    expect(connector.world.calls).toEqual([]);

    await connector.install(CHANNEL).catch(() => null);
    connector.clear();
    const sent = await doctor('channel:bot', settings, { send: true });
    expect([sent.failed, sent.check?.state]).toEqual([[], 'ok']);
    expect(connector.conversation(CHANNEL).messages.map(({ card }) => JSON.stringify(card))).toEqual([
      expect.stringContaining('test'),
    ]);

    connector.identity.down = true;
    const down = await doctor('channel:bot', settings);
    expect(down.failed).toEqual(['channel:bot']);
    expect(down.check?.cure).toContain('BOT_APP_ID');
  } finally {
    await connector.close();
  }
});

test('mail over Azure Communication Services: address and identity, and one mail with --send', async () => {
  const [acs, identity] = await Promise.all([createAcs(), createManagedIdentity()]);
  const settings = {
    EMAIL_TO: 'sales@example.com',
    EMAIL_FROM: 'alerts@example.com',
    ACS_ENDPOINT: acs.url,
    ...identity.environment,
  };
  try {
    expect((await doctor('channel:email', settings)).check).toMatchObject({ state: 'ok' });
    expect(acs.requests).toEqual([]);
    acs.course.push('Succeeded');
    const sent = await doctor('channel:email', settings, { send: true });
    expect([sent.failed, sent.check?.state]).toEqual([[], 'ok']);
    expect(acs.operations.size).toBe(1);
    identity.state.down = true;
    const down = await doctor('channel:email', settings);
    expect(down.failed).toEqual(['channel:email']);
    expect(down.check?.cure).toContain('identity');
  } finally {
    await Promise.all([acs.close(), identity.close()]);
  }
});

test('mail whose server is not trusted, speaks no TLS, or takes no passwords any more', async () => {
  const certificate = await createCertificate('stranger');
  const [stranger, plain] = await Promise.all([createMailSink({ tls: certificate }), createMailSink()]);
  let refusal = { code: 535, text: '5.7.139 Authentication unsuccessful, basic authentication is disabled.' };
  const exchange = new SMTPServer({
    secure: false,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: (_auth, _session, done) => done(Object.assign(new Error(refusal.text), { responseCode: refusal.code })),
  });
  await new Promise<void>(resolve => exchange.listen(0, '127.0.0.1', resolve));
  const { port } = exchange.server.address() as { port: number };
  const mail = (url: string) =>
    doctor('channel:email', { EMAIL_TO: 'sales@example.com', EMAIL_FROM: 'alerts@example.com', SMTP_URL: url });
  try {
    expect((await mail(stranger.url)).check).toMatchObject({
      state: 'failed',
      found: expect.stringContaining('TLS'),
      cure: expect.stringMatching(/certificate.*SMTP_URL/),
    });
    expect((await mail(plain.url.replace('smtp:', 'smtps:'))).check).toMatchObject({
      state: 'failed',
      found: expect.stringContaining('TLS'),
      cure: expect.stringContaining('smtps: or smtp:'),
    });
    expect((await mail(`smtp://user:word@127.0.0.1:${port}`)).check).toMatchObject({
      state: 'failed',
      found: expect.stringContaining('5.7.139'),
      cure: expect.stringMatching(/no longer takes passwords.*ACS_ENDPOINT.*relay/),
    });
    refusal = { code: 550, text: '5.7.30 Basic authentication is not supported for Client Submission.' };
    expect((await mail(`smtp://user:word@127.0.0.1:${port}`)).check).toMatchObject({
      state: 'failed',
      found: expect.stringContaining('5.7.30'),
      cure: expect.stringMatching(/no longer takes passwords.*ACS_ENDPOINT.*relay/),
    });
  } finally {
    await new Promise<void>(resolve => exchange.close(resolve));
    await Promise.all([stranger.close(), plain.close()]);
  }
});
