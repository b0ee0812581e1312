import { type ClientRequest, Agent as HttpAgent, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Socket } from 'node:net';
import type { Response } from 'node-fetch';
import { inTime, NotInTimeError } from './in-time.ts';
import type { Instant } from './instant.ts';
import { dateOf } from './retry-after.ts';
import { watchingAgent } from './watching-agent.ts';

/**
 * The one HTTP client for everything that no SDK calls. Connections are kept, redirects are not followed, and whatever the
 * other side does, it ends in time and within a number of bytes.
 */

export interface HttpRequest {
  /** May be a secret: it appears in no error. Its query goes out byte for byte. */
  readonly url: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface HttpLimits {
  /** For all of it: connecting, sending, the answer's head and its body. */
  readonly timeoutMs: number;
  /** Of the body, also unpacked. */
  readonly maxBytes: number;
  /** Gives up sooner. */
  readonly signal?: AbortSignal | undefined;
  /** The answer is its head: of the body counts what came in time and within the limit. Default false. */
  readonly headIsEnough?: boolean;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  /** The body, unpacked and without a byte order mark. */
  readonly text: string;
  /** The other side's clock; null when it did not tell. */
  readonly date: Instant | null;
}

/**
 * Why there is no answer. Holds a short code and nothing of the request.
 * - `late`: not in time
 * - `too-large`: somebody else is answering than whom we asked
 * - `unreadable`: something came, but it cannot be unpacked, or is no answer to a request
 * - `connection`: none, or it broke off
 */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly kind: 'late' | 'too-large' | 'unreadable' | 'connection';
  /** As in `ECONNREFUSED`; null where there is none. */
  readonly code: string | null;
  /** Whether the request had gone out whole: then it may have arrived. */
  readonly sent: boolean;

  constructor(kind: HttpError['kind'], code: string | null, sent: boolean) {
    super(code ? `${kind} (${code})` : kind);
    this.kind = kind;
    this.code = code;
    this.sent = sent;
  }
}

// Kept between polls, for the handshake is the dearest part of a call.
const KEPT = { keepAlive: true, keepAliveMsecs: 30_000 };
const plain = new HttpAgent(KEPT);
const secure = new HttpsAgent(KEPT);

/**
 * One request, its answer read to the end, whatever its status.
 * @throws HttpError
 */
export async function ask(
  { url, method = 'GET', headers, body }: HttpRequest,
  limits: HttpLimits,
): Promise<HttpAnswer> {
  const { timeoutMs, maxBytes, signal: sooner, headIsEnough = false } = limits;
  // Loaded by the first call: a start has no need of it.
  const { default: fetch } = await import('node-fetch');
  let sent = false;
  const watch = (request: ClientRequest) => {
    request.path = new URL(url).pathname + queryOf(url);
    failWhenSwitched(request);
    request.once('finish', () => {
      sent = true;
    });
  };
  const got: { head?: Response; readonly chunks: Buffer[] } = { chunks: [] };
  const exchange = async (signal: AbortSignal): Promise<Response> => {
    const head = await fetch(url, {
      method,
      // Unpacking costs more than the bytes it saves. Some gateways pack whatever is asked for.
      headers: { 'accept-encoding': 'identity', ...headers },
      ...(body !== undefined && { body }),
      redirect: 'manual',
      agent: ({ protocol }) => watchingAgent(protocol === 'https:' ? secure : plain, watch),
      signal,
    });
    got.head = head;
    await read(head, got.chunks, maxBytes);
    return head;
  };
  const head = await inTime(timeoutMs, exchange, sooner).catch(error => {
    if (got.head && headIsEnough) return got.head;
    throw httpError(error, sent);
  });
  return { status: head.status, headers: head.headers, text: textOf(got.chunks), date: dateOf(head.headers) };
}

/** As it was written: URLs write some signs of it anew, and whoever signed it may compare. What no request can hold is encoded. */
function queryOf(url: string): string {
  const [address = ''] = url.split('#', 1);
  const at = address.indexOf('?');
  return at < 0
    ? ''
    : address
        .slice(at)
        .toWellFormed()
        .replace(/[^\x21-\x7e]/gu, encodeURIComponent);
}

class TooLargeError extends Error {}

async function read({ body }: Response, chunks: Buffer[], maxBytes: number): Promise<void> {
  let size = 0;
  for await (const chunk of body ?? []) {
    const room = maxBytes - size;
    size += chunk.length;
    // To whom the head is enough, its beginning tells more than nothing.
    chunks.push((chunk as Buffer).subarray(0, room));
    if (size > maxBytes) throw new TooLargeError();
  }
}

const decoder = new TextDecoder();

/** The decoder takes one mark; some put two. */
function textOf(chunks: readonly Buffer[]): string {
  const text = decoder.decode(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks));
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

const SWITCHED = 'ESWITCHED';

/** Node tells of a `101` only those who listen for it; nobody else hears of that call again. */
function failWhenSwitched(request: ClientRequest): void {
  const fail = (socket: Socket) => {
    socket.destroy();
    request.emit('error', Object.assign(new Error('switched protocols'), { code: SWITCHED }));
  };
  request.on('upgrade', (_: IncomingMessage, socket: Socket) => fail(socket));
  // Without the headers of a switch it counts as an answer, and the true one would be taken for the next request's.
  request.on('response', ({ statusCode = 0, socket }) => {
    if (statusCode < 200) fail(socket);
  });
}

/** Messages and causes name the address: only a short code goes on. */
function httpError(error: unknown, sent: boolean): HttpError {
  const { name, code } = error as { name?: unknown; code?: unknown };
  if (error instanceof NotInTimeError || name === 'AbortError') return new HttpError('late', null, sent);
  if (error instanceof TooLargeError) return new HttpError('too-large', null, sent);
  const short = typeof code === 'string' && /^[A-Z][A-Z0-9_]{2,60}$/.test(code) ? code : null;
  const unreadable = short !== null && (short === SWITCHED || /^(Z_|HPE_|ERR_ZLIB|ERR__ERROR_FORMAT)/.test(short));
  return new HttpError(unreadable ? 'unreadable' : 'connection', short, sent);
}
