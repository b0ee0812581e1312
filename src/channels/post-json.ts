import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Clock } from '../base/instant.ts';
import type { Outcome } from '../model/channel.ts';
import { httpOutcome } from './outcome.ts';

export interface PosterOptions {
  readonly carrier: 'webhook' | 'pager';
  /** A secret: it appears in no reason. Used as it is, query included. */
  readonly url: string;
  readonly clock: Clock;
  /** For the whole exchange. */
  readonly timeoutMs: number;
}

/** Posts JSON to one address over a connection that is kept. Every failure is an outcome; nothing is thrown. */
export function createPoster({ carrier, url, clock, timeoutMs }: PosterOptions): (body: unknown) => Promise<Outcome> {
  const Agent = url.startsWith('https:') ? HttpsAgent : HttpAgent;
  const agent = new Agent({ keepAlive: true, maxSockets: 2, timeout: timeoutMs });
  return async body => {
    try {
      // Loaded when there is something to tell: most polls tell nothing.
      const { default: fetch } = await import('node-fetch');
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        redirect: 'manual',
        agent,
        signal: AbortSignal.timeout(timeoutMs),
      });
      // The answer counts once its head is here; its body is only led away so that the connection can be used again.
      response.body?.on('error', () => {}).resume();
      return httpOutcome({ carrier, status: response.status }, response.headers, clock());
    } catch (error) {
      return { state: 'retry', reason: failureOf(error, timeoutMs) };
    }
  };
}

// Messages of fetch name the address, so only its short codes are passed on.
function failureOf(error: unknown, timeoutMs: number): string {
  const { name, code } = error as { name?: unknown; code?: unknown };
  if (name === 'AbortError' || name === 'TimeoutError') return `no answer within ${timeoutMs / 1000} s`;
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]{2,60}$/.test(code) ? `no connection (${code})` : 'no connection';
}
