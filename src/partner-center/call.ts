import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pRetry from 'p-retry';
import { exchange, type HttpResponse, TooLargeError } from '../base/http-exchange.ts';
import type { Clock, Instant } from '../base/instant.ts';
import type { Log } from '../base/log.ts';
import { retryAfterSeconds } from '../base/retry-after.ts';
import {
  NotAllowedError,
  PartnerCenterError,
  ReferralNotFoundError,
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

export interface CallerOptions {
  readonly tokens: Pick<AccessTokens, 'get' | 'refresh'>;
  readonly log: Log;
  readonly clock: Clock;
  /** For one answer, headers and body. Default 30 s. */
  readonly timeoutMs?: number;
  /** The first pause between tries; later ones double. Default 500 ms. */
  readonly pauseMs?: number;
  /** All waits that `Retry-After` asks for in one call; beyond, the call gives up. Default 20 s. */
  readonly longestWaitMs?: number;
}

// A page of a hundred whole referrals is 300 kB; far above that something else is answering.
const LARGEST_BODY = 32 * 1024 * 1024;
const TRIES = 3;
const TRIES_WHEN_THROTTLED = 4;

/** What a failed try means for the next one. Never leaves this file. */
class TryError extends Error {
  readonly failure: Error;
  readonly kind: 'throttled' | 'server' | 'connection' | 'final';
  /** What is still to be waited. */
  waitMs: number | null;

  constructor(failure: Error, kind: TryError['kind'], waitMs: number | null = null) {
    super(failure.message);
    this.failure = failure;
    this.kind = kind;
    this.waitMs = waitMs;
  }
}

/** Calls Partner Center with our token, retrying by class of failure. Counts every request that goes out. */
export function createCaller(options: CallerOptions) {
  const { tokens, log, clock, timeoutMs = 30_000, pauseMs = 500, longestWaitMs = 20_000 } = options;
  let requests = 0;

  async function send(url: URL, token: string, signal: AbortSignal | undefined): Promise<Reply | Unauthorized> {
    const correlation = randomUUID();
    const limit = timeLimit(timeoutMs, signal);
    requests += 1;
    let response: HttpResponse;
    try {
      const headers = {
        Authorization: `Bearer ${token}`,
        Accept: 'application/json',
        'Content-Type': 'application/json',
        'client-request-id': correlation,
        'MS-CorrelationId': correlation,
      };
      response = await exchange({ url, headers }, { maxBytes: LARGEST_BODY, signal: limit.signal });
    } catch (error) {
      throw failedCall(error, correlation);
    } finally {
      limit.clear();
    }
    return understand(response, correlation);
  }

  function failedCall(error: unknown, correlation: string): TryError {
    const { name = null, code = null } = error as { name?: string; code?: string };
    log.warn('partner-center.call-failed', { correlation, reason: code ?? name });
    if (name === 'AbortError')
      return new TryError(new TimedOutError('Partner Center did not answer in time'), 'server');
    if (error instanceof TooLargeError) return new TryError(new PartnerCenterError('the answer is too large'), 'final');
    const why = code ? `the connection failed (${code})` : 'the connection broke off';
    return new TryError(new PartnerCenterError(`Partner Center: ${why}`), 'connection');
  }

  function understand({ status, headers, text }: HttpResponse, correlation: string): Reply | Unauthorized {
    const ok = status >= 200 && status < 300;
    const answeredAt = Date.parse(headers.get('date') ?? '');
    const body = parseJson(text);
    if (ok && body !== undefined) return { body, date: Number.isNaN(answeredAt) ? null : answeredAt };
    const code = errorCode(body);
    const requestId = headers.get('request-id');
    log.warn('partner-center.refused', { status, code, requestId, correlation });
    if (status === 401) return { unauthorized: code };
    if (ok) throw new TryError(new PartnerCenterError('Partner Center answered no JSON', status), 'server');
    throw classify(status, retryAfterSeconds(headers, text, clock()), code !== null);
  }

  async function authorized(url: URL, signal: AbortSignal | undefined): Promise<Reply> {
    const token = await tokens.get();
    const first = await send(url, token, signal);
    if (!('unauthorized' in first)) return first;
    const second = await send(url, await tokens.refresh(token), signal);
    if (!('unauthorized' in second)) return second;
    throw new TryError(rejectedToken(second.unauthorized), 'final');
  }

  /** One GET, read as JSON. @throws the errors of errors.ts, never with an address or a body in them */
  async function get(url: URL, { retry, signal }: CallOptions): Promise<Reply> {
    let tries = 0;
    let waitedMs = 0;
    const mayTryAgain = (error: Error): error is TryError => {
      if (!(error instanceof TryError) || error.kind === 'final') return false;
      if (!retry) return error.kind === 'connection' && tries < 2;
      if (error.kind === 'throttled') return waitedMs + (error.waitMs ?? 0) <= longestWaitMs;
      return tries < TRIES;
    };
    try {
      return await pRetry(
        () => {
          tries += 1;
          return authorized(url, signal);
        },
        {
          retries: TRIES_WHEN_THROTTLED - 1,
          minTimeout: pauseMs,
          maxTimeout: longestWaitMs,
          randomize: true,
          ...(signal && { signal }),
          onFailedAttempt: async ({ error, retriesLeft }) => {
            if (retriesLeft === 0 || !mayTryAgain(error) || !error.waitMs) return;
            waitedMs += error.waitMs;
            await sleep(error.waitMs, undefined, signal ? { signal } : {});
            error.waitMs = null;
          },
          shouldRetry: ({ error }) => mayTryAgain(error),
        },
      );
    } catch (error) {
      if (error instanceof TryError) throw error.failure;
      if (signal?.aborted) throw new TimedOutError('Partner Center did not answer in time');
      throw error;
    }
  }

  return { get, requests: () => requests };
}

/** Aborts after a time, or with another signal. Unlike `AbortSignal.timeout` and `any` it leaves nothing behind when cleared. */
function timeLimit(milliseconds: number, other: AbortSignal | undefined) {
  const limit = new AbortController();
  const abort = () => limit.abort();
  const timer = setTimeout(abort, milliseconds);
  if (other?.aborted) abort();
  other?.addEventListener('abort', abort);
  return {
    signal: limit.signal,
    clear() {
      clearTimeout(timer);
      other?.removeEventListener('abort', abort);
    },
  };
}

interface Unauthorized {
  readonly unauthorized: string | null;
}

function classify(status: number, waitSeconds: number | null, own: boolean): TryError {
  const waitMs = waitSeconds === null ? null : waitSeconds * 1000;
  if (status === 429 || status === 509)
    return new TryError(new ThrottledError(status, waitSeconds), 'throttled', waitMs);
  const failure = new PartnerCenterError(`Partner Center answered ${status}`, status);
  if (status === 503) return new TryError(failure, 'throttled', waitMs);
  if (status >= 500 && status !== 501) return new TryError(failure, 'server');
  if (status === 403) return new TryError(new NotAllowedError(), 'final');
  if (status === 404 || status === 410)
    return new TryError(
      new ReferralNotFoundError('Partner Center does not know it, or does not show it to us', { own }),
      'final',
    );
  return new TryError(failure, 'final');
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
  const root = (body ?? {}) as { code?: unknown; error?: { code?: unknown } };
  const code = root.error?.code ?? root.code;
  const text = typeof code === 'number' ? String(code) : code;
  return typeof text === 'string' && /^[A-Za-z0-9_.-]{1,64}$/.test(text) ? text : null;
}
