import forge from 'node-forge';
import type { ClientAuth } from 'openid-client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createAzureIdentity } from '../../../src/azure/identity.ts';
import { openVaultSecret } from '../../../src/azure/vault-secret.ts';
import { createAccessTokens } from '../../../src/partner-center/sign-in/access-tokens.ts';
import { parseCertificate } from '../../../src/partner-center/sign-in/certificate.ts';
import { certificateAuth, federatedAuth } from '../../../src/partner-center/sign-in/client-auth.ts';
import { type Authority, createAuthority } from '../../sandbox/authority/authority.ts';
import { type Certificate, createCertificate } from '../../support/certificate.ts';
import { keepingLog } from '../../support/keeping-log.ts';
import { createVaultOnLoopback, type VaultOnLoopback } from '../../support/vault-on-loopback.ts';
import { memoryTokenStore } from './memory-token-store.ts';

const CLIENT = '2c7f3d4e-05b8-4b1c-a4f6-9e8d7f6f5b43';
let loopback: VaultOnLoopback;
let certificate: Certificate;
let authority: Authority;
beforeAll(async () => {
  [loopback, certificate] = await Promise.all([createVaultOnLoopback(), createCertificate('referral-alerts')]);
});
afterAll(() => loopback.close());
beforeEach(async () => {
  loopback.vault.reset();
  authority = await createAuthority({
    clients: [
      {
        clientId: CLIENT,
        certificate: certificate.cert,
        federated: assertion => loopback.identity.isToken(assertion, 'api://AzureADTokenExchange'),
      },
    ],
  });
});
afterEach(() => authority.close());

const identity = () => createAzureIdentity({ clientId: loopback.clientId, managed: true });
const certificateSecret = () => openVaultSecret(loopback.secretUrl('certificate'), identity());

function signIn(clientAuth: ClientAuth) {
  return createAccessTokens({
    authorityUrl: authority.url,
    tenantId: authority.tenantId,
    clientId: CLIENT,
    clientAuth,
    scope: 'https://api.partner.microsoft.com/user_impersonation offline_access',
    store: memoryTokenStore(authority.issueRefreshToken(CLIENT)),
    log: keepingLog(),
    clock: Date.now,
  });
}

function pfx({ key, cert }: Certificate): string {
  const asn1 = forge.pkcs12.toPkcs12Asn1(forge.pki.privateKeyFromPem(key), [forge.pki.certificateFromPem(cert)], '');
  return forge.util.encode64(forge.asn1.toDer(asn1).getBytes());
}

describe('a certificate from Key Vault', () => {
  test('as PEM and as PFX signs an assertion that the authority takes, a fresh one each time', async () => {
    for (const text of [`${certificate.key}\n${certificate.cert}`, pfx(certificate)]) {
      loopback.vault.put('certificate', text);
      const { auth, endsAt } = certificateAuth(certificateSecret(), Date.now);
      expect(endsAt()).toBe(null);
      const tokens = signIn(auth);
      const first = await tokens.get();
      expect(await tokens.refresh(first)).not.toBe(first);
      expect(new Date(endsAt() as number).toISOString()).toBe('2049-01-01T00:00:00.000Z');
    }
    expect(authority.requests.map(request => request.proof)).toEqual(Array(4).fill('certificate'));
  });

  test('the last one read serves while the vault is away', async () => {
    loopback.vault.put('certificate', pfx(certificate));
    const { auth } = certificateAuth(certificateSecret(), Date.now);
    const tokens = signIn(auth);
    const first = await tokens.get();
    loopback.vault.faults.down = true;
    expect(await tokens.refresh(first)).not.toBe(first);
  });

  test('one that the app registration does not know, is missing, or is none: said with the next step', async () => {
    const missing = signIn(certificateAuth(certificateSecret(), Date.now).auth);
    await expect(missing.get()).rejects.toMatchObject({
      trouble: { kind: 'credential', reason: expect.stringContaining('404 SecretNotFound') },
    });
    loopback.vault.put('certificate', 'bm9uc2Vuc2U=');
    await expect(missing.get()).rejects.toThrow('neither PEM nor a PFX');
    const other = await createCertificate('somebody-else');
    loopback.vault.put('certificate', pfx(other));
    await expect(missing.get()).rejects.toThrow('AADSTS700027');
    expect(missing.problems()).toMatchObject([{ kind: 'credential' }]);
    loopback.vault.put('certificate', pfx(certificate));
    await missing.get();
    expect(missing.problems()).toEqual([]);
  });

  test('what cannot be used is refused in words that hold nothing of the key', async () => {
    await expect(parseCertificate(certificate.cert)).rejects.toThrow('it holds no private key');
    const other = await createCertificate('somebody-else');
    await expect(parseCertificate(`${certificate.key}\n${other.cert}`)).rejects.toThrow('no certificate of its key');
    const chain = `${other.cert}\n${certificate.cert}\n${certificate.key}`;
    expect((await parseCertificate(chain)).thumbprint).toBe(certificate.x5tS256);
  });
});

describe('the managed identity in its stead', () => {
  test("its token for the exchange is the app registration's proof", async () => {
    await signIn(federatedAuth(identity(), true)).get();
    expect(authority.requests[0]).toMatchObject({ proof: 'federated', error: null });
    expect(loopback.identity.asked).toContainEqual({
      resource: 'api://AzureADTokenExchange',
      clientId: loopback.clientId,
    });
  });

  test('where there is none, the missing credential is named', async () => {
    const nowhere = signIn(federatedAuth(identity(), false));
    await expect(nowhere.get()).rejects.toMatchObject({
      trouble: { kind: 'credential', nextStep: expect.stringContaining('PARTNER_CLIENT_SECRET') },
    });
    const unknown = createAzureIdentity({ clientId: 'a-client-id-nobody-knows', managed: true });
    await expect(signIn(federatedAuth(unknown, true)).get()).rejects.toThrow('The managed identity gives no token');
    expect(authority.requests).toEqual([]);
  });
});
