import { ClientSecretCredential, ManagedIdentityCredential } from '@azure/identity';
import type { AzureIdentity } from './identity.ts';

/** How an application proves to Entra that it is itself. */
export type AppProof = { readonly kind: 'managed-identity' } | { readonly kind: 'password'; readonly password: string };

/** The application itself towards Entra: it is asked for by one way, and once. Loaded with whoever imports this. */
export function createAppCredential(
  {
    appId,
    tenantId,
    authorityUrl,
  }: { readonly appId: string; readonly tenantId: string; readonly authorityUrl: string },
  proof: AppProof,
): AzureIdentity {
  const retryOptions = { maxRetries: 1, maxRetryDelayInMs: 500 };
  if (proof.kind === 'managed-identity') return new ManagedIdentityCredential({ clientId: appId, retryOptions });
  return new ClientSecretCredential(tenantId, appId, proof.password, {
    authorityHost: authorityUrl,
    disableInstanceDiscovery: true,
    retryOptions,
  });
}
