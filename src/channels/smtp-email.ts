import type { Log } from '../base/log.ts';
import type { Mail } from '../messages/mail.ts';
import type { Channel, OperatorChannel, Outcome } from '../model/channel.ts';
import { type Carried, type Mailbox, type Mailer, mailChannel, operatorMailbox } from './mail-channel.ts';
import { markOf, shortName } from './short-name.ts';
import { recipientsLeft, smtpFailure } from './smtp-outcome.ts';
import { SMTP_TIMES, type SmtpTimes, sendOverSmtp, verifySmtp } from './smtp-send.ts';

export interface SmtpEmailOptions extends Mailbox {
  /** `smtp:` or `smtps:`, with user and password when the server wants them. */
  readonly smtpUrl: string;
  readonly log: Log;
  readonly times?: Partial<SmtpTimes>;
}

/**
 * Mail over SMTP: one mail to all recipients. *Delivered* means that the server took it for at least one of them; it says who
 * of the others is to get it again.
 */
export function createSmtpEmail(options: SmtpEmailOptions & Pick<Channel, 'audience'>): Channel {
  const { smtpUrl, from, to } = options;
  return mailChannel(options, markOf(smtpUrl, from, ...to), createMailer(options));
}

/** The operator's mailbox. */
export function createOperatorSmtp(options: SmtpEmailOptions): OperatorChannel {
  return operatorMailbox(options, createMailer(options));
}

/** Connects and signs in, and sends nothing. Rejects with a reason that holds no address and no password. */
export async function loginSmtp(smtpUrl: string, times: Partial<SmtpTimes> = {}): Promise<void> {
  try {
    await verifySmtp(smtpUrl, { ...SMTP_TIMES, ...times });
  } catch (error) {
    throw new Error(smtpFailure(error).reason);
  }
}

function createMailer({ id, to: own, from, smtpUrl, log, times }: SmtpEmailOptions): Mailer {
  async function send(mail: Mail, { now, to = own, only }: Carried): Promise<Outcome> {
    const recipients = only ? to.filter(address => only.includes(shortName(address))) : [...to];
    // Those who were to get it again are no recipients any more.
    if (recipients.length === 0) return { state: 'delivered', reference: mail.messageId };
    const sent = await sendOverSmtp(
      smtpUrl,
      {
        ...mail,
        from,
        to: [...to],
        envelope: { from, to: recipients },
        date: new Date(now),
        references: [...mail.references],
        normalizeHeaderKey: headerName,
      },
      { ...SMTP_TIMES, ...times },
    );
    const refused = 'refused' in sent ? sent.refused : rejectedErrorsOf(sent.error);
    const left = recipientsLeft(refused ?? [], shortName);
    if ('error' in sent && !(only && left && left.later.length === 0)) return smtpFailure(sent.error, sent.dotSent);
    if (!left) return { state: 'delivered', reference: mail.messageId };
    const { later, never } = left;
    log.warn('mail-recipients-refused', { channel: id, later: later.length, never: never.length });
    return { state: 'delivered', reference: mail.messageId, recipients: left };
  }

  return { send };
}

function rejectedErrorsOf(error: unknown) {
  return (error as { rejectedErrors?: Parameters<typeof recipientsLeft>[0] }).rejectedErrors;
}

// nodemailer writes "Id" in large letters.
const headerName = (key: string) => (key === 'X-Referral-ID' ? 'X-Referral-Id' : key);
