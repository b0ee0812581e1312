import { ask, HttpError } from '../base/http.ts';
import type { Clock } from '../base/instant.ts';
import type { Outcome } from '../model/channel.ts';
import { outcomeOf } from '../model/outcomes.ts';
import { httpOutcome } from './outcome.ts';
import { answerSaid } from './said.ts';

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
  return async body => {
    const headers = { 'content-type': 'application/json' };
    const limits = { timeoutMs, maxBytes: MOST_READ, headIsEnough: true };
    try {
      const answer = await ask({ url, method: 'POST', headers, body: JSON.stringify(body) }, limits);
      const said = answerSaid(carrier, answer.status, answer.headers.get('content-type') ?? '', answer.text);
      return httpOutcome({ carrier, ...said }, answer.headers, clock());
    } catch (error) {
      const status = error instanceof HttpError && error.sent ? 'no answer' : 'no connection';
      return {
        state: outcomeOf({ carrier, status }) === 'doubtful' ? 'doubtful' : 'retry',
        reason: failureOf(error, timeoutMs),
      };
    }
  };
}

/** More than this of a body says nothing more. */
const MOST_READ = 16_384;

function failureOf(error: unknown, timeoutMs: number): string {
  if (!(error instanceof HttpError)) return 'no connection';
  if (error.kind === 'late') return `no answer within ${timeoutMs / 1000} s`;
  return error.code ? `no connection (${error.code})` : 'no connection';
}
