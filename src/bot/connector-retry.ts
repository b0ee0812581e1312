import { setTimeout as sleep } from 'node:timers/promises';
import { retryAfterMs } from '../base/retry-after.ts';
import type { ConnectorPolicy } from './connector-policy.ts';

/** What Teams asks to be tried again soon. Everything else is answered to whoever called. */
const SOON = new Set([412, 429, 502, 504]);
const FIRST_PAUSE_MS = 500;
const CALL_TIMEOUT_MS = 10_000;

/** What the calls of one turn may take. */
export interface Budget {
  /** Milliseconds until all of them must have ended; zero or less when that moment has passed. */
  timeLeft(): number;
  /** How often each may be tried. */
  readonly attempts: number;
}

/** Starts a budget of wall time, in milliseconds. */
export function startBudget({ milliseconds, attempts }: { milliseconds: number; attempts: number }): Budget {
  const end = performance.now() + milliseconds;
  return { timeLeft: () => end - performance.now(), attempts };
}

/** Tries again with growing, jittered pauses, or after what `Retry-After` says, while the turn's time allows it. */
export function connectorRetry({ timeLeft, attempts }: Budget): ConnectorPolicy {
  return {
    name: 'connectorRetry',
    async sendRequest(request, next) {
      for (let attempt = 1; ; attempt++) {
        request.timeout = Math.max(1, Math.min(CALL_TIMEOUT_MS, Math.floor(timeLeft())));
        const response = await next(request);
        if (!SOON.has(response.status) || attempt === attempts) return response;
        const growing = FIRST_PAUSE_MS * 2 ** (attempt - 1) * (0.5 + Math.random());
        const pause = retryAfterMs(response.headers, Date.now()) ?? growing;
        if (pause + FIRST_PAUSE_MS > timeLeft()) return response;
        await sleep(pause);
      }
    },
  };
}
