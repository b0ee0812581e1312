import type { AddressInfo, Socket } from 'node:net';
import { type AddressObject, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { createListeners } from '../listeners.ts';
import type { Tls } from '../serve.ts';

interface Mail {
  /** Milliseconds since 1970, by the clock of this process. */
  readonly at: number;
  readonly from: string;
  /** Addresses of the `To` header. */
  readonly to: readonly string[];
  /** Who really gets it: the envelope. */
  readonly recipients: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Unfolded, by lower-case name; the last one where a name comes twice. */
  readonly headers: Readonly<Record<string, string>>;
}

interface RefusedMail {
  readonly at: number;
  /** The SMTP code, or null when there was no answer. */
  readonly status: number | null;
}

/** What can be wrong with the mail server, all off at first. May be changed at any time. */
export interface MailFaults {
  /** 421 to everybody who connects. */
  down: boolean;
  /** Connections are cut at once. */
  reset: boolean;
  /** Connections are taken and never greeted. */
  hang: boolean;
  /** 451 to every recipient, or to these: come back later. */
  greylist: boolean | readonly string[];
  /** 550 to every recipient, or to these. */
  reject: boolean | readonly string[];
  /** 535 to every login. */
  loginRefused: boolean;
  /** A mail is taken and kept, but the connection is cut before the answer. */
  cutAfterData: boolean;
  /** How many more connections or mails fail before the trouble passes. */
  times: number;
}

export interface MailSink {
  /** What `SMTP_URL` should be, login included. */
  readonly url: string;
  readonly port: number;
  readonly state: { readonly mails: Mail[]; readonly refused: RefusedMail[]; connections: number };
  readonly faults: MailFaults;
  setFaults(changes: Partial<MailFaults>): void;
  clear(): void;
  onChange(listener: () => void): () => void;
  close(): Promise<void>;
}

export interface MailSinkOptions {
  port?: number;
  /** Demands this login. */
  auth?: { user: string; pass: string };
  /** TLS from the first byte (`smtps`). */
  tls?: Tls;
}

/** An SMTP server that keeps what it is sent. */
export async function createMailSink(options: MailSinkOptions = {}): Promise<MailSink> {
  const { auth, tls } = options;
  const listeners = createListeners();
  const sockets = new Set<Socket>();
  const state: MailSink['state'] = { mails: [], refused: [], connections: 0 };
  const faults = noFaults();

  /** Whether a trouble that is switched on hits now. */
  function strikes(fault: boolean, status: number | null): boolean {
    if (!fault || faults.times <= 0) return false;
    faults.times -= 1;
    state.refused.push({ at: Date.now(), status });
    listeners.changed();
    return true;
  }

  const server = new SMTPServer({
    ...(tls ? { secure: true, ...tls } : {}),
    ...(auth ? { allowInsecureAuth: true } : { authOptional: true }),
    disabledCommands: auth ? ['STARTTLS'] : ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    closeTimeout: 1,
    onConnect(_session, callback) {
      state.connections += 1;
      if (strikes(faults.hang, null)) return;
      if (strikes(faults.down, 421)) callback(smtpError(421, 'Service not available'));
      else callback();
    },
    onAuth({ username, password }, _session, callback) {
      const good = username === auth?.user && password === auth?.pass;
      if (strikes(faults.loginRefused, 535) || !good) callback(smtpError(535, 'Authentication failed'));
      else callback(null, { user: username });
    },
    onRcptTo({ address }, _session, callback) {
      const hits = (fault: boolean | readonly string[]) =>
        typeof fault === 'boolean' ? fault : fault.includes(address);
      const rejected = hits(faults.reject);
      if (strikes(hits(faults.greylist), 451)) callback(smtpError(451, 'Greylisted, please try again later'));
      else if (strikes(rejected, 550)) callback(smtpError(550, 'Mailbox unavailable'));
      else callback();
    },
    onData(stream, session, callback) {
      simpleParser(stream).then(
        parsed => {
          state.mails.push({
            at: Date.now(),
            from: addresses(parsed.from)[0] ?? '',
            to: addresses(parsed.to),
            recipients: session.envelope.rcptTo.map(({ address }) => address),
            subject: parsed.subject ?? '',
            text: parsed.text ?? '',
            html: parsed.html || '',
            headers: Object.fromEntries(parsed.headerLines.map(({ key, line }) => [key, unfold(line)])),
          });
          listeners.changed();
          if (strikes(faults.cutAfterData, null)) destroy(sockets);
          else callback();
        },
        error => callback(error),
      );
    },
  });
  // A client that goes away in the middle is the client's business.
  server.on('error', () => {});
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    if (strikes(faults.reset, null)) socket.destroy();
  });
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.server.address() as AddressInfo;
  const login = auth ? `${encodeURIComponent(auth.user)}:${encodeURIComponent(auth.pass)}@` : '';
  return {
    url: `${tls ? 'smtps' : 'smtp'}://${login}127.0.0.1:${port}`,
    port,
    state,
    faults,
    setFaults(changes) {
      Object.assign(faults, changes);
      listeners.changed();
    },
    clear() {
      state.mails.length = 0;
      state.refused.length = 0;
      listeners.changed();
    },
    onChange: listeners.onChange,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        destroy(sockets);
      }),
  };
}

function noFaults(): MailFaults {
  return {
    down: false,
    reset: false,
    hang: false,
    greylist: false,
    reject: false,
    loginRefused: false,
    cutAfterData: false,
    times: Number.POSITIVE_INFINITY,
  };
}

function smtpError(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

function destroy(sockets: Iterable<Socket>): void {
  for (const socket of sockets) socket.destroy();
}

function addresses(header: AddressObject | AddressObject[] | undefined): string[] {
  return [header ?? []].flat().flatMap(({ value }) => value.map(({ address }) => address ?? ''));
}

/** `Name: first\r\n second` as `first second`. */
function unfold(line: string): string {
  return line
    .slice(line.indexOf(':') + 1)
    .replace(/\r?\n\s+/g, ' ')
    .trim();
}
