import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { gunzipSync } from 'node:zlib';

/**
 * HTTP as Partner Center and its sign-in need it, on what Node brings: a poll of 10,000 referrals makes fifty calls, and over
 * node-fetch each costs three times as much (`npm run bench`). Redirects are not followed.
 */

export interface HttpRequest {
  readonly url: URL;
  readonly method?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly text: string;
}

/** Something else is answering than whom we asked. */
export class TooLargeError extends Error {
  override readonly name = 'TooLargeError';
}

// Connections stay open between polls: the handshake is the dearest part of a call.
const KEPT = { keepAlive: true, keepAliveMsecs: 30_000 };
const httpAgent = new HttpAgent(KEPT);
const httpsAgent = new HttpsAgent(KEPT);

/**
 * One request, its response read to the end.
 * @param limits - `maxBytes` of the body, also unpacked; a signal to give up
 * @throws TooLargeError; an error named AbortError after the signal; errors of the connection with a `code`
 */
export function exchange(
  { url, method = 'GET', headers, body }: HttpRequest,
  { maxBytes, signal }: { readonly maxBytes: number; readonly signal: AbortSignal | undefined },
): Promise<HttpResponse> {
  return new Promise((resolve, reject) => {
    // Unpacking costs more than the bytes it saves.
    const options = { method, headers: { ...headers, 'Accept-Encoding': 'identity' }, ...(signal && { signal }) };
    const request =
      url.protocol === 'https:'
        ? requestHttps(url, { ...options, agent: httpsAgent })
        : requestHttp(url, { ...options, agent: httpAgent });
    request.on('error', reject);
    request.on('response', response => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        chunks.push(chunk);
        if (size > maxBytes) response.destroy(tooLarge(maxBytes));
      });
      response.on('error', reject);
      response.on('end', () => {
        try {
          resolve(responseOf(response, Buffer.concat(chunks), maxBytes));
        } catch (error) {
          reject(error);
        }
      });
    });
    request.end(body);
  });
}

function responseOf({ statusCode = 0, headers }: IncomingMessage, body: Buffer, maxBytes: number): HttpResponse {
  return {
    status: statusCode,
    headers: {
      get(name) {
        const value = headers[name];
        return typeof value === 'string' ? value : null;
      },
    },
    text: (headers['content-encoding'] === 'gzip' ? unpacked(body, maxBytes) : body).toString(),
  };
}

/** Some gateways pack whatever was asked for. What cannot be unpacked is left for the reader of the text to refuse. */
function unpacked(body: Buffer, maxBytes: number): Buffer {
  try {
    return gunzipSync(body, { maxOutputLength: maxBytes });
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(maxBytes);
    return body;
  }
}

function tooLarge(maxBytes: number): TooLargeError {
  return new TooLargeError(`more than ${maxBytes} bytes`);
}
