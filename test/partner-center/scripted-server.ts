import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Seen {
  readonly path: string;
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
}

export type Answer = (response: ServerResponse, request: IncomingMessage) => void;

export interface ScriptedServer {
  readonly url: string;
  readonly seen: Seen[];
  close(): Promise<void>;
}

/** Answers each request with the next of the answers, the last one for ever. */
export async function scriptedServer(...answers: readonly Answer[]): Promise<ScriptedServer> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://server');
    const answer = answers[Math.min(seen.length, answers.length - 1)];
    seen.push({ path: url.pathname, query: url.search, headers: request.headers });
    answer?.(response, request);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Answer {
  return response => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };
}

export function page(ids: readonly unknown[], nextLink?: unknown): Answer {
  return json({ value: ids.map(id => ({ id, status: 'New', substatus: 'Pending' })), '@odata.nextLink': nextLink });
}
