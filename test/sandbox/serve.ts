import { createServer as createHttpServer, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import type { Context, Hono } from 'hono';

/** What every emulator's routes can see besides the request: the raw socket, to break it. */
export interface Bindings {
  Bindings: HttpBindings;
}

export interface Tls {
  /** PEM. */
  readonly key: string;
  readonly cert: string;
}

export interface Served {
  /** Origin, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/** Listens on loopback only; port 0 is any free one. Rejects with the system's error when the port is taken. */
export async function serve(app: Hono<Bindings>, options: { port?: number; tls?: Tls } = {}): Promise<Served> {
  const { port = 0, tls } = options;
  const server = createAdaptorServer({
    fetch: app.fetch as (request: Request) => Response,
    ...(tls ? { createServer: createHttpsServer, serverOptions: tls } : { createServer: createHttpServer }),
  }) as Server;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address() as AddressInfo;
  return {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${address.port}`,
    port: address.port,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        // Clients keep connections open and event streams never end: whoever closes has finished with them.
        server.closeAllConnections();
      }),
  };
}

/** Cuts the connection without an answer. */
export function reset(context: Context<Bindings>): Promise<never> {
  context.env.incoming.socket.destroy();
  return hang();
}

/** Never answers; the connection ends when the client gives up or the server closes. */
export function hang(): Promise<never> {
  return new Promise(() => {});
}

/** Waits in real time, whatever the simulated clock says. */
export function wait(milliseconds: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, milliseconds));
}
