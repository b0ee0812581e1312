import type { TokenCredential } from '@azure/identity';
import type { KeyVaultSecret, SecretClient } from '@azure/keyvault-secrets';
import { inTime, NotInTimeError } from '../base/in-time.ts';
import type { Instant } from '../base/instant.ts';
import { CALL_MS } from './time-limit.ts';

export interface SecretVersion {
  readonly value: string;
  readonly version: string;
  readonly contentType: string | null;
  readonly savedAt: Instant | null;
  readonly expiresAt: Instant | null;
}

/** What Key Vault's refusal means. Its message says nothing of the vault's address or of a value. */
export class VaultError extends Error {
  override readonly name = 'VaultError';
  readonly kind: 'missing' | 'disabled' | 'forbidden' | 'no-identity' | 'deleted' | 'unavailable';

  constructor(kind: VaultError['kind'], detail: string) {
    super(detail);
    this.kind = kind;
  }
}

export interface VaultSecret {
  /** The newest version, or the one the address names. @throws VaultError */
  get(): Promise<SecretVersion>;
  /** Adds a version and answers its id. @throws VaultError */
  add(value: string, expiresAt: Instant): Promise<string>;
  /** @throws VaultError */
  disable(version: string): Promise<void>;
}

// A poll asks while people wait for their alerts: one that is down must show it soon.
const RETRIES = { maxRetries: 2, retryDelayInMs: 500, maxRetryDelayInMs: 4_000 };

/** One secret of a Key Vault. The SDK is loaded and the identity asked at first use. */
export function openVaultSecret(
  secretUrl: string,
  credential: TokenCredential,
  timeoutMs: number = CALL_MS,
): VaultSecret {
  const url = new URL(secretUrl);
  const [, , name = '', version] = url.pathname.split('/');
  let client: SecretClient | null = null;
  /** How many calls wait for a token: what is late then is the identity, not the vault. */
  let waiting = 0;
  const watched: TokenCredential = {
    async getToken(scopes, options) {
      waiting += 1;
      try {
        return await credential.getToken(scopes, options);
      } finally {
        waiting -= 1;
      }
    },
  };

  async function run<T>(operation: (client: SecretClient, abortSignal: AbortSignal) => Promise<T>): Promise<T> {
    try {
      if (!client) {
        const { SecretClient } = await import('@azure/keyvault-secrets');
        client = new SecretClient(url.origin, watched, { retryOptions: RETRIES });
      }
      const opened = client;
      return await inTime(timeoutMs, abortSignal => operation(opened, abortSignal));
    } catch (error) {
      if (error instanceof NotInTimeError && waiting > 0) throw new VaultError('no-identity', 'no token in time');
      throw vaultError(error);
    }
  }

  return {
    get: () =>
      run(async (vault, abortSignal) =>
        fromSdk(await vault.getSecret(name, { abortSignal, ...(version ? { version } : {}) })),
      ),
    add: (value, expiresAt) =>
      run(async (vault, abortSignal) => {
        const { properties } = await vault.setSecret(name, value, { abortSignal, expiresOn: new Date(expiresAt) });
        return properties.version ?? '';
      }),
    disable: old =>
      run(async (vault, abortSignal) => {
        await vault.updateSecretProperties(name, old, { abortSignal, enabled: false });
      }),
  };
}

function fromSdk({ value, properties }: KeyVaultSecret): SecretVersion {
  return {
    value: value ?? '',
    version: properties.version ?? '',
    contentType: properties.contentType ?? null,
    savedAt: properties.createdOn?.getTime() ?? null,
    expiresAt: properties.expiresOn?.getTime() ?? null,
  };
}

function vaultError(error: unknown): VaultError {
  if (error instanceof NotInTimeError) return new VaultError('unavailable', 'no answer in time');
  const { name, statusCode, code, details } = error as {
    name?: unknown;
    statusCode?: unknown;
    code?: unknown;
    details?: { error?: { innerError?: { code?: unknown } } };
  };
  // The SDK's own text names the vault and its `request` holds token and value: only code words go on.
  const inner = details?.error?.innerError?.code;
  const word = [inner, code].find(part => typeof part === 'string' && /^[\w-]{1,60}$/.test(part)) as string | undefined;
  const detail = [statusCode, word].filter(Boolean).join(' ') || (typeof name === 'string' ? name : 'unknown reason');
  if (typeof name === 'string' && /CredentialUnavailable|Authentication|CredentialUnavailableError/.test(name))
    return new VaultError('no-identity', detail);
  if (statusCode === 401) return new VaultError('no-identity', detail);
  if (statusCode === 404) return new VaultError('missing', detail);
  if (statusCode === 403) return new VaultError(word === 'SecretDisabled' ? 'disabled' : 'forbidden', detail);
  if (statusCode === 409) return new VaultError('deleted', detail);
  return new VaultError('unavailable', detail);
}
