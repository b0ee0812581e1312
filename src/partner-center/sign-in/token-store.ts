import type { Instant } from '../../base/instant.ts';

/** Where the refresh token is kept between runs. */
export interface TokenStore {
  /** @throws TokenStoreError */
  read(): Promise<StoredToken>;
  /** Replaces what is kept; when it throws, the old token is still there. @throws TokenStoreError */
  save(token: string): Promise<void>;
}

export interface StoredToken {
  readonly token: string;
  /** When it was saved; null when the store does not tell. */
  readonly savedAt: Instant | null;
  /** When the store itself lets it expire; null when it never does. */
  readonly expiresAt: Instant | null;
}

/** The store failed. The message is for the operator: no token, no address. */
export class TokenStoreError extends Error {
  override readonly name = 'TokenStoreError';
  readonly nextStep: string;

  constructor(message: string, nextStep: string, options?: ErrorOptions) {
    super(message, options);
    this.nextStep = nextStep;
  }
}
