import { ClientSecretPost } from 'openid-client';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HOUR, MINUTE } from '../../../src/base/instant.ts';
import { PartnerCenterError, SignInNeededError, TimedOutError } from '../../../src/model/errors.ts';
import { createAccessTokens } from '../../../src/partner-center/sign-in/access-tokens.ts';
import type { TokenStore } from '../../../src/partner-center/sign-in/token-store.ts';
import { type Authority, createAuthority } from '../../sandbox/authority/authority.ts';
import { keepingLog } from '../../support/keeping-log.ts';
import { memoryTokenStore } from './memory-token-store.ts';

let authority: Authority;
let now = 0;
beforeEach(async () => {
  authority = await createAuthority();
  now = Date.now();
});
afterEach(() => authority.close());

function accessTokens(store: TokenStore, changes: { secret?: string; tenantId?: string; timeoutMs?: number } = {}) {
  const log = keepingLog();
  const [client] = authority.state.clients;
  const tokens = createAccessTokens({
    authorityUrl: authority.url,
    tenantId: changes.tenantId ?? authority.tenantId,
    clientId: client?.clientId ?? '',
    clientAuth: ClientSecretPost(changes.secret ?? client?.secret ?? ''),
    scope: 'https://api.partner.microsoft.com/user_impersonation offline_access',
    store,
    log,
    clock: () => now,
    lookAgainMs: 40,
    ...(changes.timeoutMs ? { timeoutMs: changes.timeoutMs } : {}),
  });
  return { ...tokens, log };
}

const memory = () => memoryTokenStore(authority.issueRefreshToken());

describe('access tokens', () => {
  test('are for Partner Center, kept until five minutes before their end, and asked for once by many', async () => {
    const store = memory();
    const tokens = accessTokens(store);
    const [first, ...others] = await Promise.all([tokens.get(), tokens.get(), tokens.get()]);
    expect(others).toEqual([first, first]);
    expect(authority.readToken(first as string)).toMatchObject({ aud: 'https://api.partner.microsoft.com' });
    now += HOUR - 5 * MINUTE - 1;
    expect(await tokens.get()).toBe(first);
    expect([authority.requests.length, store.state.reads]).toEqual([1, 1]);
    now += 2;
    expect(await tokens.get()).not.toBe(first);
    expect(authority.requests).toHaveLength(2);
  });

  test('a rotated refresh token is saved before the access token is used', async () => {
    const store = memory();
    const order: string[] = [];
    const save = store.save;
    const tokens = accessTokens({
      ...store,
      save: async token => {
        await save(token);
        order.push('saved');
      },
    });
    await tokens.get().then(() => order.push('used'));
    expect(order).toEqual(['saved', 'used']);
    expect(store.state.token).toBe(authority.newestRefreshToken());
  });

  test('one that Partner Center refuses is replaced once, however many calls met the refusal', async () => {
    const tokens = accessTokens(memory());
    const refused = await tokens.get();
    const [a, b] = await Promise.all([tokens.refresh(refused), tokens.refresh(refused)]);
    expect(a).toBe(b);
    expect(a).not.toBe(refused);
    expect(await tokens.refresh(refused)).toBe(a);
    expect(authority.requests).toHaveLength(2);
  });
});

describe('a store that fails', () => {
  test('not saved: the poll goes on, it is reported, and saved first at the next chance', async () => {
    const store = memory();
    store.state.writable = false;
    const tokens = accessTokens(store);
    const token = await tokens.get();
    expect(tokens.problems()).toMatchObject([{ kind: 'token-store', nextStep: 'Let it be written.' }]);
    await tokens.settle();
    expect(await tokens.get()).toBe(token);
    expect(tokens.problems()).toHaveLength(1);
    store.state.writable = true;
    await tokens.settle();
    expect(await tokens.get()).toBe(token);
    expect(tokens.problems()).toEqual([]);
    expect(store.state.token).toBe(authority.newestRefreshToken());
    expect(authority.requests).toHaveLength(1);
  });

  test('not saved for hours: the token in memory is redeemed, also where the old one was revoked', async () => {
    authority.state.revokePrevious = true;
    const store = memory();
    store.state.writable = false;
    const tokens = accessTokens(store);
    for (let hour = 0; hour < 3; hour += 1) {
      await tokens.get();
      now += HOUR;
    }
    store.state.writable = true;
    await tokens.get();
    expect(store.state.token).toBe(authority.newestRefreshToken());
    expect(tokens.problems()).toEqual([]);
  });

  test('not saved, then somebody signs in: the new sign-in is not overwritten', async () => {
    const store = memory();
    store.state.writable = false;
    const tokens = accessTokens(store);
    await tokens.get();
    store.state.writable = true;
    store.state.token = authority.issueRefreshToken();
    const signedIn = store.state.token;
    await tokens.settle();
    await tokens.get();
    expect(store.state.token).toBe(signedIn);
    expect(tokens.problems()).toEqual([]);
  });

  test('not readable: what is cached carries on while it lives, then sign-in is needed until it is back', async () => {
    const store = memory();
    const tokens = accessTokens(store);
    const token = await tokens.get();
    store.state.readable = false;
    now += 30 * MINUTE;
    expect(await tokens.get()).toBe(token);
    now += 30 * MINUTE;
    await expect(tokens.get()).rejects.toMatchObject({ name: 'SignInNeededError', trouble: { kind: 'token-store' } });
    expect(tokens.problems()).toMatchObject([{ kind: 'token-store', reason: 'The store is away' }]);
    store.state.readable = true;
    await tokens.get();
    expect(tokens.problems()).toEqual([]);
  });
});

describe('in its last five minutes', () => {
  test.each([
    ['the store is away', (store: ReturnType<typeof memory>) => Object.assign(store.state, { readable: false }), 1],
    ['the authority is down', () => authority.setFaults({ down: true }), 0],
    ['the refresh token is refused', () => authority.setFaults({ invalidGrant: true }), 1],
  ] as const)('while %s an access token still serves, and the trouble shows', async (_, goWrong, troubles) => {
    const store = memory();
    const tokens = accessTokens(store);
    const token = await tokens.get();
    goWrong(store);
    now += HOUR - 4 * MINUTE;
    expect(await tokens.get()).toBe(token);
    expect(tokens.problems()).toHaveLength(troubles);
    // One that Partner Center refuses serves no more, nor one that has ended.
    now += 4 * MINUTE;
    await expect(tokens.get()).rejects.toThrow();
  });

  test('one that Partner Center has refused serves no more', async () => {
    const store = memory();
    const tokens = accessTokens(store);
    const token = await tokens.get();
    store.state.readable = false;
    now += HOUR - 4 * MINUTE;
    await expect(tokens.refresh(token)).rejects.toMatchObject({ name: 'SignInNeededError' });
  });
});

describe('refusals', () => {
  test.each([
    ['invalidGrant', 'sign-in', 'AADSTS50173'],
    ['mfaRequired', 'sign-in', 'AADSTS50076'],
    ['inactive', 'sign-in', 'AADSTS700082'],
    ['consentMissing', 'sign-in', 'AADSTS65001'],
    ['secretExpired', 'credential', 'AADSTS7000222'],
  ] as const)('%s is told with its number and the next step, and ends', async (fault, kind, number) => {
    const tokens = accessTokens(memory());
    authority.setFaults({ [fault]: true });
    const failure = await tokens.get().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(SignInNeededError);
    expect(tokens.problems()).toEqual([(failure as SignInNeededError).trouble]);
    expect(tokens.problems()[0]).toMatchObject({ kind, reason: expect.stringContaining(number) });
    expect(tokens.problems()[0]?.nextStep).toMatch(/\w+.*\.$/);
    authority.setFaults({ [fault]: false });
    await tokens.get();
    expect(tokens.problems()).toEqual([]);
  });

  test('a wrong secret and a wrong tenant are the app registration', async () => {
    await expect(accessTokens(memory(), { secret: 'wrong' }).get()).rejects.toThrow('AADSTS7000215');
    const wrongTenant = accessTokens(memory(), { tenantId: '00000000-0000-4000-8000-000000000000' });
    await expect(wrongTenant.get()).rejects.toThrow('AADSTS90002');
  });

  test('a refused refresh token that another instance has just rotated is no trouble', async () => {
    authority.state.revokePrevious = true;
    const store = memory();
    const stale = store.state.token;
    const other = accessTokens(store);
    await other.get();
    const rotated = store.state.token;
    // The other instance's save is on its way while we read.
    store.state.token = stale;
    setTimeout(() => {
      store.state.token = rotated;
    }, 300);
    const tokens = accessTokens(store);
    await tokens.get();
    expect(tokens.problems()).toEqual([]);
    expect(store.state.token).toBe(authority.newestRefreshToken());
  });

  test('an authority that stumbles once is asked again; one that is down is no sign-in trouble', async () => {
    const tokens = accessTokens(memory(), { timeoutMs: 800 });
    authority.setFaults({ down: true });
    await expect(tokens.get()).rejects.toBeInstanceOf(PartnerCenterError);
    authority.setFaults({ down: false, hang: true });
    await expect(tokens.get()).rejects.toBeInstanceOf(TimedOutError);
    expect(tokens.problems()).toEqual([]);
    authority.setFaults({ hang: false, down: 500 });
    setTimeout(() => authority.setFaults({ down: false }), 200);
    expect(await tokens.get()).toMatch(/^ey/);
  });

  test('nothing of a token, secret or address is told', async () => {
    const store = memory();
    const tokens = accessTokens(store);
    const access = await tokens.get();
    authority.setFaults({ invalidGrant: true });
    now += HOUR;
    const failure = (await tokens.get().catch((error: unknown) => error)) as Error;
    const told = JSON.stringify([tokens.log.lines, String(failure), failure.stack, tokens.problems()]);
    for (const secret of [access, store.state.token, 'sandbox-client-secret', authority.url]) {
      expect(told).not.toContain(secret);
    }
  });
});

describe('instances side by side', () => {
  test.each([false, true])('race over many rotations and stay signed in (old tokens revoked: %s)', async revoke => {
    authority.state.revokePrevious = revoke;
    const store = memory();
    const instances = [accessTokens(store), accessTokens(store), accessTokens(store)];
    for (let round = 0; round < 15; round += 1) {
      await Promise.all(instances.map(tokens => tokens.get()));
      now += HOUR;
    }
    expect(instances.flatMap(tokens => tokens.problems())).toEqual([]);
    await expect(accessTokens(store).get()).resolves.toMatch(/^ey/);
  });
});
