import { type AddressInfo, createServer, type Socket } from 'node:net';

/** A server that does as it likes once a request has come, byte by byte. */
export async function rawServer(answer: (socket: Socket, request: string) => void) {
  const sockets = new Set<Socket>();
  let requests = 0;
  const server = createServer(socket => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    socket.on('data', chunk => {
      requests += 1;
      answer(socket, chunk.toString());
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: () => requests,
    close: () =>
      new Promise<void>(resolve => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** Writes a bit now and then until nobody listens any more. */
export function drip(socket: Socket, text: string): void {
  const timer = setInterval(() => socket.write(text), 20);
  socket.on('close', () => clearInterval(timer));
}
