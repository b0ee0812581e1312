import dns, { type LookupAddress, type LookupOptions } from 'node:dns';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import { createKeyVault, type KeyVault } from '../sandbox/key-vault/key-vault.ts';
import { createManagedIdentity, type ManagedIdentity } from '../sandbox/key-vault/managed-identity.ts';
import { createCertificate } from './certificate.ts';
import { takeIdentity } from './platform-identity.ts';

export interface VaultOnLoopback {
  readonly vault: KeyVault;
  readonly identity: ManagedIdentity;
  readonly clientId: string;
  /** Address of the secret with this name, in a vault with a real vault's host name. */
  secretUrl(name: string): string;
  /** Variables that make another process find and trust them too. */
  readonly environment: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

const HOST = 'sandbox.vault.azure.net';

/**
 * A Key Vault and a managed identity that the real SDKs of this process talk to: the SDK insists on https and on a
 * vault's host name, so this process learns where that host is and whom to trust.
 */
export async function createVaultOnLoopback(): Promise<VaultOnLoopback> {
  const clientId = '5d1f3c1e-7a52-4c11-8e0f-3f6f0c2f9b77';
  const certificate = await createCertificate(HOST, [HOST]);
  const identity = await createManagedIdentity({ clientId });
  const vault = await createKeyVault({
    tls: certificate,
    isToken: token => identity.isToken(token, 'https://vault.azure.net'),
  });
  const trusted = tls.getCACertificates('default');
  tls.setDefaultCACertificates([...trusted, certificate.cert]);
  const lookup = dns.lookup;
  dns.lookup = ((host: string, options: LookupOptions, done: (...args: unknown[]) => void) => {
    if (host !== HOST) return lookup(host, options, done as never);
    const address: LookupAddress = { address: '127.0.0.1', family: 4 };
    return options.all ? done(null, [address]) : done(null, address.address, address.family);
  }) as typeof dns.lookup;
  const folder = mkdtempSync(join(tmpdir(), 'vault-on-loopback-'));
  const authorityFile = join(folder, 'ca.pem');
  writeFileSync(authorityFile, certificate.cert);
  const before = { ...process.env };
  await takeIdentity(identity.environment);
  return {
    vault,
    identity,
    clientId,
    secretUrl: name => `https://${HOST}:${vault.port}/secrets/${name}`,
    environment: {
      ...identity.environment,
      AZURE_CLIENT_ID: clientId,
      NODE_EXTRA_CA_CERTS: authorityFile,
      NODE_OPTIONS: `--import ${new URL('vault-preload.ts', import.meta.url).pathname}`,
    },
    async close() {
      rmSync(folder, { recursive: true, force: true });
      dns.lookup = lookup;
      tls.setDefaultCACertificates(trusted);
      for (const name of Object.keys(identity.environment)) {
        const value = before[name];
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
      await vault.close();
      await identity.close();
    },
  };
}
