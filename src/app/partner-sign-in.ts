import type { ClientAuth } from 'openid-client';
import { type AzureIdentity, createAzureIdentity } from '../azure/identity.ts';
import { openVaultSecret } from '../azure/vault-secret.ts';
import type { Surroundings } from '../base/given.ts';
import type { Clock, Instant } from '../base/instant.ts';
import { type AccessTokens, createAccessTokens } from '../partner-center/sign-in/access-tokens.ts';
import { certificateAuth, federatedAuth, secretAuth } from '../partner-center/sign-in/client-auth.ts';
import { createFileTokenStore } from '../partner-center/sign-in/file-token-store.ts';
import { type KnownEnd, knownEnds } from '../partner-center/sign-in/known-ends.ts';
import type { AuthorityOptions } from '../partner-center/sign-in/token-endpoint.ts';
import type { TokenStore } from '../partner-center/sign-in/token-store.ts';
import { createVaultTokenStore } from '../partner-center/sign-in/vault-token-store.ts';
import type { SignInSettings } from '../settings/settings.ts';

/** Everything that has to do with signing in to Partner Center, wired from the settings. */
export interface PartnerSignIn {
  /** Who we are towards Azure. */
  readonly identity: AzureIdentity;
  readonly store: TokenStore;
  readonly authority: AuthorityOptions;
  readonly tokens: AccessTokens;
  /** What is known to end some day: secret, certificate, refresh token. Grows as things are read. */
  ends(): readonly KnownEnd[];
}

export function openPartnerSignIn(
  settings: SignInSettings & { readonly clientSecretExpiresOn?: Instant | null },
  { log, clock, limits }: Surroundings,
): PartnerSignIn {
  const { partner, refreshToken } = settings;
  const managed = isManaged();
  const identity = createAzureIdentity({ clientId: settings.identityClientId, managed, timeoutMs: limits?.identity });
  const store =
    refreshToken.kind === 'file'
      ? createFileTokenStore(refreshToken.path)
      : createVaultTokenStore({ secret: openVaultSecret(refreshToken.secretUrl, identity, limits?.vault), log, clock });
  const credential = clientCredential(partner.credential, identity, managed, clock);
  const { authorityUrl, tenantId, clientId, scope } = partner;
  const authority = { authorityUrl, tenantId, clientId, clientAuth: credential.auth, timeoutMs: limits?.signIn };
  const tokens = createAccessTokens({ ...authority, scope, store, log, clock });
  const clientSecretExpiresOn = (partner.credential.kind === 'secret' && settings.clientSecretExpiresOn) || null;
  return {
    identity,
    store,
    authority,
    tokens,
    ends: () => knownEnds({ clientSecretExpiresOn, certificateEndsAt: credential.endsAt(), stored: tokens.stored() }),
  };
}

/** Whether the platform gives us a managed identity. Its own variable, not a setting of ours. */
export function isManaged(): boolean {
  return Boolean(process.env.IDENTITY_ENDPOINT);
}

function clientCredential(
  credential: SignInSettings['partner']['credential'],
  identity: AzureIdentity,
  managed: boolean,
  clock: Clock,
): { readonly auth: ClientAuth; endsAt(): Instant | null } {
  if (credential.kind === 'secret') return { auth: secretAuth(credential.secret), endsAt: () => null };
  if (credential.kind === 'federated') return { auth: federatedAuth(identity, managed), endsAt: () => null };
  return certificateAuth(openVaultSecret(credential.secretUrl, identity), clock);
}
