import type { Mail } from '../messages/mail.ts';
import type { CardView } from '../messages/view.ts';
import type { Channel, Message, OperatorChannel, Outcome } from '../model/channel.ts';

/** What every mailbox has, whatever carries its mails. */
export interface Mailbox {
  readonly id: string;
  readonly to: readonly string[];
  readonly from: string;
  readonly view: CardView;
}

/** What of a message a carrier looks at, beside the mail that was made of it. */
export type Carried = Pick<Message, 'key' | 'now' | 'plainest' | 'round' | 'to' | 'only'>;

/** What carries mails. */
export interface Mailer {
  send(mail: Mail, message: Carried): Promise<Outcome>;
  /** See `Channel`. */
  confirm?(reference: string): Promise<Outcome>;
}

// Words are loaded by the first mail: a start and a quiet poll have no need of them.
const wording = () => import('../messages/mail.ts');

/** A channel that mails what it hears. */
export function mailChannel(
  { id, from, view, audience }: Mailbox & Pick<Channel, 'audience'>,
  mark: string,
  { send, confirm }: Mailer,
): Channel {
  return {
    id,
    audience,
    mark,
    paceMs: 0,
    async deliver(message) {
      const { mailOf } = await wording();
      return send(mailOf(message, view, from, audience), message);
    },
    ...(confirm && { confirm }),
  };
}

/** The operator's mailbox. */
export function operatorMailbox({ id, from, view }: Mailbox, { send }: Mailer): OperatorChannel {
  return {
    id,
    async tell(message) {
      const { operatorMail } = await import('../messages/operator-mail.ts');
      const mail = operatorMail(message, view, from);
      return send(mail, { key: mail.messageId, now: message.now });
    },
    async deliver(message) {
      const { mailOf } = await wording();
      return send(mailOf(message, view, from), message);
    },
  };
}
