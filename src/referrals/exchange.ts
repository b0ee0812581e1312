import { createDefaultHttpClient, createHttpHeaders, createPipelineRequest } from '@azure/core-rest-pipeline';

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
 * One GET, its answer read to the end.
 * @param maxBytes - of the body, unpacked
 * @throws TooLargeError; an error named AbortError after the signal; errors of the connection with a `code`
 */
export async function exchange(
  url: URL,
  headers: Readonly<Record<string, string>>,
  { maxBytes, signal }: { readonly maxBytes: number; readonly signal: AbortSignal },
): Promise<Answer> {
  const request = createPipelineRequest({
    url: url.href,
    headers: createHttpHeaders({ ...headers, 'Accept-Encoding': 'gzip, deflate' }),
    abortSignal: signal,
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
