import type { TokenCredential } from '@azure/identity';
import { inTime, NotInTimeError } from '../base/in-time.ts';
import { CALL_MS } from './time-limit.ts';

/** Who we are towards Azure. */
export type AzureIdentity = TokenCredential;

/** The platform gave no token in time. Named like the SDK's own, which whoever called tells by its name. */
class NoTokenInTimeError extends Error {
  override readonly name = 'AuthenticationError';
}

export interface AzureIdentityOptions {
  /** Client id of the user-assigned identity; null: the system-assigned one. */
  readonly clientId: string | null;
  /** Whether the platform offers a managed identity here (`IDENTITY_ENDPOINT`). */
  readonly managed: boolean;
  /** For one token. Default 10 s. */
  readonly timeoutMs?: number | undefined;
}

/**
 * Who we are towards Azure: the managed identity where there is one, else the developer's own sign-in (az, azd, Az
 * PowerShell). The SDK is loaded when a token is first asked for.
 */
export function createAzureIdentity({ clientId, managed, timeoutMs = CALL_MS }: AzureIdentityOptions): AzureIdentity {
  let credential: Promise<TokenCredential> | null = null;

  async function load(): Promise<TokenCredential> {
    const sdk = await import('@azure/identity');
    if (managed) {
      const retryOptions = { maxRetries: 2, maxRetryDelayInMs: 1_000 };
      return clientId
        ? new sdk.ManagedIdentityCredential({ clientId, retryOptions })
        : new sdk.ManagedIdentityCredential({ retryOptions });
    }
    return new sdk.ChainedTokenCredential(
      new sdk.AzureCliCredential(),
      new sdk.AzureDeveloperCliCredential(),
      new sdk.AzurePowerShellCredential(),
    );
  }

  return {
    getToken: (scopes, options) =>
      inTime(
        timeoutMs,
        async abortSignal => {
          credential ??= load();
          return (await credential).getToken(scopes, { ...options, abortSignal });
        },
        options?.abortSignal as AbortSignal | undefined,
      ).catch(error => {
        throw error instanceof NotInTimeError ? new NoTokenInTimeError('no token in time') : error;
      }),
  };
}
