import type { CryptoKey, JWK } from 'jose';
import { type Clock, HOUR, type Instant, MINUTE } from '../base/instant.ts';
import type { Log } from '../base/log.ts';

/** A signing key as it was found, with the issuer whose tokens it signs. */
export interface SigningKey {
  readonly key: CryptoKey;
  readonly issuer: string;
}

export interface SigningKeys {
  /** The key with this id; `unknown` when the authority has none, `unreachable` when it could not be asked. */
  find(keyId: string): Promise<SigningKey | 'unknown' | 'unreachable'>;
}

interface KeySet {
  readonly issuer: string;
  readonly keys: ReadonlyMap<string, CryptoKey>;
  readonly fetchedAt: Instant;
}

const REFRESH_AFTER = 12 * HOUR;
const USABLE_FOR = 24 * HOUR;
const MOST_FETCHES_A_MINUTE = 4;

/**
 * A tenant's signing keys, kept for a day at most and fetched anew after half of one or for an unknown key id.
 * Whoever floods us with invented key ids makes no more than a few fetches a minute.
 */
export function createSigningKeys(options: {
  /** `{authority}/{tenant}/v2.0/.well-known/openid-configuration` */
  readonly metadataUrl: string;
  readonly log: Log;
  readonly clock: Clock;
  readonly timeoutMs?: number;
}): SigningKeys {
  const { metadataUrl, log, clock, timeoutMs = 5_000 } = options;
  let kept: KeySet | null = null;
  let fetching: Promise<void> | null = null;
  let lastFetchFailed = false;
  // Of the real clock, for it guards real requests.
  let fetchTimes: number[] = [];

  async function find(keyId: string): Promise<SigningKey | 'unknown' | 'unreachable'> {
    if (!within(USABLE_FOR)?.keys.has(keyId)) await refresh();
    // A caller whose key still serves does not wait for newer ones.
    else if (!within(REFRESH_AFTER)) void refresh();
    const usable = within(USABLE_FOR);
    const key = usable?.keys.get(keyId);
    if (usable && key) return { key, issuer: usable.issuer };
    return usable && !lastFetchFailed ? 'unknown' : 'unreachable';
  }

  /** The keys, when they are younger than this. */
  function within(age: number): KeySet | null {
    return kept && Math.abs(clock() - kept.fetchedAt) < age ? kept : null;
  }

  /** Never rejects. */
  function refresh(): Promise<void> {
    if (fetching !== null) return fetching;
    const now = performance.now();
    fetchTimes = fetchTimes.filter(time => now - time < MINUTE);
    if (fetchTimes.length >= MOST_FETCHES_A_MINUTE) return Promise.resolve();
    fetchTimes.push(now);
    fetching = fetchKeys().finally(() => {
      fetching = null;
    });
    return fetching;
  }

  async function fetchKeys(): Promise<void> {
    try {
      const metadata = (await readJson(metadataUrl)) as { issuer?: unknown; jwks_uri?: unknown };
      if (typeof metadata.issuer !== 'string' || typeof metadata.jwks_uri !== 'string') throw new Error('no metadata');
      if (metadataUrl.startsWith('https:') && !metadata.jwks_uri.startsWith('https:')) throw new Error('no https');
      const { keys } = (await readJson(metadata.jwks_uri)) as { keys?: unknown };
      kept = { issuer: metadata.issuer, keys: await importKeys(keys), fetchedAt: clock() };
      lastFetchFailed = false;
    } catch (error) {
      lastFetchFailed = true;
      log.warn('entra.keys-not-fetched', { reason: error instanceof Error ? error.name : 'unknown' });
    }
  }

  async function readJson(url: string): Promise<unknown> {
    const { default: fetch } = await import('node-fetch');
    const response = await fetch(url, {
      redirect: 'error',
      size: 1024 * 1024,
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (!response.ok) throw new Error('refused');
    return response.json();
  }

  return { find };
}

/** RSA signing keys by id; what cannot be used is left out. The keys name no algorithm, so we do. */
async function importKeys(keys: unknown): Promise<ReadonlyMap<string, CryptoKey>> {
  const { importJWK } = await import('jose');
  const imported = new Map<string, CryptoKey>();
  for (const jwk of (Array.isArray(keys) ? keys : []) as (JWK | null)[]) {
    if (jwk?.kty !== 'RSA' || typeof jwk.kid !== 'string' || jwk.use === 'enc') continue;
    const key = await importJWK({ kty: 'RSA', n: jwk.n as string, e: jwk.e as string }, 'RS256').catch(() => null);
    if (key && !(key instanceof Uint8Array)) imported.set(jwk.kid, key);
  }
  if (imported.size === 0) throw new Error('no keys');
  return imported;
}
