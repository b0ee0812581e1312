import { createHash } from 'node:crypto';
import type { Alert, AlertKind } from '../model/alert.ts';
import { type MessageKind, toneOf } from '../model/alert-kinds.ts';
import type { Channel, DigestMessage, Message, OperatorMessage } from '../model/channel.ts';
import type { CardView } from './card-parts.ts';
import { digestLine, digestTitle } from './digest-card.ts';
import { leftInWords, timeLeftShort } from './format.ts';
import { htmlBody, textBody } from './mail-body.ts';
import { OPERATOR_FOOTER, phaseInWords } from './operator-card.ts';
import { clean, cleanLines, shownId } from './text.ts';
import { customerOf, REPEAT, titleOf, wordingOf } from './wording.ts';

/** A mail without its envelope. Pure; the same for every carrier. */
export interface Mail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Stable per delivery, with angle brackets. */
  readonly messageId: string;
  /** The Message-ID this one follows, so that mail clients show one thread a referral. */
  readonly inReplyTo?: string;
}

const MOST_ROWS = 100;

/** The mail of an alert or a digest, as it leaves from the address `from`. */
export function alertMail(
  message: Message,
  view: CardView,
  from: string,
  audience: Channel['audience'] = 'sales',
): Mail {
  if (message.kind === 'digest') return digestMail(message, view, from);
  const { alert, now, key, previous } = message;
  const wording = wordingOf(alert, now, view.timeZone, audience);
  const body = {
    title: wording.title,
    state: wording.state,
    tone: toneOf(alert),
    notes: wording.notes,
    facts: wording.facts,
    rows: [],
    link: view.linkFor(alert.referralId, alert.engagementId),
    footer: wording.footer,
  };
  return {
    subject: subjectLine(subjectOf(alert, now)),
    text: textBody(body),
    html: htmlBody(body),
    headers: headersOf(alert.kind, [alert.referralId]),
    messageId: messageIdOf(key, from),
    ...(previous !== undefined && /^<[\x21-\x7e]{3,200}>$/.test(previous) ? { inReplyTo: previous } : {}),
  };
}

function digestMail(message: DigestMessage, view: CardView, from: string): Mail {
  const title = digestTitle(message.total);
  const rows = message.rows.slice(0, MOST_ROWS);
  const more = message.total - rows.length;
  const first = rows[0];
  const left = first ? leftInWords(first.expiry.at - message.now) : null;
  const body = {
    title,
    state: left === null ? 'New' : `The most urgent comes first: ${left}`,
    tone: 'accent' as const,
    notes: message.mayBeRepeat ? [REPEAT] : [],
    facts: [],
    rows: rows.map(row => ({
      title: titleOf(row.facts),
      line: digestLine(row, message.now, view.timeZone),
      id: shownId(row.referralId),
      link: view.linkFor(row.referralId, row.engagementId),
    })),
    ...(more > 0 ? { more: `And ${more} more: see Partner Center.` } : {}),
    footer:
      'You get this because many referrals arrived at once. Each gets an alert of its own as its expiry comes near.',
  };
  return {
    subject: `[New] ${title}${left === null ? '' : `, most urgent: ${left}`}`,
    text: textBody(body),
    html: htmlBody(body),
    headers: headersOf(
      'digest',
      rows.map(row => row.referralId),
    ),
    messageId: messageIdOf(message.key, from),
  };
}

/** The mail about a trouble of the app itself. */
export function operatorMail(message: OperatorMessage, view: Pick<CardView, 'timeZone'>, from: string): Mail {
  const lead = { began: 'Trouble', continues: 'Still trouble', returned: 'Trouble again', ended: 'Over' }[
    message.phase
  ];
  const body = {
    title: clean(message.title, 200),
    state: phaseInWords(message, view.timeZone),
    tone: message.phase === 'ended' ? ('good' as const) : ('attention' as const),
    notes: cleanLines(message.text, 3000),
    notesAreOurs: true,
    facts: [],
    rows: [],
    footer: OPERATOR_FOOTER,
  };
  return {
    subject: `[${lead}] Referral Alerts: ${clean(message.title, 150)}`,
    text: textBody(body),
    html: htmlBody(body),
    headers: { 'X-Alert-Kind': 'operator', 'Auto-Submitted': 'auto-generated' },
    messageId: messageIdOf(`operator/${message.trouble}/${message.phase}/${message.since}/${message.now}`, from),
  };
}

// What looks like an encoded word would be decoded by the reader, after everything was cleaned.
const subjectLine = (text: string) => text.replaceAll('=?', '= ?');

function subjectOf(alert: Alert, now: number): string {
  const customer = customerOf(alert.facts);
  const deal = clean(alert.facts.deal ?? '', 80);
  const about = deal === '' || deal === customer ? customer : `${customer}: ${deal}`;
  const remaining = alert.expiry.at - now;
  const head = remaining > 0 ? `${timeLeftShort(remaining)} left` : 'Expiry passed';
  const subjects: Record<AlertKind, string> = {
    new: `[New] ${about} (${leftInWords(remaining)})`,
    escalation: `[${head}] ${about} (${alert.firstTold ? 'new, not answered' : 'not answered'})`,
    answered: `[Answered] ${customer}: ${alert.exit ?? 'accepted'}`,
    expired: `[Expired] ${customer}: nobody answered`,
    gone: `[Gone] ${customer}: no longer in Partner Center`,
  };
  return subjects[alert.kind];
}

function headersOf(kind: MessageKind, ids: readonly string[]): Record<string, string> {
  return {
    'X-Referral-Id': ids.map(id => clean(id, 128).replace(/[^\x21-\x2b\x2d-\x7e]/g, '')).join(', '),
    'X-Alert-Kind': kind,
    'Auto-Submitted': 'auto-generated',
  };
}

/** The same delivery has the same Message-ID on every attempt, so that a repeat can be told as one. */
export function messageIdOf(key: string, from: string): string {
  const domain = /@([A-Za-z0-9.-]+)>?\s*$/.exec(from)?.[1] ?? 'referral-alerts.invalid';
  return `<${createHash('sha256').update(key).digest('hex').slice(0, 40)}@${domain.toLowerCase()}>`;
}
