import type { Alert, AlertKind } from '../model/alert.ts';
import { toneOf } from '../model/alert-kinds.ts';
import type { AlertMessage, Channel, DigestMessage, Message, ReportMessage, SummaryMessage } from '../model/channel.ts';
import { digestLine, digestWording } from './digest-card.ts';
import { customerOf, dealOf, titleOf } from './facts.ts';
import { openWords } from './link.ts';
import type { MailBody, MailLink } from './mail-body.ts';
import { bodies, headersOf, messageIdOf, subjectLine } from './mail-parts.ts';
import { mailRow } from './mail-row.ts';
import { isPlain, plainOf, sampleLead } from './message.ts';
import { type PlainMessage, plainLine } from './plain.ts';
import { reportBody, reportSubject } from './report.ts';
import { MOST_ROWS, summaryBody, summaryWording } from './summary.ts';
import { clean, unlinked } from './text.ts';
import type { CardView } from './view.ts';
import { answerOf, digestKindOf, leftInWords, smallPrint, wordingOf } from './wording.ts';

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
  /** The thread of a referral: a root of ours, then what this one follows. Empty for what is of no single referral. */
  readonly references: readonly string[];
}

/** The mail of any message, as it leaves from the address `from`, in its plainest form when it asks for that. */
export function mailOf(message: Message, view: CardView, from: string, audience: Channel['audience'] = 'sales'): Mail {
  if (isPlain(message)) return plainMail(message, view, from);
  switch (message.kind) {
    case 'alert':
      return alertMail(message, view, from, audience);
    case 'digest':
      return digestMail(message, view, from);
    case 'last-resort':
      return plainMail(message, view, from);
    case 'summary':
      return summaryMail(message, view, from);
    case 'report':
      return reportMail(message, view, from);
    case 'test':
      return sampleMail(sampleLead(message, view.words), view, from, audience);
  }
}

function alertMail(message: AlertMessage, view: CardView, from: string, audience: Channel['audience']): Mail {
  const { alert, now } = message;
  return {
    ...bodies(alertBody(message, view, audience)),
    subject: subjectLine(subjectOf(alert, now, view)),
    headers: headersOf(alert.kind, [alert.referralId], alert),
    messageId: messageIdOf(message.key, from),
    ...threadOf(message, from),
  };
}

function alertBody({ alert, now }: AlertMessage, view: CardView, audience: Channel['audience']): MailBody {
  const said = wordingOf(alert, now, view, audience);
  return {
    writing: view.words,
    title: said.customer,
    tone: toneOf(alert),
    subtitle: said.deal,
    strong: said.headline,
    state: said.state,
    notes: said.notes,
    facts: said.facts,
    rows: [],
    more: [],
    ...linkOf(alert, view),
    footer: smallPrint(said, view.words, unlinked),
  };
}

function sampleMail(message: AlertMessage, view: CardView, from: string, audience: Channel['audience']): Mail {
  const { words } = view;
  const body = alertBody(message, view, audience);
  return {
    ...bodies({ ...body, notes: [words.sample.note()], footer: [words.sample.why()] }),
    subject: subjectLine(words.sample.subject(titleOf(message.alert.facts, words))),
    headers: headersOf('test', []),
    messageId: messageIdOf(message.key, from),
    references: [],
  };
}

function digestMail(message: DigestMessage, view: CardView, from: string): Mail {
  const { words } = view;
  const rows = message.rows.slice(0, MOST_ROWS);
  const said = digestWording(message, rows.length, view);
  return {
    ...bodies({
      writing: words,
      title: said.title,
      tone: toneOf(message.of),
      strong: said.state,
      notes: said.notes,
      facts: [],
      rows: rows.map(row => mailRow(row, digestLine(row, message.now, view), view)),
      more: said.more,
      footer: [said.why, ...(said.rule === null ? [] : [said.rule])].map(unlinked),
    }),
    subject: subjectLine(words.digest.subject(message.total, digestKindOf(message.of), said.left)),
    headers: headersOf(
      'digest',
      rows.map(row => row.referralId),
      message.of,
    ),
    messageId: messageIdOf(message.key, from),
    references: [],
  };
}

function summaryMail(message: SummaryMessage, view: CardView, from: string): Mail {
  const { left } = summaryWording(message, message.rows.length, view);
  const ids = message.rows.slice(0, MOST_ROWS).map(row => row.referralId);
  return {
    ...bodies(summaryBody(message, view)),
    subject: subjectLine(view.words.summary.subject(message.total, left)),
    headers: headersOf('summary', ids),
    messageId: messageIdOf(message.key, from),
    references: [],
  };
}

function reportMail(message: ReportMessage, view: CardView, from: string): Mail {
  return {
    ...bodies(reportBody(message, view)),
    subject: subjectLine(reportSubject(message, view)),
    headers: headersOf('report', []),
    messageId: messageIdOf(message.key, from),
    references: [],
  };
}

function plainMail(message: Message, view: CardView, from: string): Mail {
  const plain = plainOf(message, view);
  const rows = plain.rows.slice(0, MOST_ROWS);
  const kind = message.kind === 'alert' ? message.alert.kind : message.kind;
  const isRegular = message.kind === 'summary' || message.kind === 'report';
  const told = message.kind === 'alert' ? message.alert : message.kind === 'digest' ? message.of : null;
  return {
    ...bodies(plainBody(plain, view)),
    subject: subjectLine(plain.title),
    headers: headersOf(
      kind,
      message.kind === 'test' ? [] : rows.map(row => row.referralId),
      told ?? (isRegular ? null : 'high'),
    ),
    messageId: messageIdOf(message.key, from),
    ...(message.kind === 'alert' ? threadOf(message, from) : { references: [] }),
  };
}

function plainBody({ title, notes, rows, total, why }: PlainMessage, view: CardView): MailBody {
  const { words } = view;
  const shownRows = rows.slice(0, MOST_ROWS);
  return {
    writing: words,
    title,
    tone: 'quiet',
    notes,
    facts: [],
    rows: shownRows.map(row => {
      const { expires, id } = plainLine(row, view);
      return { title: id, line: expires, id: '', link: view.linkFor(row.referralId, row.engagementId)?.url ?? null };
    }),
    more: total > shownRows.length ? [words.digest.more(total - shownRows.length)] : [],
    footer: [unlinked(why)],
  };
}

function linkOf({ referralId, engagementId }: Alert, view: CardView): { readonly link?: MailLink } {
  const link = view.linkFor(referralId, engagementId);
  return link ? { link: { url: link.url, text: openWords(link, view.words) } } : {};
}

function subjectOf(alert: Alert, now: number, view: CardView): string {
  const { words } = view;
  const { subject } = words.alert;
  const customer = customerOf(alert.facts, words);
  const deal = dealOf({ ...alert.facts, deal: clean(alert.facts.deal ?? '', 80) });
  const remaining = alert.expiry.at - now;
  const subjects: Record<AlertKind, () => string> = {
    // Working days stand in the mail: a subject is short.
    new: () => subject.new(customer, deal, leftInWords(alert.expiry.at, now, { words })),
    escalation: () =>
      subject.escalation(customer, deal, remaining > 0 ? words.forms.shortDuration(remaining) : null, alert.firstTold),
    answered: () => subject.answered(customer, answerOf(alert)),
    expired: () => subject.expired(customer),
    gone: () => subject.gone(customer),
  };
  return subjects[alert.kind]();
}

const isMessageId = (text: string) => /^<[\x21-\x3b\x3d\x3f-\x7e]{3,200}>$/.test(text);

const MOST_REFERENCES = 20;

/** Every mail of a referral hangs from a root that was never sent, so that they stand together whatever carried them. */
function threadOf(
  { alert, previous, thread = [] }: AlertMessage,
  from: string,
): Pick<Mail, 'inReplyTo' | 'references'> {
  const root = messageIdOf(`thread/${alert.referralId}`, from);
  if (previous === undefined || !isMessageId(previous)) return { references: [root] };
  const before = thread.filter(id => id !== previous && isMessageId(id)).slice(-MOST_REFERENCES);
  return { inReplyTo: previous, references: [root, ...before, previous] };
}
