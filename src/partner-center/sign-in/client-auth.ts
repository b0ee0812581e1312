import { randomUUID } from 'node:crypto';
import type { ClientAuth } from 'openid-client';
import type { AzureIdentity } from '../../azure/identity.ts';
import { VaultError, type VaultSecret } from '../../azure/vault-secret.ts';
import type { Clock, Instant } from '../../base/instant.ts';
import { SignInNeededError } from '../../model/errors.ts';
import { type Certificate, parseCertificate } from './certificate.ts';

/** How the app registration proves itself at the token endpoint, in one of three ways. */

export function secretAuth(secret: string): ClientAuth {
  return (_server, client, body) => {
    body.set('client_id', client.client_id);
    body.set('client_secret', secret);
  };
}

export interface CertificateAuth {
  readonly auth: ClientAuth;
  /** The certificate's end; null until it was read. */
  endsAt(): Instant | null;
}

/** Signs an assertion with a certificate out of Key Vault. The last one read serves while the vault is away. */
export function certificateAuth(secret: VaultSecret, clock: Clock): CertificateAuth {
  let last: Certificate | null = null;

  async function certificate(): Promise<Certificate> {
    try {
      last = await parseCertificate((await secret.get()).value);
    } catch (error) {
      const unreachable = error instanceof VaultError && error.kind === 'unavailable';
      if (!last || !unreachable) throw credentialError(certificateReason(error), CERTIFICATE_STEP);
    }
    return last;
  }

  return {
    endsAt: () => last?.endsAt ?? null,
    auth: async (server, client, body) => {
      const { privateKey, thumbprint } = await certificate();
      const { SignJWT } = await import('jose');
      const now = Math.floor(clock() / 1000);
      const assertion = await new SignJWT({})
        .setProtectedHeader({ alg: 'PS256', typ: 'JWT', 'x5t#S256': thumbprint })
        .setIssuer(client.client_id)
        .setSubject(client.client_id)
        .setAudience(server.token_endpoint ?? server.issuer)
        .setJti(randomUUID())
        // A minute back: the authority's clock may be behind ours.
        .setIssuedAt(now - 60)
        .setNotBefore(now - 60)
        .setExpirationTime(now + 300)
        .sign(privateKey);
      setAssertion(body, client.client_id, assertion);
    },
  };
}

/** The managed identity vouches for the app registration: a federated credential, nothing to keep or renew. */
export function federatedAuth(identity: AzureIdentity, managed: boolean): ClientAuth {
  return async (_server, client, body) => {
    if (!managed) throw credentialError('The app registration has no credential', MISSING_STEP);
    const token = await identity.getToken('api://AzureADTokenExchange/.default').catch(() => null);
    if (!token) throw credentialError('The managed identity gives no token for the app registration', FEDERATED_STEP);
    setAssertion(body, client.client_id, token.token);
  };
}

function setAssertion(body: URLSearchParams, clientId: string, assertion: string): void {
  body.set('client_id', clientId);
  body.set('client_assertion_type', 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer');
  body.set('client_assertion', assertion);
}

const CERTIFICATE_STEP =
  'Check that PARTNER_CLIENT_CERTIFICATE_URL names the secret of an RSA certificate that is enabled, and that we may read it (role Key Vault Secrets User).';
const MISSING_STEP =
  'Set PARTNER_CLIENT_SECRET or PARTNER_CLIENT_CERTIFICATE_URL; without both this runs only in Azure, on the managed identity.';
const FEDERATED_STEP =
  'Check AZURE_CLIENT_ID and that the managed identity is assigned to this function app, or set PARTNER_CLIENT_SECRET.';

function certificateReason(error: unknown): string {
  const why = error instanceof Error ? error.message : 'unknown reason';
  return error instanceof VaultError
    ? `The certificate of the app registration cannot be read from Key Vault (${why})`
    : `The certificate of the app registration cannot be used: ${why}`;
}

function credentialError(reason: string, nextStep: string): SignInNeededError {
  return new SignInNeededError({ kind: 'credential', reason, nextStep });
}
