import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask, type HttpAnswer, HttpError } from '../base/http.ts';
import type { Clock, Instant } from '../base/instant.ts';
import type { Log } from '../base/log.ts';
import { retryAfterMs } from '../base/retry-after.ts';
import {
  NotAllowedError,
  PartnerCenterError,
  SignInNeededError,
  ThrottledError,
  TimedOutError,
} from '../model/errors.ts';
import type { AccessTokens } from './sign-in/access-tokens.ts';

export interface Reply {
  readonly body: unknown;
  /** The other side's clock; null when it did not tell. */
  readonly date: Instant | null;
}

export interface CallOptions {
  /** False: one try, for somebody is waiting; only a connection that was found dead is opened anew. */
  readonly retry: boolean;
  readonly signal?: AbortSignal;
}

export interface CallsOptions {
  readonly tokens: Pick<AccessTokens, 'get' | 'refresh'>;
  readonly log: Log;
  readonly clock: Clock;
  /** For one answer, headers and body. Default 30 s. */
  readonly timeoutMs?: number | undefined;
  /** The first pause between tries; later ones double. Default 500 ms. */
  readonly pauseMs?: number;
  /** All waits that `Retry-After` asks for in one call; beyond, the call gives up. Default 20 s. */
  readonly longestWaitMs?: number;
}

// A page of a hundred whole referrals is 300 kB; far above that something else is answering.
const LARGEST_BODY = 32 * 1024 * 1024;

/** What went wrong in one try, and what it means for the next one. */
interface Failure {
  readonly error: Error;
  readonly kind: keyof typeof MOST_TRIES;
  /** What we are asked to wait, in milliseconds. */
  readonly waitMs?: number | null;
}

/** By what went wrong: who does not answer at all keeps everybody waiting for longest. */
const MOST_TRIES = { final: 1, late: 2, connection: 3, server: 3, throttled: 4 } as const;

/** Calls Partner Center with our token, retrying by class of failure. Counts every request that goes out. */
export function createCalls(options: CallsOptions) {
  const { tokens, log, clock, timeoutMs = 30_000, pauseMs = 500, longestWaitMs = 20_000 } = options;
  let requests = 0;

  async function send(
    url: string,
    token: string,
    signal: AbortSignal | undefined,
  ): Promise<Reply | Failure | Unauthorized> {
    const correlation = randomUUID();
    const headers = {
      Authorization: `Bearer ${token}`,
      Accept: 'application/json',
      'Content-Type': 'application/json',
      'client-request-id': correlation,
      'MS-CorrelationId': correlation,
    };
    requests += 1;
    try {
      const answer = await ask({ url, headers }, { timeoutMs, maxBytes: LARGEST_BODY, signal });
      return understand(answer, correlation);
    } catch (error) {
      if (!(error instanceof HttpError)) throw error;
      log.warn('partner-center.call-failed', { correlation, reason: error.code ?? error.kind });
      return callFailure(error);
    }
  }

  function understand(answer: HttpAnswer, correlation: string): Reply | Failure | Unauthorized {
    const { status, headers, text, date } = answer;
    const ok = status >= 200 && status < 300;
    const body = parseJson(text);
    if (ok && body !== undefined) return { body, date };
    const code = errorCode(body);
    log.warn('partner-center.refused', { status, code, requestId: headers.get('request-id'), correlation });
    if (status === 401) return { unauthorized: code };
    if (ok) return { error: new PartnerCenterError('Partner Center answered no JSON', status), kind: 'server' };
    return statusFailure(status, code, retryAfterMs(headers, clock()) ?? waitInWords(text));
  }

  async function tryOnce(url: string, signal: AbortSignal | undefined): Promise<Reply | Failure> {
    const token = await tokens.get();
    const first = await send(url, token, signal);
    if (!('unauthorized' in first)) return first;
    const second = await send(url, await tokens.refresh(token), signal);
    if (!('unauthorized' in second)) return second;
    return { error: rejectedToken(second.unauthorized), kind: 'final' };
  }

  /** One GET, read as JSON. @throws the errors of errors.ts, never with an address or a body in them */
  async function get(url: string, { retry, signal }: CallOptions): Promise<Reply> {
    let waitedMs = 0;
    for (let tries = 1; ; tries += 1) {
      const outcome = await tryOnce(url, signal);
      if (!('error' in outcome)) return outcome;
      const { error, kind, waitMs } = outcome;
      if (!retry && (kind !== 'connection' || tries > 1)) throw error;
      if (tries >= MOST_TRIES[kind] || waitedMs + (waitMs ?? 0) > longestWaitMs || signal?.aborted) throw error;
      waitedMs += waitMs ?? 0;
      await sleep(waitMs ?? pauseMs * 2 ** (tries - 1) * (1 + Math.random()));
    }
  }

  return { get, requests: () => requests };
}

interface Unauthorized {
  readonly unauthorized: string | null;
}

function callFailure({ kind, code }: HttpError): Failure {
  if (kind === 'late') return { error: new TimedOutError('Partner Center did not answer in time'), kind: 'late' };
  if (kind === 'too-large') return { error: new PartnerCenterError('the answer is too large'), kind: 'final' };
  const what = kind === 'unreadable' ? 'the answer cannot be read' : 'the connection failed';
  const error = new PartnerCenterError(`Partner Center: ${what}${code ? ` (${code})` : ''}`);
  return { error, kind: kind === 'unreadable' ? 'server' : 'connection' };
}

function statusFailure(status: number, code: string | null, waitMs: number | null): Failure {
  if (status === 429 || status === 509) {
    return { error: new ThrottledError(status, waitMs), kind: 'throttled', waitMs };
  }
  // A time-out that somebody in between, or Partner Center itself, has put into words.
  if (status === 408) return { error: new TimedOutError('Partner Center did not answer in time'), kind: 'server' };
  if (status === 403) return { error: new NotAllowedError(code), kind: 'final' };
  const error = new PartnerCenterError(`Partner Center answered ${status}`, status, { code });
  if (status === 503) return { error, kind: 'throttled', waitMs };
  return { error, kind: status >= 500 && status !== 501 ? 'server' : 'final' };
}

function rejectedToken(code: string | null): SignInNeededError {
  const mfa = code === '900421';
  return new SignInNeededError({
    kind: 'sign-in',
    reason: mfa
      ? 'Partner Center refuses the sign-in because it was made without multi-factor authentication (900421)'
      : 'Partner Center refuses a token that was just renewed (401)',
    nextStep: 'Run `npm run sign-in` and sign in with multi-factor authentication as a Referrals admin.',
  });
}

/** Some gateways write it into the body in place of a header. Milliseconds. */
function waitInWords(body: string): number | null {
  const words = /try again in (\d{1,6}) seconds?/i.exec(body.slice(0, 4_000));
  return words ? Number(words[1]) * 1000 : null;
}

/** Undefined when it is none: gateways answer in HTML, and half a page breaks off. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The error's code word or number, if it looks like one; never its message. */
function errorCode(body: unknown): string | null {
  const root = (body ?? {}) as { code?: unknown; error?: { code?: unknown } | null };
  const code = root.error?.code ?? root.code;
  const text = typeof code === 'number' ? String(code) : code;
  return typeof text === 'string' && /^[A-Za-z0-9_.-]{1,64}$/.test(text) ? text : null;
}
