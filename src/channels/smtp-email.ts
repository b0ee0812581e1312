import type { Transporter } from 'nodemailer';
import type { SentMessageInfo } from 'nodemailer/lib/smtp-transport';
import type { Log } from '../base/log.ts';
import { isLoopback } from '../base/loopback.ts';
import { type Mail, mailOf, operatorMail } from '../messages/mail.ts';
import type { CardView } from '../messages/view.ts';
import type { Channel, OperatorChannel, Outcome } from '../model/channel.ts';
import { smtpFailure, within } from './smtp-outcome.ts';

export interface SmtpEmailOptions {
  readonly id: string;
  readonly to: readonly string[];
  readonly from: string;
  /** `smtp:` or `smtps:`, with user and password when the server wants them. */
  readonly smtpUrl: string;
  readonly view: CardView;
  readonly log: Log;
  /** Default 15 s, for each step of the conversation; four times that for all of it. */
  readonly timeoutMs?: number;
}

/** Mail over SMTP: one mail to all recipients. *Delivered* means that the server took it for at least one of them. */
export function createSmtpEmail(options: SmtpEmailOptions & Pick<Channel, 'audience'>): Channel {
  const send = createSender(options);
  return {
    id: options.id,
    audience: options.audience,
    paceMs: 0,
    deliver: message => send(mailOf(message, options.view, options.from, options.audience), message.now),
  };
}

/** The operator's mailbox. */
export function createOperatorSmtp(options: SmtpEmailOptions): OperatorChannel {
  const send = createSender(options);
  return {
    id: options.id,
    tell: message => send(operatorMail(message, options.view, options.from), message.now),
  };
}

/** Connects and signs in, and sends nothing. Rejects with a reason that holds no address and no password. */
export async function loginSmtp(smtpUrl: string, timeoutMs = 15_000): Promise<void> {
  const transport = await openTransport(smtpUrl, timeoutMs);
  try {
    await within(transport.verify(), timeoutMs * 4);
  } catch (error) {
    throw new Error(smtpFailure(error).reason);
  } finally {
    transport.close();
  }
}

function createSender({ id, to, from, smtpUrl, log, timeoutMs = 15_000 }: SmtpEmailOptions) {
  let opening: Promise<Transporter<SentMessageInfo>> | undefined;
  return async (mail: Mail, now: number): Promise<Outcome> => {
    try {
      opening ??= openTransport(smtpUrl, timeoutMs);
      const transport = await opening;
      const sent = await within(
        transport.sendMail({
          ...mail,
          references: [...mail.references],
          from,
          to: [...to],
          date: new Date(now),
          normalizeHeaderKey: headerName,
        }),
        timeoutMs * 4,
      );
      const refused = sent.rejected.length;
      // Sending again would repeat the mail to those who have it; the operator sees it in the log.
      if (refused > 0) log.warn('mail-recipients-refused', { channel: id, refused, accepted: sent.accepted.length });
      return { state: 'delivered', reference: mail.messageId };
    } catch (error) {
      return smtpFailure(error);
    }
  };
}

// nodemailer writes "Id" in large letters.
const headerName = (key: string) => (key === 'X-Referral-ID' ? 'X-Referral-Id' : key);

/** The library is loaded by the first mail: most polls send none. */
async function openTransport(url: string, timeoutMs: number): Promise<Transporter<SentMessageInfo>> {
  const { createTransport } = await import('nodemailer');
  return createTransport({
    url,
    // What does not begin with TLS must go over to it, or a man in the middle strips it off.
    requireTLS: !isLoopback(new URL(url).hostname),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}
