import type { TokenCredential } from '@azure/identity';
import type { ClientAuth } from 'openid-client';
import type { Clock, Instant } from '../instant.ts';
import type { Log } from '../log.ts';
import { createAzureIdentity } from '../referrals/azure-identity.ts';
import { certificateAuth, federatedAuth, secretAuth } from '../referrals/client-auth.ts';
import { createFileTokenStore } from '../referrals/file-token-store.ts';
import { type KnownEnd, knownEnds } from '../referrals/known-ends.ts';
import { type AccessTokens, createAccessTokens } from '../referrals/sign-in.ts';
import type { AuthorityOptions } from '../referrals/token-endpoint.ts';
import type { TokenStore } from '../referrals/token-store.ts';
import { openVaultSecret } from '../referrals/vault-secret.ts';
import { createVaultTokenStore } from '../referrals/vault-token-store.ts';
import type { SignInSettings } from '../settings.ts';

/** Everything that has to do with signing in to Partner Center, wired from the settings. */
export interface PartnerSignIn {
  /** Who we are towards Azure. */
  readonly identity: TokenCredential;
  readonly store: TokenStore;
  readonly authority: AuthorityOptions;
  readonly tokens: AccessTokens;
  /** What is known to end some day: secret, certificate, refresh token. Grows as things are read. */
  ends(): readonly KnownEnd[];
}

export function openPartnerSignIn(
  settings: SignInSettings,
  { log, clock }: { readonly log: Log; readonly clock: Clock },
): PartnerSignIn {
  const { partner, refreshToken } = settings;
  // The platform's own variable, not a setting of ours.
  const managed = Boolean(process.env.IDENTITY_ENDPOINT);
  const identity = createAzureIdentity({ clientId: settings.identityClientId, managed });
  const store =
    refreshToken.kind === 'file'
      ? createFileTokenStore(refreshToken.path)
      : createVaultTokenStore({ secret: openVaultSecret(refreshToken.secretUrl, identity), log, clock });
  const credential = clientCredential(partner.credential, identity, managed, clock);
  const { authorityUrl, tenantId, clientId, scope } = partner;
  const authority = { authorityUrl, tenantId, clientId, clientAuth: credential.auth };
  const tokens = createAccessTokens({ ...authority, scope, store, log, clock });
  const clientSecretExpiresOn = partner.credential.kind === 'secret' ? partner.clientSecretExpiresOn : null;
  return {
    identity,
    store,
    authority,
    tokens,
    ends: () => knownEnds({ clientSecretExpiresOn, certificateEndsAt: credential.endsAt(), stored: tokens.stored() }),
  };
}

function clientCredential(
  credential: SignInSettings['partner']['credential'],
  identity: TokenCredential,
  managed: boolean,
  clock: Clock,
): { readonly auth: ClientAuth; endsAt(): Instant | null } {
  if (credential.kind === 'secret') return { auth: secretAuth(credential.secret), endsAt: () => null };
  if (credential.kind === 'federated') return { auth: federatedAuth(identity, managed), endsAt: () => null };
  return certificateAuth(openVaultSecret(credential.secretUrl, identity), clock);
}
