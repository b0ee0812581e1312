import { importJWK, type JWK } from 'jose';
import type { Clock, Instant } from '../base/instant.ts';
import { HOUR } from '../base/instant.ts';

/** The place that publishes the keys did not answer as it should. */
export class KeysUnavailableError extends Error {
  override readonly name = 'KeysUnavailableError';
}

export interface SigningKey {
  readonly key: Awaited<ReturnType<typeof importJWK>>;
  /** The channels it may sign for; empty when the publisher names none. */
  readonly endorsements: readonly string[];
}

type PublishedKey = JWK & { readonly endorsements?: unknown };

const FETCH_TIMEOUT_MS = 2_500;
/** A stranger with made-up key ids must not make us hammer the publisher. */
const PAUSE_MS = 15_000;

/**
 * The keys that sign what Teams sends, found through their OpenID metadata. They are read again twice a day and for
 * an unknown key id; while their publisher is away a key read within a day still serves.
 */
export function createSigningKeys({ metadataUrl, clock }: { metadataUrl: string; clock: Clock }) {
  let keys: readonly PublishedKey[] = [];
  let readAt: Instant = Number.NEGATIVE_INFINITY;
  let underWay: Promise<void> | null = null;

  function refresh(): Promise<void> {
    underWay ??= read().finally(() => {
      underWay = null;
    });
    return underWay;
  }

  async function read(): Promise<void> {
    const { jwks_uri: address } = await fetchJson<{ jwks_uri?: unknown }>(metadataUrl);
    if (typeof address !== 'string') throw new KeysUnavailableError('the metadata names no keys');
    if (metadataUrl.startsWith('https:') && !address.startsWith('https:')) {
      throw new KeysUnavailableError('the metadata names keys that are not behind https');
    }
    const published = await fetchJson<{ keys?: unknown }>(address);
    if (!Array.isArray(published.keys)) throw new KeysUnavailableError('there are no keys where the metadata says');
    keys = published.keys as PublishedKey[];
    readAt = clock();
  }

  return {
    /**
     * The key with this id, null when nobody publishes it.
     * @throws KeysUnavailableError when that cannot be known now
     */
    async find(kid: string): Promise<SigningKey | null> {
      const age = Math.abs(clock() - readAt);
      const known = keys.find(key => key.kid === kid);
      if (age > 12 * HOUR || (!known && age > PAUSE_MS)) {
        try {
          await refresh();
        } catch (error) {
          if (!known || age > 24 * HOUR) throw error;
        }
      }
      const found = keys.find(key => key.kid === kid);
      if (found?.kty !== 'RSA') return null;
      const { endorsements } = found;
      return {
        key: await importJWK(found, 'RS256'),
        endorsements: Array.isArray(endorsements) ? endorsements.filter(name => typeof name === 'string') : [],
      };
    },
  };
}

async function fetchJson<T>(address: string): Promise<T> {
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(FETCH_TIMEOUT_MS), redirect: 'error' });
    if (!response.ok) throw new KeysUnavailableError(`the signing keys cannot be read (${response.status})`);
    return (await response.json()) as T;
  } catch (error) {
    if (error instanceof KeysUnavailableError) throw error;
    throw new KeysUnavailableError('the signing keys cannot be read', { cause: error });
  }
}
