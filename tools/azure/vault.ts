import { SecretClient } from '@azure/keyvault-secrets';
import { createAzureIdentity } from '../../src/azure/identity.ts';
import type { Deployment } from './environment.ts';

/** The vault of a deployment, as whoever is signed in to Azure CLI. */
export function openVault(deployment: Deployment): SecretClient {
  const vault = new URL(deployment.need('REFRESH_TOKEN_SECRET_URL')).origin;
  const managed = process.env.IDENTITY_ENDPOINT !== undefined;
  return new SecretClient(vault, createAzureIdentity({ clientId: deployment.get('AZURE_CLIENT_ID'), managed }));
}

/** The name in the vault of a setting's value. */
export function secretName(setting: string): string {
  return setting.toLowerCase().replaceAll('_', '-');
}

/** The SDK's own words name the vault, and its request holds the value. */
export function reasonOf(error: unknown): string {
  const { statusCode, code, name } = error as { statusCode?: number; code?: string; name?: string };
  if (statusCode === 403)
    return '403: rights take some minutes to spread after a deployment; try again. Else AZURE_PRINCIPAL_ID was not yours.';
  return [statusCode, code].filter(Boolean).join(' ') || name || 'no reason';
}
