import {
  createDefaultHttpClient,
  createHttpHeaders,
  createPipelineRequest,
  type HttpMethods,
} from '@azure/core-rest-pipeline';

export interface Question {
  readonly url: URL;
  readonly method?: HttpMethods;
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

// The HTTP client of Azure's own packages: it is loaded for the tables anyway, keeps its connections open between polls,
// follows no redirects, and a call over it costs half of what node-fetch takes (`npm run bench`, detail endpoint).
const http = createDefaultHttpClient();
const ANY_STATUS = new Set([Number.POSITIVE_INFINITY]);

/**
 * Asks once and reads the answer to its end.
 * @param limits - `maxBytes` of the body, unpacked; a signal to give up
 * @throws TooLargeError; an error named AbortError after the signal; errors of the connection with a `code`
 */
export async function exchange(
  { url, method = 'GET', headers, body }: Question,
  { maxBytes, signal }: { readonly maxBytes: number; readonly signal: AbortSignal | undefined },
): Promise<Answer> {
  const request = createPipelineRequest({
    url: url.href,
    method,
    headers: createHttpHeaders({ ...headers, 'Accept-Encoding': 'gzip, deflate' }),
    ...(body !== undefined && { body }),
    ...(signal && { abortSignal: signal }),
    allowInsecureConnection: url.protocol === 'http:',
    streamResponseStatusCodes: ANY_STATUS,
  });
  const response = await http.sendRequest(request);
  const text = await textOf(response.readableStreamBody as NodeJS.ReadableStream, maxBytes);
  return { status: response.status, headers: { get: name => response.headers.get(name) ?? null }, text };
}

async function textOf(body: NodeJS.ReadableStream, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw new TooLargeError(`more than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
