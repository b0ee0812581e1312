import { ClientSecretCredential, ManagedIdentityCredential, type TokenCredential } from '@azure/identity';
import { AppCredentials, ServiceClientCredentialsFactory } from 'botframework-connector';
import { inTime } from '../base/in-time.ts';

/** Who the bot is towards Teams. */
export interface BotIdentity {
  readonly appId: string;
  readonly tenantId: string;
  readonly credential: { readonly kind: 'managed-identity' } | { readonly kind: 'password'; readonly password: string };
  /** Where a bot with a password gets its token; https. */
  readonly authorityUrl: string;
}

const TOKEN_TIME_MS = 4_000;
const SCOPE = 'https://api.botframework.com/.default';

/** The SDK's own way tries every identity there is, five times each; this one asks the right one, once. */
function createTokenCredential({ appId, tenantId, credential, authorityUrl }: BotIdentity): TokenCredential {
  if (credential.kind === 'managed-identity') {
    return new ManagedIdentityCredential({ clientId: appId, retryOptions: { maxRetries: 1, maxRetryDelayInMs: 500 } });
  }
  return new ClientSecretCredential(tenantId, appId, credential.password, {
    authorityHost: authorityUrl,
    disableInstanceDiscovery: true,
    retryOptions: { maxRetries: 1, maxRetryDelayInMs: 500 },
  });
}

class BotCredentials extends AppCredentials {
  readonly #credential: TokenCredential;

  constructor(identity: BotIdentity, credential: TokenCredential) {
    super(identity.appId, identity.tenantId);
    this.#credential = credential;
    // The base class keeps tokens for the whole process under this name.
    this.tokenCacheKey = `${crypto.randomUUID()}-cache`;
  }

  async getsToken(): Promise<boolean> {
    return this.refreshToken().then(
      () => true,
      () => false,
    );
  }

  protected async refreshToken() {
    // Not every credential listens to its signal.
    const token = await inTime(TOKEN_TIME_MS, abortSignal => this.#credential.getToken(SCOPE, { abortSignal }));
    if (!token) throw new Error('no token for the bot');
    return { accessToken: token.token, expiresOn: new Date(token.expiresOnTimestamp) };
  }
}

class BotCredentialsFactory extends ServiceClientCredentialsFactory {
  readonly #appId: string;
  readonly #credentials: BotCredentials;

  constructor(identity: BotIdentity) {
    super();
    this.#appId = identity.appId;
    this.#credentials = new BotCredentials(identity, createTokenCredential(identity));
  }

  override isValidAppId(appId: string) {
    return Promise.resolve(appId === this.#appId);
  }

  override isAuthenticationDisabled() {
    return Promise.resolve(false);
  }

  override createCredentials() {
    return Promise.resolve(this.#credentials);
  }
}

/** Gives the adapter tokens of the bot's own identity; never an adapter without one. */
export function createCredentialsFactory(identity: BotIdentity): ServiceClientCredentialsFactory {
  return new BotCredentialsFactory(identity);
}

/** Whether the bot's identity gives a token now. */
export function getsToken(identity: BotIdentity): Promise<boolean> {
  return new BotCredentials(identity, createTokenCredential(identity)).getsToken();
}
