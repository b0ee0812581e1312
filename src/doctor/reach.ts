import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

const PATIENCE_MS = 10_000;

/** Looks the host of an address up, connects and checks its certificate; sends no request. Null when all is well, else why not. */
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
    socket.setTimeout(PATIENCE_MS, () => end(inWords('ETIMEDOUT')));
    socket.once(secure ? 'secureConnect' : 'connect', () => end(null));
    // More than one may come; one that nobody hears ends the process.
    socket.on('error', error => end(inWords((error as NodeJS.ErrnoException).code ?? error.name)));
  });
}

const WORDS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'there is no such host name',
  EAI_AGAIN: 'the host name cannot be looked up now',
  ECONNREFUSED: 'nobody listens there',
  ECONNRESET: 'the connection was cut',
  ETIMEDOUT: 'no answer in time',
  EPROTO: 'what answers there does not speak TLS',
  ERR_SSL_WRONG_VERSION_NUMBER: 'what answers there does not speak TLS',
  CERT_HAS_EXPIRED: 'its TLS certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its TLS certificate is for another name',
};

/** A code of Node's as words; the code stays, for whoever looks it up. */
function inWords(code: string): string {
  const words = WORDS[code] ?? (/CERT|TLS|SSL|SIGNATURE/.test(code) ? 'its TLS certificate is not trusted' : null);
  return words === null ? code : `${words}, ${code}`;
}
