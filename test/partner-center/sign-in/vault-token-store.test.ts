import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createAzureIdentity } from '../../../src/azure/identity.ts';
import { openVaultSecret } from '../../../src/azure/vault-secret.ts';
import { DAY } from '../../../src/base/instant.ts';
import { TokenStoreError } from '../../../src/partner-center/sign-in/token-store.ts';
import { createVaultTokenStore } from '../../../src/partner-center/sign-in/vault-token-store.ts';
import { keepingLog } from '../../support/keeping-log.ts';
import { createVaultOnLoopback, type VaultOnLoopback } from '../../support/vault-on-loopback.ts';

let loopback: VaultOnLoopback;
// One for all: the SDK keeps a managed identity's token for the life of the process.
beforeAll(async () => {
  loopback = await createVaultOnLoopback();
});
afterAll(() => loopback.close());
beforeEach(() => loopback.vault.reset());

function vaultStore(clientId = loopback.clientId) {
  const credential = createAzureIdentity({ clientId, managed: true });
  const log = keepingLog();
  const secret = openVaultSecret(loopback.secretUrl('refresh-token'), credential);
  return { ...createVaultTokenStore({ secret, log, clock: Date.now }), log };
}

const versions = () => loopback.vault.secrets.get('refresh-token') ?? [];

describe('the Key Vault store, with the real SDK', () => {
  test('reads with the managed identity, writes a version for 90 days, disables the one it replaced', async () => {
    loopback.vault.put('refresh-token', 'one');
    const store = vaultStore();
    expect(await store.read()).toMatchObject({ token: 'one', expiresAt: null });
    await store.save('two');
    expect(versions().map(({ value, enabled }) => [value, enabled])).toEqual([
      ['one', false],
      ['two', true],
    ]);
    const days = ((versions()[1]?.exp ?? 0) * 1000 - Date.now()) / DAY;
    expect(Math.round(days)).toBe(90);
    expect((await store.read()).token).toBe('two');
    expect(loopback.identity.asked[0]).toEqual({ resource: 'https://vault.azure.net', clientId: loopback.clientId });
  });

  test('the calls of a rotation do not grow with the number of versions', async () => {
    for (let count = 0; count < 60; count += 1) loopback.vault.put('refresh-token', `old-${count}`);
    const store = vaultStore();
    await store.read();
    const before = loopback.vault.requests.length;
    await store.save('new');
    expect(loopback.vault.requests.slice(before).map(request => request.split(' ')[0])).toEqual([
      'GET',
      'PUT',
      'PATCH',
    ]);
  });

  test('two instances at once: the newest is never disabled, and nothing older stays enabled for long', async () => {
    loopback.vault.put('refresh-token', 'one');
    const [a, b] = [vaultStore(), vaultStore()];
    for (let round = 0; round < 10; round += 1) {
      await Promise.all([a.read(), b.read()]);
      await Promise.all([a.save(`a-${round}`), b.save(`b-${round}`)]);
      expect(loopback.vault.newest('refresh-token')?.enabled).toBe(true);
    }
    expect((await a.read()).token).toMatch(/-9$/);
    await a.save('last of a');
    await b.save('last of b');
    expect(
      versions()
        .filter(version => version.enabled)
        .map(version => version.value),
    ).toEqual(['last of b']);
  });

  test('the first token of an empty vault', async () => {
    const store = vaultStore();
    await expect(store.read()).rejects.toThrow('holds no refresh token yet (404 SecretNotFound)');
    await store.save('first');
    expect((await store.read()).token).toBe('first');
  });

  test('a disabled secret is named as such, and a new sign-in mends it', async () => {
    loopback.vault.put('refresh-token', 'one').enabled = false;
    const store = vaultStore();
    await expect(store.read()).rejects.toThrow('disabled (403 SecretDisabled)');
    await store.save('two');
    expect((await store.read()).token).toBe('two');
  });

  test('throttled: waits as asked', async () => {
    loopback.vault.put('refresh-token', 'one');
    Object.assign(loopback.vault.faults, { throttled: 1, times: 1 });
    expect((await vaultStore().read()).token).toBe('one');
  });

  test('no role: what is missing is said, and nothing is lost', async () => {
    loopback.vault.put('refresh-token', 'one');
    loopback.vault.faults.forbidden = 'write';
    const failure = (await vaultStore()
      .save('the-secret')
      .catch((error: unknown) => error)) as TokenStoreError;
    expect(failure).toBeInstanceOf(TokenStoreError);
    expect(failure.message).toBe('Key Vault does not let us write the refresh token (403 ForbiddenByRbac)');
    expect(failure.nextStep).toContain('Key Vault Secrets Officer');
    expect(versions().map(({ value, enabled }) => [value, enabled])).toEqual([['one', true]]);
    const told = JSON.stringify([failure, failure.stack, String(failure.cause)]);
    expect(told).not.toMatch(/the-secret|vault\.azure\.net|Bearer/);
  });

  test('a version that cannot be disabled is no failure and is disabled next time', async () => {
    loopback.vault.put('refresh-token', 'one');
    const store = vaultStore();
    loopback.vault.faults.forbidden = 'update';
    await store.save('two');
    expect(store.log.lines).toMatchObject([{ level: 'warn', event: 'sign-in.version-not-disabled' }]);
    loopback.vault.faults.forbidden = false;
    await store.save('three');
    expect(versions().map(({ enabled }) => enabled)).toEqual([false, false, true]);
  });

  test('a vault that is down fails within seconds', async () => {
    loopback.vault.put('refresh-token', 'one');
    loopback.vault.faults.down = true;
    await expect(vaultStore().read()).rejects.toThrow('Key Vault cannot be reached to read the refresh token');
    Object.assign(loopback.vault.faults, { down: false, reset: true });
    await expect(vaultStore().read()).rejects.toThrow('Key Vault cannot be reached');
  });

  test('no identity', async () => {
    await expect(vaultStore('a-client-id-nobody-knows').read()).rejects.toThrow(
      'There is no identity to reach Key Vault with',
    );
  });
});
