import { type Clock, type Instant, MINUTE } from '../base/instant.ts';
import { type HttpAnswer, json, problem } from './answer.ts';

/** One check of the doctor's. */
interface Check {
  readonly name: string;
  readonly state: 'ok' | 'warning' | 'failed' | 'skipped';
  readonly found: string;
  readonly cure: string;
}

/**
 * Lets the app check itself, at most once a minute: each time a token is redeemed and a row written.
 * Every instance counts for itself.
 */
export function createDoctorEndpoint(
  examine: () => Promise<readonly Check[]>,
  clock: Clock,
): () => Promise<HttpAnswer> {
  let lastAt: Instant | null = null;
  return async () => {
    const now = clock();
    const wait = lastAt === null ? 0 : lastAt + MINUTE - now;
    if (wait > 0 && wait <= MINUTE) {
      const seconds = String(Math.ceil(wait / 1000));
      return problem(429, 'Too many requests', 'Once a minute is enough.', { 'retry-after': seconds });
    }
    lastAt = now;
    const checks = await examine().catch(() => null);
    if (!checks) return problem(500, 'Unexpected failure', 'The app could not be examined.');
    return json(200, { ok: checks.every(({ state }) => state !== 'failed'), checks });
  };
}
