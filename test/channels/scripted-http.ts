import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Reply {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

export interface ScriptedHttp {
  readonly origin: string;
  readonly requests: {
    readonly method: string;
    readonly url: string;
    readonly headers: IncomingHttpHeaders;
    readonly body: string;
  }[];
  /** How many connections were opened. */
  readonly connections: () => number;
  /** What every request gets from now on; `silence` takes it and never answers, `cut` closes the connection. */
  answer: Reply | 'silence' | 'cut';
  close(): Promise<void>;
}

/** A server that answers what it is told, and keeps what it was asked byte for byte. */
export async function createScriptedHttp(): Promise<ScriptedHttp> {
  let connections = 0;
  const requests: ScriptedHttp['requests'] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', part => {
      body += part;
    });
    request.on('end', () => {
      requests.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body });
      const { answer } = scripted;
      if (answer === 'cut') request.socket.destroy();
      // Node's own server says nothing below 200 by itself.
      else if (answer !== 'silence' && answer.status < 200) {
        request.socket.write(`HTTP/1.1 ${answer.status} Odd\r\n\r\n`);
      } else if (answer !== 'silence') response.writeHead(answer.status, answer.headers).end(answer.body ?? '');
    });
  });
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const scripted: ScriptedHttp = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    connections: () => connections,
    answer: { status: 202 },
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return scripted;
}
