import type { AccessToken, GetTokenOptions, TokenCredential } from '@azure/identity';

/**
 * The managed identity of the app, asked over the platform's own endpoint. The SDK is loaded at first use:
 * who reaches everything by other means never pays for it.
 * @param clientId - of the user-assigned identity; null for the system's
 */
export function managedIdentity(clientId: string | null): TokenCredential {
  let credential: Promise<TokenCredential> | undefined;
  async function load(): Promise<TokenCredential> {
    const { ManagedIdentityCredential } = await import('@azure/identity');
    return clientId ? new ManagedIdentityCredential({ clientId }) : new ManagedIdentityCredential();
  }
  return {
    async getToken(scopes: string | string[], options?: GetTokenOptions): Promise<AccessToken | null> {
      credential ??= load();
      return (await credential).getToken(scopes, options);
    },
  };
}
