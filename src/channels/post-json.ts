import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Response } from 'node-fetch';
import type { Clock } from '../base/instant.ts';
import type { Outcome } from '../model/channel.ts';
import { outcomeOf } from '../model/outcomes.ts';
import { httpOutcome } from './outcome.ts';
import { answerSaid } from './said.ts';
import { watchingAgent } from './sent-whole.ts';

export interface PosterOptions {
  readonly carrier: 'webhook' | 'pager';
  /** A secret: it appears in no reason. Used as it is, query included. */
  readonly url: string;
  readonly clock: Clock;
  /** For the whole exchange. */
  readonly timeoutMs: number;
}

/** Posts JSON to one address over a connection that is kept. Every failure is an outcome; nothing is thrown. */
export function createPoster({
  carrier,
  url,
  clock,
  timeoutMs,
}: PosterOptions): (body: unknown) => Promise<Exclude<Outcome, { state: 'accepted' }>> {
  const Agent = url.startsWith('https:') ? HttpsAgent : HttpAgent;
  const agent = new Agent({ keepAlive: true, maxSockets: 2, timeout: timeoutMs });
  return async body => {
    let sent = false;
    const noteSent = () => {
      sent = true;
    };
    try {
      // Loaded when there is something to tell: most polls tell nothing.
      const { default: fetch } = await import('node-fetch');
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        redirect: 'manual',
        agent: watchingAgent(agent, noteSent),
        signal: AbortSignal.timeout(timeoutMs),
      });
      const { status, headers } = response;
      const said = answerSaid(carrier, status, headers.get('content-type') ?? '', await beginningOf(response));
      return httpOutcome({ carrier, ...said }, headers, clock());
    } catch (error) {
      const status = sent ? 'no answer' : 'no connection';
      return {
        state: outcomeOf({ carrier, status }) === 'doubtful' ? 'doubtful' : 'retry',
        reason: failureOf(error, timeoutMs),
      };
    }
  };
}

/** More than this of a body says nothing more. */
const MOST_READ = 16_384;

/** As much of the body as comes in time: the answer itself is its head. */
async function beginningOf({ body }: Response): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of body ?? []) {
      chunks.push(Buffer.from(chunk));
      size += chunk.length;
      if (size >= MOST_READ) break;
    }
  } catch {
    // Cut off or too slow: what came has to do.
  }
  return Buffer.concat(chunks).toString();
}

// Messages of fetch name the address, so only its short codes are passed on.
function failureOf(error: unknown, timeoutMs: number): string {
  const { name, code } = error as { name?: unknown; code?: unknown };
  if (name === 'AbortError' || name === 'TimeoutError') return `no answer within ${timeoutMs / 1000} s`;
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]{2,60}$/.test(code) ? `no connection (${code})` : 'no connection';
}
