import type { SendMailOptions, Transporter } from 'nodemailer';
import type { SentMessageInfo } from 'nodemailer/lib/smtp-transport';
import { inTime, NotInTimeError } from '../base/in-time.ts';
import { isLoopback } from '../base/loopback.ts';
import { type SmtpError, TIMED_OUT } from './smtp-outcome.ts';

export interface SmtpTimes {
  /** For the server's next reply. Milliseconds, as are the others. Default 15 s. */
  readonly replyMs: number;
  /** For all of a conversation up to the end of the mail. Default a minute. */
  readonly conversationMs: number;
  /** For the answer to the mail's final dot. Default a little over two minutes: shorter ones make repeats (RFC 1047). */
  readonly dotMs: number;
}

export const SMTP_TIMES: SmtpTimes = { replyMs: 15_000, conversationMs: 60_000, dotMs: 125_000 };

/** How a conversation ended: the mail was taken, but for the recipients who were refused; or it was not. */
export type Sent = { readonly refused: readonly SmtpError[] } | { readonly error: unknown; readonly dotSent: boolean };

/** Sends one mail over a connection of its own, which is closed however it ends. */
export async function sendOverSmtp(url: string, mail: SendMailOptions, times: SmtpTimes): Promise<Sent> {
  let dotSent = false;
  const limit = new AbortController();
  const end = () => limit.abort(Object.assign(new Error('not in time'), { code: TIMED_OUT }));
  let patience = setTimeout(end, times.replyMs);
  const waitFor = (milliseconds: number) => {
    clearTimeout(patience);
    patience = setTimeout(end, milliseconds);
  };
  const conversation = setTimeout(end, times.conversationMs);
  try {
    const transport = await openTransport(url, times, {
      onReply: () => !dotSent && waitFor(times.replyMs),
      onDot: () => {
        dotSent = true;
        clearTimeout(conversation);
        waitFor(times.dotMs);
      },
    });
    const { rejectedErrors } = await transport.sendMail({ ...mail, signal: limit.signal });
    return { refused: (rejectedErrors ?? []) as readonly SmtpError[] };
  } catch (error) {
    return { error: limit.signal.aborted ? limit.signal.reason : error, dotSent };
  } finally {
    clearTimeout(patience);
    clearTimeout(conversation);
  }
}

/** Connects and signs in, and sends nothing. Rejects with nodemailer's error, or one whose code is TIMED_OUT. */
export async function verifySmtp(url: string, times: SmtpTimes): Promise<void> {
  const transport = await openTransport(url, times, {});
  try {
    await inTime(times.conversationMs, () => transport.verify());
  } catch (error) {
    throw error instanceof NotInTimeError ? Object.assign(new Error('not in time'), { code: TIMED_OUT }) : error;
  } finally {
    transport.close();
  }
}

interface Hooks {
  readonly onReply?: () => unknown;
  readonly onDot?: () => unknown;
}

/** The library is loaded by the first mail: most polls send none. */
async function openTransport(
  smtpUrl: string,
  { replyMs, dotMs }: SmtpTimes,
  hooks: Hooks,
): Promise<Transporter<SentMessageInfo>> {
  const { createTransport } = await import('nodemailer');
  const url = new URL(smtpUrl);
  // What stands in the query would win over all that follows.
  url.search = '';
  return createTransport({
    url: url.href,
    // STARTTLS that is not demanded can be stripped by whoever stands between.
    requireTLS: url.protocol === 'smtp:' && !isLoopback(url.hostname),
    connectionTimeout: replyMs,
    greetingTimeout: replyMs,
    // Ours end sooner; this one ends what they cannot see.
    socketTimeout: dotMs + replyMs,
    // A conversation that is given up ends now, on their side too.
    socketCloseTimeout: 1_000,
    dnsTimeout: replyMs,
    disableFileAccess: true,
    disableUrlAccess: true,
    transactionLog: true,
    logger: listener(hooks),
  });
}

/** The only way to see how far nodemailer has come: what it logs. Nothing of it is kept. */
function listener({ onReply, onDot }: Hooks) {
  const hear = ({ tnx }: { readonly tnx?: string } = {}) => {
    if (tnx === 'server') onReply?.();
    if (tnx === 'message') onDot?.();
  };
  return { level: () => {}, trace: hear, debug: hear, info: hear, warn: hear, error: hear, fatal: hear };
}
