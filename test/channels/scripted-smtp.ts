import { type AddressInfo, createServer, type Socket } from 'node:net';

type Stage = 'greeting' | 'EHLO' | 'STARTTLS' | 'AUTH' | 'MAIL' | 'RCPT' | 'DATA' | 'dot';

/**
 * A reply line, or what happens in its stead; `drip` sends one sign a moment and never ends the line, `plain` agrees to speak
 * TLS and goes on in plain text.
 */
type Reply = string | 'silence' | 'cut' | 'drip' | 'plain';

export interface ScriptedSmtp {
  readonly url: string;
  /** What the server says to each command instead of yes; a list is used up, its last one stays. */
  readonly replies: Partial<Record<Stage, Reply | Reply[]>>;
  /** Commands as they came, without their arguments; passwords are no business of a test's. */
  readonly commands: string[];
  /** Whole mails that came, dot included. */
  readonly mails: string[];
  /** How many conversations are still open. */
  readonly open: () => number;
  close(): Promise<void>;
}

const YES: Record<Stage, string> = {
  greeting: '220 scripted',
  EHLO: '250 AUTH PLAIN LOGIN',
  STARTTLS: '502 5.5.1 not here',
  AUTH: '235 2.7.0 welcome',
  MAIL: '250 2.1.0 ok',
  RCPT: '250 2.1.5 ok',
  DATA: '354 go on',
  dot: '250 2.0.0 taken',
};

/** A mail server that says what it is told, sign by sign if need be. */
export async function createScriptedSmtp(): Promise<ScriptedSmtp> {
  const sockets = new Set<Socket>();
  const scripted: Pick<ScriptedSmtp, 'replies' | 'commands' | 'mails'> = { replies: {}, commands: [], mails: [] };

  function replyTo(stage: Stage): Reply {
    const reply = scripted.replies[stage] ?? YES[stage];
    if (typeof reply === 'string') return reply;
    return (reply.length > 1 ? reply.shift() : reply[0]) ?? YES[stage];
  }

  function say(socket: Socket, stage: Stage): boolean {
    const reply = replyTo(stage);
    if (reply === 'cut') socket.destroy();
    else if (reply === 'drip') drip(socket);
    else if (reply === 'plain')
      socket.write('220 go\r\n', () => socket.once('data', () => socket.write('500 what?\r\n')));
    else if (reply !== 'silence') socket.write(`${reply}\r\n`);
    return reply.startsWith('2') || reply.startsWith('3');
  }

  const server = createServer(socket => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => {});
    let received = '';
    let inMail = false;
    say(socket, 'greeting');
    socket.setEncoding('latin1').on('data', (data: string) => {
      received += data;
      for (;;) {
        const end = received.indexOf(inMail ? '\r\n.\r\n' : '\r\n');
        if (end < 0) return;
        const part = received.slice(0, end);
        received = received.slice(end + (inMail ? 5 : 2));
        if (inMail) {
          inMail = false;
          scripted.mails.push(part);
          say(socket, 'dot');
          continue;
        }
        const command = part.split(/[ :]/)[0]?.toUpperCase() ?? '';
        scripted.commands.push(command);
        if (command === 'QUIT') socket.end('221 bye\r\n');
        else if (say(socket, command as Stage) && command === 'DATA') inMail = true;
      }
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    ...scripted,
    url: `smtp://user:word@127.0.0.1:${(server.address() as AddressInfo).port}`,
    open: () => sockets.size,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function drip(socket: Socket): void {
  const timer = setInterval(() => socket.write('2'), 50);
  socket.on('close', () => clearInterval(timer));
}
