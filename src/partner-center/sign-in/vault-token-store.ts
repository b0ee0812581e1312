import { VaultError, type VaultSecret } from '../../azure/vault-secret.ts';
import { type Clock, DAY } from '../../base/instant.ts';
import type { Log } from '../../base/log.ts';
import { type TokenStore, TokenStoreError } from './token-store.ts';

/** Entra lets a refresh token die after 90 days without use; the secret says the same. */
const TOKEN_LIFE = 90 * DAY;

/** Keeps the refresh token as a Key Vault secret: each rotation a new version, the one it replaced disabled. */
export function createVaultTokenStore(options: {
  readonly secret: VaultSecret;
  readonly log: Log;
  readonly clock: Clock;
}): TokenStore {
  const { secret, log, clock } = options;
  // Replaced versions that are not disabled yet.
  const leftovers = new Set<string>();
  let ours: string | null = null;

  async function newestVersion(): Promise<string | null> {
    try {
      return (await secret.get()).version;
    } catch {
      // None yet, or disabled by hand. If the vault is down, the write that follows will tell.
      return null;
    }
  }

  async function disableLeftovers(): Promise<void> {
    for (const version of leftovers) {
      try {
        await secret.disable(version);
        leftovers.delete(version);
      } catch (error) {
        log.warn('sign-in.version-not-disabled', { reason: error instanceof VaultError ? error.message : 'unknown' });
      }
    }
  }

  return {
    async read() {
      try {
        const { value, savedAt, expiresAt } = await secret.get();
        if (value.trim() !== '') return { token: value.trim(), savedAt, expiresAt };
      } catch (error) {
        throw storeError(error, 'read');
      }
      throw storeError(new VaultError('missing', 'empty'), 'read');
    },

    async save(token) {
      // Asked before the write: whatever is newest now is older than ours, so the newest is never disabled.
      const replaced = await newestVersion();
      try {
        const saved = await secret.add(token, clock() + TOKEN_LIFE);
        // Another instance may have written right after us without seeing our version: then nobody else replaces it.
        if (ours !== null && replaced !== null) leftovers.add(ours);
        ours = saved;
      } catch (error) {
        throw storeError(error, 'write');
      }
      if (replaced !== null) leftovers.add(replaced);
      await disableLeftovers();
    },
  };
}

const SETTING = 'REFRESH_TOKEN_SECRET_URL';

function storeError(error: unknown, action: 'read' | 'write'): TokenStoreError {
  const { kind, message } = error instanceof VaultError ? error : new VaultError('unavailable', 'unknown reason');
  const [reason, nextStep] = {
    missing: ['The Key Vault secret holds no refresh token yet', `Run \`npm run sign-in\` with ${SETTING} set.`],
    disabled: [
      'The newest version of the Key Vault secret is disabled',
      'Enable it if it was disabled by mistake; else run `npm run sign-in`.',
    ],
    forbidden: [
      `Key Vault does not let us ${action} the refresh token`,
      'Give whoever runs this the role Key Vault Secrets Officer on the vault, and let its network through.',
    ],
    deleted: ['The Key Vault secret was deleted', `Recover the secret that ${SETTING} names, or purge it.`],
    'no-identity': [
      'There is no identity to reach Key Vault with',
      'In Azure check AZURE_CLIENT_ID and the managed identity; on your own machine run `az login`.',
    ],
    unavailable: [
      `Key Vault cannot be reached to ${action} the refresh token`,
      `Check ${SETTING}, the vault's network rules and the health of Azure.`,
    ],
  }[kind] as [string, string];
  return new TokenStoreError(`${reason} (${message})`, nextStep);
}
