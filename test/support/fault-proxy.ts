import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/**
 * What the wire does to a conversation.
 * - `pass`: nothing
 * - `cut-before`: it is cut when it begins
 * - `cut-answer`: all goes through until the other side answers what came last; that answer is cut
 * - `swallow`: what we say goes through, nothing comes back
 * - `drip`: what comes back comes sign by sign, slower than anybody waits
 * - `delay`: what comes back comes a moment later, soon enough
 */
export type WireFault = 'pass' | 'cut-before' | 'cut-answer' | 'swallow' | 'drip' | 'delay';

export interface FaultProxy {
  readonly port: number;
  fault: WireFault;
  /** How many conversations are still open on our side. */
  readonly open: () => number;
  close(): Promise<void>;
}

export interface FaultProxyOptions {
  /** Answers that go through before the fault strikes; 0 unless given. */
  readonly after?: number;
}

/** Stands between a client and `targetPort`, below any protocol. */
export async function createFaultProxy(targetPort: number, { after = 0 }: FaultProxyOptions = {}): Promise<FaultProxy> {
  const sockets = new Set<Socket>();
  const proxy = { fault: 'pass' as WireFault };

  const server = createServer(client => {
    const target = connect(targetPort, '127.0.0.1');
    sockets.add(client);
    client.on('close', () => {
      sockets.delete(client);
      target.destroy();
    });
    for (const socket of [client, target]) socket.on('error', () => {});
    // Kept connections meet the fault of the moment, too.
    const isCut = () => proxy.fault === 'cut-before';
    if (isCut()) {
      client.destroy();
      return;
    }
    let answers = 0;
    client.on('data', data => (isCut() ? client.destroy() : target.write(data)));
    target.on('close', () => client.destroy());
    target.on('data', data => {
      answers += 1;
      const { fault } = proxy;
      if (fault === 'pass' || answers <= after) client.write(data);
      else if (fault === 'cut-answer') client.destroy();
      else if (fault === 'delay') setTimeout(() => client.write(data), 200);
      else if (fault === 'drip') drip(client, data);
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(proxy, {
    port: (server.address() as AddressInfo).port,
    open: () => sockets.size,
    close: () =>
      new Promise<void>(resolve => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  });
}

function drip(socket: Socket, data: Buffer): void {
  let next = 0;
  const timer = setInterval(() => {
    if (next < data.length) socket.write(data.subarray(next, ++next));
  }, 400);
  socket.on('close', () => clearInterval(timer));
}
