import { type Clock, MINUTE } from '../base/instant.ts';
import { UNWATCHED, type WatchState, type WatchStore } from '../model/watch-state.ts';
import { type HttpAnswer, json } from './answer.ts';

export interface HealthDeps {
  readonly watch: Pick<WatchStore, 'read'>;
  /** Milliseconds between two polls at this instant. */
  readonly pollIntervalMs: number;
  /** Whether something that signs us in ends within thirty days. */
  readonly endsSoon: boolean;
  readonly version: string;
  readonly clock: Clock;
}

/** 200 while the last good poll is younger than three intervals and no lead is untold. Read from storage: the poll runs on another instance. */
export async function health({ watch, pollIntervalMs, endsSoon, version, clock }: HealthDeps): Promise<HttpAnswer> {
  let state = UNWATCHED;
  let tables = 'ok';
  try {
    state = await watch.read();
  } catch {
    tables = 'Table Storage cannot be read';
  }
  const { lastGoodPollAt, nextExpiryAt, pending, signIn, undelivered, untold } = state;
  const age = lastGoodPollAt === null ? Number.POSITIVE_INFINITY : clock() - lastGoodPollAt;
  // A heartbeat that lies far ahead was written by a clock that nobody believes.
  const isFresh = age < 3 * pollIntervalMs && age > -10 * MINUTE;
  const isHealthy = isFresh && untold === 0;
  return json(isHealthy ? 200 : 503, {
    status: isHealthy ? 'healthy' : 'unhealthy',
    lastGoodPollAt: isoText(lastGoodPollAt),
    pending,
    nextExpiryAt: isoText(nextExpiryAt),
    signIn,
    undelivered,
    untold,
    troubles: [...(tables === 'ok' ? openTroubles(state) : ['tables']), ...(endsSoon ? ['secrets'] : [])],
    tables,
    version,
  });
}

function openTroubles({ troubles }: WatchState): readonly string[] {
  return troubles.filter(({ endedAt }) => endedAt === undefined).map(({ key }) => key);
}

/** What health says when the app cannot even start: which settings are wrong, never what is in them. */
export function unhealthySettings(
  problems: readonly { setting: string; message: string }[],
  version: string,
): HttpAnswer {
  return json(503, {
    status: 'unhealthy',
    lastGoodPollAt: null,
    pending: 0,
    nextExpiryAt: null,
    signIn: 'not tried: the settings are wrong',
    undelivered: 0,
    untold: 0,
    troubles: ['settings'],
    settings: problems.map(({ setting, message }) => `${setting}: ${message}`),
    version,
  });
}

function isoText(instant: number | null): string | null {
  return instant === null ? null : new Date(instant).toISOString();
}
