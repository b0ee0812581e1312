import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/base/instant.ts';
import { signIn } from '../../src/commands/sign-in.ts';
import { callCommand } from '../commands/run-command.ts';
import { makeReferral } from '../sandbox/referrals-api/make-referral.ts';
import { createVaultOnLoopback, type VaultOnLoopback } from '../support/vault-on-loopback.ts';
import { createWorld, type World } from '../support/world.ts';

let loopback: VaultOnLoopback;
let world: World;
beforeAll(async () => {
  loopback = await createVaultOnLoopback();
});
afterAll(() => loopback.close());
beforeEach(() => loopback.vault.reset());
afterEach(() => world.close());

const SECRET = 'refresh-token';
const referrals = () => [makeReferral({ customer: 'Adatum Corporation', createdAt: Date.now() - HOUR })];

async function worldWithVault(settings: Record<string, string> = {}) {
  world = await createWorld({
    referrals,
    settings: {
      REFRESH_TOKEN_FILE: '',
      REFRESH_TOKEN_SECRET_URL: loopback.secretUrl(SECRET),
      AZURE_CLIENT_ID: loopback.clientId,
      ...settings,
    },
  });
  loopback.vault.put(SECRET, world.authority.issueRefreshToken());
}

/** Titles and texts that the operator heard, oldest first. */
const operatorHeard = () => world.teams.posts('operator').map(post => JSON.stringify(post));
const newest = () => loopback.vault.newest(SECRET);

describe('the refresh token in Key Vault', () => {
  test('is rotated in place; while the access token lives the vault is not asked', async () => {
    await worldWithVault();
    expect(await world.poll()).toBe(null);
    expect(newest()?.value).toBe(world.authority.newestRefreshToken());
    const calls = loopback.vault.requests.length;
    for (let count = 0; count < 3; count += 1) {
      world.advance(5 * MINUTE);
      expect(await world.poll()).toBe(null);
    }
    expect(loopback.vault.requests).toHaveLength(calls);
    for (let count = 0; count < 5; count += 1) {
      world.advance(HOUR);
      expect(await world.poll()).toBe(null);
    }
    const versions = loopback.vault.secrets.get(SECRET) ?? [];
    expect(versions.map(version => version.enabled)).toEqual([...Array(6).fill(false), true]);
  });

  test('a vault that is away: the cached token carries on, then it is told once, then its end is told once', async () => {
    await worldWithVault();
    expect(await world.poll()).toBe(null);
    loopback.vault.faults.down = true;
    for (let count = 0; count < 3; count += 1) {
      world.advance(15 * MINUTE);
      expect(await world.poll()).toBe(null);
    }
    expect(operatorHeard()).toEqual([]);

    for (let count = 0; count < 3; count += 1) {
      world.advance(15 * MINUTE);
      // A new process must not tell it anew.
      if (count === 1) world.restart();
      expect((await world.poll())?.message).toContain('Key Vault cannot be reached');
    }
    expect(operatorHeard()).toHaveLength(1);
    const detail = await world.app.detail({
      id: '00000000-0000-4000-8000-000000000000',
      accept: '',
      authorization: null,
    });
    expect(detail.status).toBe(503);
    expect((await world.app.health()).body).not.toMatchObject({ signIn: 'ok' });

    loopback.vault.faults.down = false;
    for (let count = 0; count < 2; count += 1) {
      world.advance(5 * MINUTE);
      expect(await world.poll()).toBe(null);
    }
    expect(operatorHeard()).toHaveLength(2);
    expect(operatorHeard()[1]).toContain('Over');
    expect((await world.app.health()).body).toMatchObject({ signIn: 'ok' });
  });

  test('a successor that cannot be saved: leads are told, the invocation fails, and it is saved at the next chance', async () => {
    await worldWithVault();
    loopback.vault.faults.forbidden = 'write';
    expect((await world.poll())?.message).toContain('does not let us write');
    expect(world.teams.posts('sales')).toHaveLength(1);
    expect(operatorHeard()).toHaveLength(1);
    loopback.vault.faults.forbidden = false;
    world.advance(5 * MINUTE);
    expect(await world.poll()).toBe(null);
    expect(newest()?.value).toBe(world.authority.newestRefreshToken());
    expect(operatorHeard()).toHaveLength(2);
    expect(world.authority.requests).toHaveLength(1);
  });

  test.each([
    ['a disabled secret', () => Object.assign(newest() ?? {}, { enabled: false }), 'npm run sign-in'],
    ['no secret at all', () => loopback.vault.secrets.clear(), 'npm run sign-in'],
    ['no role on the vault', () => Object.assign(loopback.vault.faults, { forbidden: 'all' }), 'Secrets Officer'],
  ])('%s is sign-in trouble with its next step', async (_, plant, step) => {
    await worldWithVault();
    plant();
    expect(await world.poll()).not.toBe(null);
    world.advance(5 * MINUTE);
    await world.poll();
    expect(operatorHeard()).toHaveLength(1);
    expect(operatorHeard()[0]).toContain(step);
  });
});

describe('what the operator hears of the sign-in', () => {
  test('the first refusal at once, once, with the next step; its end once', async () => {
    world = await createWorld({ referrals });
    expect(await world.poll()).toBe(null);
    world.authority.setFaults({ mfaRequired: true });
    world.advance(HOUR);
    await world.poll();
    expect(operatorHeard()).toHaveLength(1);
    expect(operatorHeard()[0]).toMatch(/AADSTS50076.*npm run sign-in/);
    world.advance(5 * MINUTE);
    await world.poll();
    expect(operatorHeard()).toHaveLength(1);
    world.authority.setFaults({ mfaRequired: false });
    world.advance(5 * MINUTE);
    expect(await world.poll()).toBe(null);
    expect(operatorHeard()).toHaveLength(2);
  });

  test('a missing credential of the app registration is sign-in trouble', async () => {
    await worldWithVault({ PARTNER_CLIENT_SECRET: '' });
    expect((await world.poll())?.message).toContain('AADSTS');
    expect(operatorHeard()).toHaveLength(1);
  });

  test('a refresh token found after 60 idle days, once', async () => {
    await worldWithVault();
    expect(await world.poll()).toBe(null);
    world.advance(61 * DAY);
    expect(await world.poll()).toBe(null);
    expect(operatorHeard()).toHaveLength(1);
    expect(operatorHeard()[0]).toContain('find out why none ran');
    for (let count = 0; count < 3; count += 1) {
      world.advance(HOUR);
      expect(await world.poll()).toBe(null);
    }
    expect(operatorHeard()).toHaveLength(1);
  });

  test('30, 14 and 7 days before the client secret ends, each once, also across processes', async () => {
    world = await createWorld({ referrals, settings: { PARTNER_CLIENT_SECRET_EXPIRES_ON: '2027-04-10' } });
    const days: number[] = [];
    for (let day = 0; day <= 40; day += 1) {
      const before = operatorHeard().length;
      const heard = () =>
        operatorHeard()
          .slice(before)
          .filter(post => post.includes('PARTNER_CLIENT_SECRET'));
      if (day % 5 === 0) world.restart();
      await world.poll();
      const isTold = heard().length > 0;
      if (isTold) days.push(Math.ceil((Date.parse('2027-04-10') - Date.now()) / DAY));
      world.advance(HOUR);
      // Neither this process nor the next one says it again.
      for (let times = isTold ? 2 : 1; times > 0; times -= 1) {
        await world.poll();
        if (isTold) world.restart();
      }
      expect(heard()).toHaveLength(isTold ? 1 : 0);
      world.advance(DAY - HOUR);
    }
    expect(days).toEqual([30, 14, 7]);
    expect(world.log.lines.filter(line => JSON.stringify(line).includes('"trouble":"secrets"'))).toHaveLength(3);
    expect((await world.app.health()).body).toMatchObject({ troubles: ['secrets'] });
  });
});

test('sign-in with a code, approved elsewhere: the poll works with nothing else set, and no token is to be seen', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sign-in-story-'));
  const file = join(folder, 'refresh-token');
  world = await createWorld({ referrals, now: new Date().toISOString(), settings: { REFRESH_TOKEN_FILE: file } });
  try {
    expect((await world.poll())?.message).toContain('npm run sign-in');
    const names = /^(PARTNER_|REFRESH_TOKEN_|REFERRALS_API_URL)/;
    const env = Object.fromEntries(Object.entries(world.env).filter(([name]) => names.test(name)));
    const command = callCommand(signIn, ['--device'], env, folder);
    const [, code = ''] = await command.printed(/Type this code there:\n {2}(\S+)\n/);
    world.authority.answerDevice('approved', code);
    const ended = await command.ended();
    expect([ended.code, ended.stderr]).toEqual([0, '']);
    const token = readFileSync(file, 'utf8').trim();
    expect(ended.stdout).not.toContain(token);
    expect(ended.stdout).not.toMatch(/eyJ/);

    world.advance(5 * MINUTE);
    expect(await world.poll()).toBe(null);
    expect(world.teams.posts('sales')).toHaveLength(1);
    expect(JSON.stringify(world.log.lines)).not.toContain(token);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
