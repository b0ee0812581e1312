import { ClientSecretPost } from 'openid-client';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { createAzureIdentity } from '../../../src/azure/identity.ts';
import { openVaultSecret } from '../../../src/azure/vault-secret.ts';
import { HOUR } from '../../../src/base/instant.ts';
import { createAccessTokens } from '../../../src/partner-center/sign-in/access-tokens.ts';
import { createVaultTokenStore } from '../../../src/partner-center/sign-in/vault-token-store.ts';
import { type Authority, createAuthority } from '../../sandbox/authority/authority.ts';
import { keepingLog } from '../../support/keeping-log.ts';
import { createVaultOnLoopback, type VaultOnLoopback } from '../../support/vault-on-loopback.ts';

const SECRET = 'refresh-token';
let loopback: VaultOnLoopback;
let authority: Authority;
let now: number;
beforeAll(async () => {
  loopback = await createVaultOnLoopback();
});
afterAll(() => loopback.close());
beforeEach(async () => {
  loopback.vault.reset();
  authority = await createAuthority();
  loopback.vault.put(SECRET, authority.issueRefreshToken());
  now = Date.now();
});
afterEach(() => authority.close());

function instance() {
  const [client] = authority.state.clients;
  const credential = createAzureIdentity({ clientId: loopback.clientId, managed: true });
  const log = keepingLog();
  const clock = () => now;
  return createAccessTokens({
    authorityUrl: authority.url,
    tenantId: authority.tenantId,
    clientId: client?.clientId ?? '',
    clientAuth: ClientSecretPost(client?.secret ?? ''),
    scope: 'https://api.partner.microsoft.com/user_impersonation offline_access',
    store: createVaultTokenStore({ secret: openVaultSecret(loopback.secretUrl(SECRET), credential), log, clock }),
    log,
    clock,
  });
}

test.each([false, true])('two instances race over one secret (old tokens revoked at once: %s)', async revoke => {
  authority.state.revokePrevious = revoke;
  const instances = [instance(), instance()];
  for (let round = 0; round < 8; round += 1) {
    await Promise.all(instances.map(tokens => tokens.get()));
    now += HOUR;
  }
  expect(instances.flatMap(tokens => tokens.problems())).toEqual([]);
  expect(loopback.vault.newest(SECRET)?.enabled).toBe(true);
  await expect(instance().get()).resolves.toMatch(/^ey/);
});
