import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { gunzipSync } from 'node:zlib';

/**
 * HTTP as Partner Center and its sign-in need it, on what Node brings: a poll of 10,000 referrals makes fifty calls, and over
 * node-fetch each costs three times as much (`npm run bench`). Redirects are not followed.
 */

export interface Question {
  readonly url: URL;
  readonly method?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly text: string;
}

/** Something else than Partner Center is answering. */
export class TooLargeError extends Error {
  override readonly name = 'TooLargeError';
}

// Connections stay open between polls: the handshake is the dearest part of a call.
const KEPT = { keepAlive: true, keepAliveMsecs: 30_000 };
const httpAgent = new HttpAgent(KEPT);
const httpsAgent = new HttpsAgent(KEPT);

/**
 * Asks once and reads the answer to its end.
 * @param limits - `maxBytes` of the body; a signal to give up
 * @throws TooLargeError; an error named AbortError after the signal; errors of the connection with a `code`
 */
export function exchange(
  { url, method = 'GET', headers, body }: Question,
  { maxBytes, signal }: { readonly maxBytes: number; readonly signal: AbortSignal | undefined },
): Promise<Answer> {
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
        if (size > maxBytes) response.destroy(new TooLargeError(`more than ${maxBytes} bytes`));
      });
      response.on('error', reject);
      response.on('end', () => {
        try {
          resolve(answerOf(response, Buffer.concat(chunks), maxBytes));
        } catch (error) {
          reject(error);
        }
      });
    });
    request.end(body);
  });
}

function answerOf({ statusCode = 0, headers }: IncomingMessage, body: Buffer, maxBytes: number): Answer {
  // Some gateways pack whatever was asked for.
  const bytes = headers['content-encoding'] === 'gzip' ? gunzipSync(body, { maxOutputLength: maxBytes }) : body;
  return {
    status: statusCode,
    headers: {
      get(name) {
        const value = headers[name];
        return typeof value === 'string' ? value : null;
      },
    },
    text: bytes.toString(),
  };
}
