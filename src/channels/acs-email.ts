import { setTimeout as sleep } from 'node:timers/promises';
import type { TokenCredential } from '@azure/identity';
import { validate as isUuid, v5 as uuidv5 } from 'uuid';
import type { Clock } from '../base/instant.ts';
import type { Mail } from '../messages/mail.ts';
import type { Channel, OperatorChannel, Outcome } from '../model/channel.ts';
import { type AcsMail, createAcsClient } from './acs-client.ts';
import { acsAnswer, acsState } from './acs-outcome.ts';
import { type Carried, type Mailbox, type Mailer, mailChannel, operatorMailbox } from './mail-channel.ts';
import { markOf } from './short-name.ts';

export interface AcsEmailOptions extends Mailbox {
  /** `https://NAME.communication.azure.com` */
  readonly endpoint: string;
  readonly credential: TokenCredential;
  readonly clock: Clock;
  /** For one call. Default 15 s. */
  readonly timeoutMs?: number;
  /** Pauses before asking again in the poll that sent the mail. Default 0.5 and 1.5 s: status calls have a small quota. */
  readonly pausesMs?: readonly number[];
}

// Any fixed UUID will do: it keeps our operation ids apart from those of others.
const NAMESPACE = '6f6f2f5e-2f0c-4f5b-9a55-0c7ad3f1f1d4';

/** The same on every retry; another one once its carrier has closed it, for the plainest form, and when it is sent anew. */
function operationOf({ key, plainest, round }: Carried): string {
  return `${key}${plainest ? '/plainest' : ''}${round ? `/${round}` : ''}`;
}

/**
 * Mail through Azure Communication Services: one operation a delivery, with the same id on every attempt. Whether the
 * service drops a second one with the same id is not promised, so an accepted mail is asked for and never sent again.
 */
export function createAcsEmail(options: AcsEmailOptions & Pick<Channel, 'audience'>): Channel {
  const { endpoint, from, to } = options;
  return mailChannel(options, markOf(endpoint, from, ...to), createMailer(options));
}

/** The operator's mailbox. What was accepted counts as told, for nobody asks later. */
export function createOperatorAcs(options: AcsEmailOptions): OperatorChannel {
  const { send } = createMailer({ pausesMs: [], ...options });
  return operatorMailbox(options, {
    async send(mail, message) {
      const outcome = await send(mail, message);
      return outcome.state === 'accepted' ? { state: 'delivered', reference: outcome.reference } : outcome;
    },
  });
}

function createMailer(options: AcsEmailOptions): Mailer {
  const { clock, pausesMs = [500, 1500], timeoutMs = 15_000 } = options;
  const client = createAcsClient(options.endpoint, options.credential, timeoutMs);

  async function send(mail: Mail, message: Carried): Promise<Outcome> {
    const { to = options.to } = message;
    const operationId = uuidv5(`${options.id}/${operationOf(message)}`, NAMESPACE);
    const sent = await client.send(acsMail(mail, { ...options, to }), operationId);
    let outcome = acsAnswer(sent, clock(), operationId, timeoutMs);
    for (const pause of pausesMs) {
      if (outcome.state !== 'accepted') break;
      await sleep(pause);
      const asked = await client.ask(operationId);
      if (asked.status === null) break;
      outcome = acsState(asked, operationId);
    }
    return outcome;
  }

  async function confirm(reference: string): Promise<Outcome> {
    // Whatever else it answers, one that it does not know any more included, is no end.
    return isUuid(reference) ? acsState(await client.ask(reference), reference) : { state: 'accepted', reference };
  }

  return { send, confirm };
}

// How long a header ACS takes is not written anywhere; a digest's ids may run into thousands of characters.
function shortIds({ headers }: Mail): Record<string, string> {
  const ids = headers['X-Referral-Id']?.split(', ') ?? [];
  return ids.length > 20 ? { 'X-Referral-Id': ids.slice(0, 20).join(', ') } : {};
}

// ACS names its mails itself, so their thread hangs from our root alone.
function thread({ references }: Mail): Record<string, string> {
  return references.length === 0 ? {} : { References: references.join(' ') };
}

function acsMail(mail: Mail, { from, to }: AcsEmailOptions): AcsMail {
  return {
    // ACS keeps the display name with the sender itself and takes only the address.
    senderAddress: /<([^<>]+)>\s*$/.exec(from)?.[1] ?? from,
    content: { subject: mail.subject, plainText: mail.text, html: mail.html },
    recipients: { to: to.map(address => ({ address })) },
    headers: { ...mail.headers, ...shortIds(mail), ...thread(mail) },
    disableUserEngagementTracking: true,
  };
}
