import { Agent, createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** One request that went through. Bytes are those of the bodies, `bytesIn` the request's, `bytesOut` the answer's. */
interface ProxiedRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly bytesIn: number;
  /** 0 until answered. */
  bytesOut: number;
  /** Null until answered. */
  status: number | null;
  /** The request's body as text, when bodies are kept. */
  readonly body?: string;
}

export interface CountingProxy {
  /** Origin, without a slash at the end. */
  readonly url: string;
  readonly requests: ProxiedRequest[];
  close(): Promise<void>;
}

export interface CountingProxyOptions {
  keepBodies?: boolean;
  /** Asked before a request is passed on: `cut` ends the connection, a number answers with that status. */
  before?: (request: ProxiedRequest) => Promise<'pass' | 'cut' | number> | 'pass' | 'cut' | number;
  /** Asked when the target has answered and its client does not know yet: `cut` keeps it from knowing. */
  after?: (request: ProxiedRequest) => Promise<'pass' | 'cut'> | 'pass' | 'cut';
}

/** Passes requests on to `targetUrl` unchanged, its host name included, so that signatures still hold; counts them. */
export async function createCountingProxy(
  targetUrl: string,
  options: CountingProxyOptions = {},
): Promise<CountingProxy> {
  const target = new URL(targetUrl);
  const agent = new Agent({ keepAlive: true });
  const requests: ProxiedRequest[] = [];

  async function handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await buffer(incoming);
    const entry: ProxiedRequest = {
      method: incoming.method ?? '',
      path: incoming.url ?? '',
      bytesIn: body.length,
      bytesOut: 0,
      status: null,
      ...(options.keepBodies ? { body: body.toString() } : {}),
    };
    requests.push(entry);
    const verdict = (await options.before?.(entry)) ?? 'pass';
    if (verdict === 'cut') return void incoming.socket.destroy();
    if (typeof verdict === 'number') {
      entry.status = verdict;
      return void outgoing.writeHead(verdict).end();
    }
    const answer = await pass(incoming, body);
    const content = await buffer(answer);
    entry.status = answer.statusCode ?? 0;
    entry.bytesOut = content.length;
    if ((await options.after?.(entry)) === 'cut') return void incoming.socket.destroy();
    const { connection, 'keep-alive': keepAlive, 'transfer-encoding': encoding, ...headers } = answer.headers;
    outgoing.writeHead(entry.status, headers).end(content);
  }

  function pass(incoming: IncomingMessage, body: Buffer): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const { hostname, port } = target;
      const { method, url: path, headers } = incoming;
      const request = httpRequest({ hostname, port, method, path, headers, agent }, resolve);
      request.on('error', reject);
      request.end(body);
    });
  }

  const server = createServer((incoming, outgoing) => {
    handle(incoming, outgoing).catch(() => incoming.socket.destroy());
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: () =>
      new Promise(resolve => {
        agent.destroy();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
