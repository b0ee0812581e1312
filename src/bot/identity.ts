import { AppCredentials, ServiceClientCredentialsFactory } from 'botframework-connector';
import { type AppProof, createAppCredential } from '../azure/app-credential.ts';
import type { AzureIdentity } from '../azure/identity.ts';
import { inTime } from '../base/in-time.ts';

/** Who the bot is towards Teams. */
export interface BotIdentity {
  readonly appId: string;
  readonly tenantId: string;
  readonly credential: AppProof;
  /** Where a bot with a password gets its token; https. */
  readonly authorityUrl: string;
  /** What its own token is asked for. */
  readonly tokenScope: string;
}

const TOKEN_TIME_MS = 4_000;

/** Nothing was sent, for we could not say who we are. */
class NoTokenError extends Error {
  override readonly name = 'NoTokenError';
}

class BotCredentials extends AppCredentials {
  readonly #credential: AzureIdentity;
  readonly #scope: string;

  constructor(identity: BotIdentity, credential: AzureIdentity) {
    super(identity.appId, identity.tenantId);
    this.#credential = credential;
    this.#scope = identity.tokenScope;
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
    try {
      return await this.#newToken();
    } catch {
      throw new NoTokenError('no token for the bot');
    }
  }

  async #newToken() {
    // Not every credential listens to its signal.
    const token = await inTime(TOKEN_TIME_MS, abortSignal => this.#credential.getToken(this.#scope, { abortSignal }));
    if (!token) throw new NoTokenError('no token for the bot');
    return { accessToken: token.token, expiresOn: new Date(token.expiresOnTimestamp) };
  }
}

class BotCredentialsFactory extends ServiceClientCredentialsFactory {
  readonly #appId: string;
  readonly #credentials: BotCredentials;

  constructor(identity: BotIdentity) {
    super();
    this.#appId = identity.appId;
    this.#credentials = new BotCredentials(identity, createAppCredential(identity, identity.credential));
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
  return new BotCredentials(identity, createAppCredential(identity, identity.credential)).getsToken();
}
