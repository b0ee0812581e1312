import { setTimeout as sleep } from 'node:timers/promises';
import { type Clock, type Instant, MINUTE } from '../../base/instant.ts';
import type { Log } from '../../base/log.ts';
import { SignInNeededError } from '../../model/errors.ts';
import type { SignInTrouble } from '../../model/sign-in-trouble.ts';
import type { AuthorityOptions, Grant } from './token-endpoint.ts';
import { type StoredToken, type TokenStore, TokenStoreError } from './token-store.ts';

export interface AccessTokensOptions extends AuthorityOptions {
  readonly scope: string;
  readonly store: TokenStore;
  readonly log: Log;
  readonly clock: Clock;
  /** Between two of the twelve looks at the store after a refusal. Default 250 ms: three seconds in all. */
  readonly lookAgainMs?: number;
}

export interface AccessTokens {
  /**
   * An access token for Partner Center, kept until five minutes before its end.
   * @throws SignInNeededError, ThrottledError, PartnerCenterError when the authority fails, TimedOutError
   */
  get(): Promise<string>;
  /** Another one than that which Partner Center refused. @throws as `get` */
  refresh(rejected: string): Promise<string>;
  /** Tries again to save a refresh token that the store did not take; to be called once a poll. Never throws. */
  settle(): Promise<void>;
  /** What is wrong now, also when tokens can still be had. */
  problems(): readonly SignInTrouble[];
  /** What the store told of the refresh token when it was last read; null until then. */
  stored(): Omit<StoredToken, 'token'> | null;
}

const EARLY = 5 * MINUTE;
/** A token that ends sooner may end on its way. */
const SURE = MINUTE / 2;
// Another instance that rotated the token needs a moment between the authority's answer and its own save.
const LOOKS = 12;
// A store that keeps changing under us is a storm of other instances: one of these rounds wins.
const ROUNDS = 10;

/** Redeems and rotates the refresh token. One process has one; several processes may share a store. */
export function createAccessTokens(options: AccessTokensOptions): AccessTokens {
  const { scope, store, log, clock, lookAgainMs = 250 } = options;
  let current: { readonly token: string; readonly until: Instant } | null = null;
  // A rotated token the store did not take yet, with what the store holds in its stead. New: not tried before.
  let unsaved: { readonly token: string; readonly replaces: string; readonly isNew: boolean } | null = null;
  let renewal: Promise<string> | null = null;
  let turn: Promise<unknown> = Promise.resolve();
  let refused: SignInTrouble | null = null;
  let unsavedTrouble: SignInTrouble | null = null;
  let stored: Omit<StoredToken, 'token'> | null = null;

  function get(): Promise<string> {
    if (current && clock() < current.until - EARLY) return Promise.resolve(current.token);
    renewal ??= inTurn(renew).finally(() => {
      renewal = null;
    });
    return renewal;
  }

  async function refresh(rejected: string): Promise<string> {
    if (renewal !== null) await renewal.catch(() => {});
    if (current?.token === rejected) current = null;
    return get();
  }

  async function settle(): Promise<void> {
    if (unsaved) await inTurn(saveUnsaved);
  }

  /** Redeeming and saving never overlap: each leaves the refresh token in one certain place. */
  function inTurn<T>(job: () => Promise<T>): Promise<T> {
    const result = turn.then(job);
    turn = result.catch(() => {});
    return result;
  }

  async function renew(): Promise<string> {
    try {
      const token = await redeemStored();
      refused = null;
      return token;
    } catch (error) {
      const failure = error instanceof TokenStoreError ? storeFailure(error) : error;
      if (failure instanceof SignInNeededError) {
        refused = failure.trouble;
        log.error('sign-in.needed', { kind: refused.kind, reason: refused.reason });
      }
      // In its last minutes the old one still opens; what keeps us from the next one is told all the same.
      if (current && clock() < current.until - SURE) return current.token;
      throw failure;
    }
  }

  async function redeemStored(): Promise<string> {
    if (unsaved) await saveUnsaved();
    let token = unsaved?.token ?? (await readStore());
    for (let round = 1; ; round += 1) {
      try {
        return await accept(await redeemWithLibrary(token), token);
      } catch (error) {
        const another = isRefusal(error) && round < ROUNDS ? await anotherThan(token) : null;
        if (another === null) throw error;
        // Somebody else signed in or rotated: ours is out of date, whether it was saved or not.
        unsaved = null;
        unsavedTrouble = null;
        token = another;
      }
    }
  }

  /** The OAuth library comes with the first token that is redeemed. */
  async function redeemWithLibrary(token: string): Promise<Grant> {
    const { authorityOf, redeem } = await import('./token-endpoint.ts');
    return redeem(authorityOf(options), token, scope);
  }

  /** Saves the successor before the access token is handed to anybody. */
  async function accept(grant: Grant, redeemed: string): Promise<string> {
    const successor = grant.refreshToken;
    if (successor !== null && successor !== redeemed) {
      unsaved = { token: successor, replaces: unsaved?.replaces ?? redeemed, isNew: true };
      await saveUnsaved();
    }
    current = { token: grant.accessToken, until: clock() + grant.expiresInSeconds * 1000 };
    log.info('sign-in.renewed', { rotated: successor !== null, saved: unsaved === null });
    return grant.accessToken;
  }

  /** Never throws: a token that cannot be saved is kept in memory and reported. */
  async function saveUnsaved(): Promise<void> {
    if (!unsaved) return;
    const { token, replaces, isNew } = unsaved;
    unsaved = { token, replaces, isNew: false };
    try {
      // After a failure somebody may have signed in anew; that token must not be overwritten by our older one.
      const kept = isNew ? replaces : await readStore();
      if (kept === replaces) await store.save(token);
      unsaved = null;
      unsavedTrouble = null;
    } catch (error) {
      unsavedTrouble = storeFailure(error).trouble;
      log.error('sign-in.token-not-saved', { reason: unsavedTrouble.reason });
    }
  }

  async function readStore(): Promise<string> {
    const { token, savedAt, expiresAt } = await store.read();
    stored = { savedAt, expiresAt };
    return token;
  }

  /** What the store holds instead of a refused token, looked at for about three seconds; null when it is the same. */
  async function anotherThan(refusedToken: string): Promise<string | null> {
    for (let look = 0; look < LOOKS; look += 1) {
      const kept = await readStore();
      if (kept !== refusedToken && kept !== unsaved?.replaces) return kept;
      await sleep(lookAgainMs);
    }
    return null;
  }

  return {
    get,
    refresh,
    settle,
    problems: () => [refused, unsavedTrouble].filter(trouble => trouble !== null),
    stored: () => stored,
  };
}

function isRefusal(error: unknown): boolean {
  return error instanceof SignInNeededError && error.trouble.kind === 'sign-in';
}

function storeFailure(error: unknown): SignInNeededError {
  const known = error instanceof TokenStoreError;
  return new SignInNeededError(
    {
      kind: 'token-store',
      reason: known ? error.message : 'The store of the refresh token failed',
      nextStep: known ? error.nextStep : 'Look at the log of the last poll, then run `npm run doctor`.',
    },
    { cause: error },
  );
}
