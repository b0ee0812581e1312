import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { URLPattern } from 'node:url';
import type { HttpData, TypedData } from './core.ts';

/** `referrals/{id}` under the prefix; `{id?}`, `{id:guid}` and `{*rest}` as far as a small host needs them. */
export function compileRoute(prefix: string, route: string): URLPattern {
  const path = route.replace(/\{(\*?)(\w+)(\?)?(?::[^}?]+)?(\?)?\}/g, (_, rest, name, optional, late) =>
    rest ? `:${name}*` : `:${name}${optional || late ? '?' : ''}`,
  );
  const parts = [prefix, path].map(part => part.replace(/^\/+|\/+$/g, '')).filter(Boolean);
  return new URLPattern({ pathname: `/${parts.join('/')}` }, { ignoreCase: true });
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** An incoming request in the form in which the worker hands it to the library. */
export async function toHttpData(request: IncomingMessage, url: URL, params: Record<string, string | undefined>) {
  const body = await readBody(request);
  const headers = Object.entries(request.headers).map(([name, value]) => [name, { value: String(value) }]);
  const query = [...url.searchParams].map(([name, value]) => [name, { value }]);
  const route = Object.entries(params)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, { value: decode(value as string) }]);
  return {
    method: request.method ?? 'GET',
    url: url.href,
    nullableHeaders: Object.fromEntries(headers),
    nullableQuery: Object.fromEntries(query),
    nullableParams: Object.fromEntries(route),
    body: body.length > 0 ? { bytes: new Uint8Array(body) } : null,
  } satisfies HttpData;
}

/** Writes what the library made of the function's answer. */
export function writeHttpData(response: ServerResponse, data: HttpData | undefined, method: string): void {
  response.statusCode = data ? Number(data.statusCode ?? 200) : 204;
  for (const [name, value] of Object.entries(data?.headers ?? {})) response.setHeader(name, value);
  const bytes = bodyOf(data?.body);
  if (method === 'HEAD') response.end();
  else response.end(bytes);
}

/** Listens on loopback; port 0 means any. Answers the address. */
export async function listen(server: Server, port = 0): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(port, '127.0.0.1', resolve);
  await promise;
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}

export function createHttpServer(
  answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Server {
  return createServer((request, response) => {
    answer(request, response).catch(() => {
      if (!response.headersSent) response.statusCode = 500;
      response.end();
    });
  });
}

function bodyOf(data: TypedData | null | undefined): Uint8Array | string {
  return data?.bytes ?? data?.string ?? data?.json ?? '';
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
