import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

const PATIENCE_MS = 10_000;

/** Looks the host of an address up, connects and checks its certificate; sends no request. Null when all is well, else a code word. */
export async function reach(address: string): Promise<string | null> {
  const url = new URL(address);
  const secure = url.protocol === 'https:';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = Number(url.port) || (secure ? 443 : 80);
  return new Promise(resolve => {
    // A server name is for names only.
    const servername = /^[\d.]+$|:/.test(host) ? {} : { servername: host };
    const socket: Socket = secure ? connectTls({ host, port, ...servername }) : connectPlain({ host, port });
    const end = (reason: string | null) => {
      socket.destroy();
      resolve(reason);
    };
    socket.setTimeout(PATIENCE_MS, () => end('ETIMEDOUT'));
    socket.once(secure ? 'secureConnect' : 'connect', () => end(null));
    socket.once('error', error => end((error as NodeJS.ErrnoException).code ?? error.name));
  });
}
