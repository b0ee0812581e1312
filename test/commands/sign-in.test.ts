import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { signIn } from '../../src/commands/sign-in.ts';
import { type Authority, createAuthority } from '../sandbox/authority/authority.ts';
import { makeReferral } from '../sandbox/referrals-api/make-referral.ts';
import { createReferralsApi, type ReferralsApi } from '../sandbox/referrals-api/referrals-api.ts';
import { callCommand, type RunningCommand, runCommand } from './run-command.ts';

let authority: Authority;
let api: ReferralsApi;
let folder: string;
let file: string;
beforeEach(async () => {
  authority = await createAuthority();
  api = await createReferralsApi({ referrals: [makeReferral()], readToken: authority.readToken });
  folder = mkdtempSync(join(tmpdir(), 'sign-in-'));
  file = join(folder, 'refresh-token');
});
afterEach(async () => {
  await api.close();
  await authority.close();
  rmSync(folder, { recursive: true, force: true });
});

function settings(changes: Record<string, string> = {}): Record<string, string> {
  const [client] = authority.state.clients;
  return {
    PARTNER_TENANT_ID: authority.tenantId,
    PARTNER_CLIENT_ID: client?.clientId ?? '',
    PARTNER_CLIENT_SECRET: client?.secret ?? '',
    PARTNER_AUTHORITY_URL: authority.url,
    REFRESH_TOKEN_FILE: file,
    REFERRALS_API_URL: api.baseUrl,
    ...changes,
  };
}

const start = (args: string[] = [], changes: Record<string, string> = {}) =>
  callCommand(signIn, args, settings(changes), folder);
const startProcess = () => runCommand('sign-in', [], settings(), folder);

async function byBrowser(command: RunningCommand = start()) {
  const [, address = ''] = await command.printed(/^ {2}(http\S+)$/m);
  const page = await fetch(address);
  return { ...(await command.ended()), address, status: page.status, html: await page.text() };
}

describe('through a browser', () => {
  test('shows who signed in and keeps the refresh token for its owner only', async () => {
    writeFileSync(file, 'an old token');
    chmodSync(file, 0o644);
    const { code, stdout, stderr, address, html, status } = await byBrowser(startProcess());
    expect([code, stderr, status]).toEqual([0, '', 200]);
    expect(stdout).toContain(`${authority.user.name} (${authority.user.upn})`);
    expect(stdout).toContain(authority.tenantId);
    expect(stdout).toContain('MFA:       proven by the token');
    expect(stdout).toContain('the account sees referrals');
    const token = readFileSync(file, 'utf8').trim();
    expect(token).toBe(authority.newestRefreshToken());
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['refresh-token']);

    const query = new URL(address).searchParams;
    expect(query.get('code_challenge_method')).toBe('S256');
    expect(query.get('scope')).toBe(
      'https://api.partner.microsoft.com/user_impersonation offline_access openid profile',
    );
    expect(new URL(query.get('redirect_uri') ?? '').hostname).toBe('localhost');
    for (const text of [stdout, html]) {
      expect(text).not.toContain(token);
      expect(text).not.toContain('sandbox-client-secret');
      expect(text).not.toMatch(/eyJ/);
    }
  });

  test('what does not belong to this sign-in neither ends it nor breaks it', async () => {
    writeFileSync(file, 'an old token');
    const command = start();
    const [, address = ''] = await command.printed(/^ {2}(http\S+)$/m);
    const redirect = new URL(new URL(address).searchParams.get('redirect_uri') ?? '');
    for (const target of [
      '//',
      '/\\',
      'http://[',
      '*',
      '/signed-in?%',
      '//signed-in?state=x',
      `${redirect.pathname}/../`,
    ]) {
      expect(await knock(Number(redirect.port), target)).toMatch(/^HTTP\/1.1 40/);
    }
    for (const search of ['', '?code=stolen&state=guessed', '?code=stolen', '?error=access_denied&state=']) {
      expect((await fetch(new URL(search, redirect))).status).toBe(400);
    }
    expect((await fetch(redirect, { method: 'POST' })).status).toBe(404);
    expect(readFileSync(file, 'utf8')).toBe('an old token');

    const page = await fetch(address);
    expect(page.status).toBe(200);
    const { code, stderr } = await command.ended();
    expect([code, stderr]).toEqual([0, '']);
    expect(readFileSync(file, 'utf8').trim()).toBe(authority.newestRefreshToken());
  });

  test('nothing else is served there, and stopping leaves the old token and nothing beside it', async () => {
    writeFileSync(file, 'an old token');
    const command = startProcess();
    const [, address = ''] = await command.printed(/^ {2}(http\S+)$/m);
    const redirect = new URL(new URL(address).searchParams.get('redirect_uri') ?? '');
    expect((await fetch(new URL('/', redirect))).status).toBe(404);
    command.stop('SIGINT');
    expect((await command.ended()).code).not.toBe(0);
    expect(readFileSync(file, 'utf8')).toBe('an old token');
    expect(readdirSync(folder)).toEqual(['refresh-token']);
  });

  test('declined', async () => {
    authority.state.authorize = 'decline';
    const { code, stderr, html } = await byBrowser();
    expect([code, stderr]).toEqual([1, expect.stringContaining('declined')]);
    expect(html).toContain('declined');
    expect(existsSync(file)).toBe(false);
  });
});

/** One request whose target no browser would write; answers the first line that came. */
function knock(port: number, target: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(`GET ${target} HTTP/1.1\r\nHost: localhost:${port}\r\nConnection: close\r\n\r\n`),
    );
    let text = '';
    socket.on('data', chunk => {
      text += chunk.toString();
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(text.split('\r\n')[0] ?? ''));
  });
}

describe('with a code', () => {
  test('prints address and code, waits, and completes when somebody approves', async () => {
    const command = start(['--device']);
    const [, code = ''] = await command.printed(/Type this code there:\n {2}(\S+)\n/);
    expect(command.output()).toContain(`${authority.url}/device`);
    expect(authority.answerDevice('approved', code)).toBe(true);
    const ended = await command.ended();
    expect([ended.code, ended.stderr]).toEqual([0, '']);
    expect(readFileSync(file, 'utf8').trim()).toBe(authority.newestRefreshToken());
    expect(ended.stdout).not.toContain(authority.newestRefreshToken());
  });

  test('declined', async () => {
    const command = start(['--device']);
    await command.printed(/Type this code there:/);
    authority.answerDevice('declined');
    const { code, stderr } = await command.ended();
    expect([code, stderr]).toEqual([1, expect.stringContaining('declined')]);
  });
});

describe('each way it can fail, in clear words', () => {
  const FOREIGN = '00000000-1111-4222-8333-444444444444';

  test.each([
    ['wrong tenant', { foreignTenant: FOREIGN }, 'another tenant than PARTNER_TENANT_ID'],
    ['no proof of MFA', { noMfa: true }, 'multi-factor authentication'],
    ['MFA demanded', { mfaRequired: true }, 'AADSTS50076'],
    ['no consent', { consentMissing: true }, 'Nobody has consented'],
    ['expired secret', { secretExpired: true }, 'AADSTS7000222'],
    ['authority down', { down: true }, 'PARTNER_AUTHORITY_URL'],
  ])('%s', async (_, faults, words) => {
    writeFileSync(file, 'an old token');
    authority.state.approveDevices = true;
    authority.setFaults(faults);
    const { code, stderr } = await start(['--device']).ended();
    expect([code, stderr]).toEqual([1, expect.stringContaining(words)]);
    expect(readFileSync(file, 'utf8')).toBe('an old token');
    expect(readdirSync(folder)).toEqual(['refresh-token']);
  });

  test('wrong tenant through a browser', async () => {
    authority.setFaults({ foreignTenant: FOREIGN });
    const { code, stderr } = await byBrowser();
    expect([code, stderr]).toEqual([1, expect.stringContaining('another tenant than PARTNER_TENANT_ID')]);
  });

  test('no Referrals role', async () => {
    authority.state.approveDevices = true;
    api.setFaults({ forbidden: true });
    const { code, stderr } = await start(['--device']).ended();
    expect([code, stderr]).toEqual([1, expect.stringContaining('Referrals admin')]);
    expect(existsSync(file)).toBe(false);
  });

  test('no right to write the token', async () => {
    writeFileSync(file, 'an old token');
    authority.state.approveDevices = true;
    const { code, stderr } = await start(['--device'], { REFRESH_TOKEN_FILE: join(file, 'beneath-a-file') }).ended();
    expect([code, stderr]).toEqual([1, expect.stringContaining('REFRESH_TOKEN_FILE')]);
  });

  test('settings: every missing one at once, and no others asked for', async () => {
    const { code, stderr } = await callCommand(signIn, [], {}, folder).ended();
    expect(code).toBe(1);
    for (const name of ['PARTNER_TENANT_ID', 'PARTNER_CLIENT_ID', 'REFRESH_TOKEN']) expect(stderr).toContain(name);
    expect(stderr).not.toContain('TEAMS_WEBHOOK_URL');
  });

  test('no credential of the app registration: said before anybody signs in', async () => {
    const { code, stdout, stderr } = await start([], { PARTNER_CLIENT_SECRET: '' }).ended();
    expect([code, stdout, stderr]).toEqual([1, '', expect.stringContaining('PARTNER_CLIENT_SECRET')]);
  });

  test('an unknown option', async () => {
    const { code, stderr } = await start(['--devise']).ended();
    expect([code, stderr]).toEqual([1, expect.stringContaining('--devise')]);
  });
});

test('what the environment lacks comes from the settings file', async () => {
  authority.state.approveDevices = true;
  const { PARTNER_TENANT_ID = '', ...others } = settings();
  const named = join(folder, 'other.settings.json');
  writeFileSync(named, JSON.stringify({ Values: { ...others, PARTNER_TENANT_ID: 'not-a-tenant' } }));
  const both = callCommand(signIn, ['--device', '--settings', named], { PARTNER_TENANT_ID }, folder);
  expect(await both.ended()).toMatchObject({ code: 0, stderr: '' });
  writeFileSync(join(folder, 'local.settings.json'), JSON.stringify({ Values: settings() }));
  expect(await callCommand(signIn, ['--device'], {}, folder).ended()).toMatchObject({ code: 0, stderr: '' });
  const missing = await callCommand(signIn, ['--settings', join(folder, 'none.json')], {}, folder).ended();
  expect([missing.code, missing.stderr]).toEqual([1, expect.stringContaining('cannot be read')]);
});
