import type { Log } from '../base/log.ts';
import type { Mail } from '../messages/mail.ts';
import type { CardView } from '../messages/view.ts';
import type { Channel, Message, OperatorChannel, Outcome } from '../model/channel.ts';
import { markOf, shortName } from './short-name.ts';
import { recipientsLeft, smtpFailure } from './smtp-outcome.ts';
import { SMTP_TIMES, type SmtpTimes, sendOverSmtp, verifySmtp } from './smtp-send.ts';

export interface SmtpEmailOptions {
  readonly id: string;
  readonly to: readonly string[];
  readonly from: string;
  /** `smtp:` or `smtps:`, with user and password when the server wants them. */
  readonly smtpUrl: string;
  readonly view: CardView;
  readonly log: Log;
  readonly times?: Partial<SmtpTimes>;
}

// Loaded by the first mail: a start and a quiet poll have no need of it.
const wording = () => import('../messages/mail.ts');

/**
 * Mail over SMTP: one mail to all recipients. *Delivered* means that the server took it for at least one of them; it says who
 * of the others is to get it again.
 */
export function createSmtpEmail(options: SmtpEmailOptions & Pick<Channel, 'audience'>): Channel {
  const send = createSender(options);
  return {
    id: options.id,
    audience: options.audience,
    mark: markOf(options.smtpUrl, options.from, ...options.to),
    paceMs: 0,
    async deliver(message) {
      const { mailOf } = await wording();
      return send(mailOf(message, options.view, options.from, options.audience), message);
    },
  };
}

/** The operator's mailbox. */
export function createOperatorSmtp(options: SmtpEmailOptions): OperatorChannel {
  const send = createSender(options);
  return {
    id: options.id,
    async tell(message) {
      const { operatorMail } = await wording();
      return send(operatorMail(message, options.view, options.from), { now: message.now });
    },
    async deliver(message) {
      const { mailOf } = await wording();
      return send(mailOf(message, options.view, options.from), { now: message.now });
    },
  };
}

/** Connects and signs in, and sends nothing. Rejects with a reason that holds no address and no password. */
export async function loginSmtp(smtpUrl: string, times: Partial<SmtpTimes> = {}): Promise<void> {
  try {
    await verifySmtp(smtpUrl, { ...SMTP_TIMES, ...times });
  } catch (error) {
    throw new Error(smtpFailure(error).reason);
  }
}

function createSender({ id, to: own, from, smtpUrl, log, times }: SmtpEmailOptions) {
  return async (mail: Mail, { now, to = own, only }: Pick<Message, 'now' | 'to' | 'only'>): Promise<Outcome> => {
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
  };
}

function rejectedErrorsOf(error: unknown) {
  return (error as { rejectedErrors?: Parameters<typeof recipientsLeft>[0] }).rejectedErrors;
}

// nodemailer writes "Id" in large letters.
const headerName = (key: string) => (key === 'X-Referral-ID' ? 'X-Referral-Id' : key);
