import type { CryptoKey, JWK } from 'jose';
import { ask, HttpError } from '../base/http.ts';
import { type Clock, HOUR, type Instant, MINUTE } from '../base/instant.ts';
import type { Log } from '../base/log.ts';
import { isSecure } from '../base/loopback.ts';

/** A signing key as it was found. */
export interface SigningKey {
  readonly key: CryptoKey;
  /** Whose tokens it signs, as the metadata say. */
  readonly issuer: string;
  /** The channels it may sign for; empty when the publisher names none. */
  readonly endorsements: readonly string[];
}

export interface SigningKeys {
  /** The key with this id; `unknown` when the publisher has none, `unreachable` when it could not be asked. Never rejects. */
  find(keyId: string): Promise<SigningKey | 'unknown' | 'unreachable'>;
}

const REFRESH_AFTER = 12 * HOUR;
const USABLE_FOR = 24 * HOUR;
const MOST_FETCHES_A_MINUTE = 4;
// Entra and the Bot Framework publish some ten kilobytes.
const LARGEST_BODY = 1024 * 1024;

/**
 * A publisher's signing keys, kept for a day at most and fetched anew after half of one or for an unknown key id.
 * Whoever floods us with invented key ids makes no more than a few fetches a minute, whether they succeed or not.
 */
export function createSigningKeys(options: {
  /** An OpenID configuration, which says where the keys are. */
  readonly metadataUrl: string;
  readonly log: Log;
  readonly clock: Clock;
  /** For each of its two requests. */
  readonly timeoutMs?: number;
}): SigningKeys {
  const { log, clock, timeoutMs = 2_500 } = options;
  const metadataUrl = new URL(options.metadataUrl);
  let kept: { readonly keys: ReadonlyMap<string, SigningKey>; readonly fetchedAt: Instant } | null = null;
  let fetching: Promise<void> | null = null;
  let lastFetchFailed = false;
  // By the real clock and by ours: a simulated one may stand still, or run ahead.
  let fetches: { readonly real: number; readonly ours: Instant }[] = [];

  async function find(keyId: string): Promise<SigningKey | 'unknown' | 'unreachable'> {
    if (!youngerThan(USABLE_FOR)?.has(keyId)) await refresh();
    // A caller whose key still serves does not wait for newer ones.
    else if (!youngerThan(REFRESH_AFTER)) void refresh();
    const usable = youngerThan(USABLE_FOR);
    return usable?.get(keyId) ?? (usable && !lastFetchFailed ? 'unknown' : 'unreachable');
  }

  function youngerThan(age: number): ReadonlyMap<string, SigningKey> | null {
    return kept && Math.abs(clock() - kept.fetchedAt) < age ? kept.keys : null;
  }

  /** Never rejects. */
  function refresh(): Promise<void> {
    if (fetching !== null) return fetching;
    const now = { real: performance.now(), ours: clock() };
    fetches = fetches.filter(({ real, ours }) => now.real - real < MINUTE && Math.abs(now.ours - ours) < MINUTE);
    if (fetches.length >= MOST_FETCHES_A_MINUTE) return Promise.resolve();
    fetches.push(now);
    fetching = fetchKeys().finally(() => {
      fetching = null;
    });
    return fetching;
  }

  async function fetchKeys(): Promise<void> {
    try {
      const { url, issuer } = placeOf(await readJson(metadataUrl), metadataUrl);
      kept = { keys: await importKeys(await readJson(url), issuer), fetchedAt: clock() };
      lastFetchFailed = false;
    } catch (error) {
      lastFetchFailed = true;
      const reason = error instanceof HttpError || error instanceof UnusableError ? error.message : 'unreadable';
      log.warn('callers.keys-not-fetched', { host: metadataUrl.hostname, reason });
    }
  }

  async function readJson(url: URL): Promise<Readonly<Record<string, unknown>>> {
    const { status, text } = await ask({ url: url.href }, { timeoutMs, maxBytes: LARGEST_BODY });
    if (status !== 200) throw new UnusableError(`HTTP ${status}`);
    return JSON.parse(text) ?? {};
  }

  return { find };
}

/** What the publisher answered is of no use. The message holds nothing of it. */
class UnusableError extends Error {}

function placeOf(metadata: Readonly<Record<string, unknown>>, metadataUrl: URL): { url: URL; issuer: string } {
  const { issuer, jwks_uri: address } = metadata;
  if (typeof issuer !== 'string' || typeof address !== 'string') throw new UnusableError('no metadata');
  const url = new URL(address);
  if (!isSecure(url) || (metadataUrl.protocol === 'https:' && url.protocol !== 'https:'))
    throw new UnusableError('no https');
  return { url, issuer };
}

/** RSA signing keys by id; what cannot be used is left out. Many keys name no algorithm, so we do. */
async function importKeys(
  { keys }: Readonly<Record<string, unknown>>,
  issuer: string,
): Promise<ReadonlyMap<string, SigningKey>> {
  const { importJWK } = await import('jose');
  const imported = new Map<string, SigningKey>();
  for (const jwk of (Array.isArray(keys) ? keys : []) as ((JWK & { endorsements?: unknown }) | null)[]) {
    if (jwk?.kty !== 'RSA' || typeof jwk.kid !== 'string' || jwk.use === 'enc') continue;
    const key = await importJWK({ kty: 'RSA', n: jwk.n as string, e: jwk.e as string }, 'RS256').catch(() => null);
    if (!key || key instanceof Uint8Array) continue;
    const endorsements = Array.isArray(jwk.endorsements)
      ? jwk.endorsements.filter(name => typeof name === 'string')
      : [];
    imported.set(jwk.kid, { key, issuer, endorsements });
  }
  if (imported.size === 0) throw new UnusableError('no keys');
  return imported;
}
