import { DAY, HOUR } from '../../src/base/instant.ts';
import { cardOf } from '../../src/messages/card.ts';
import { detailCard, type Known } from '../../src/messages/detail-card.ts';
import { type Mail, mailOf } from '../../src/messages/mail.ts';
import { sampleMessage } from '../../src/messages/message.ts';
import { operatorCard } from '../../src/messages/operator-card.ts';
import { operatorMail } from '../../src/messages/operator-mail.ts';
import type { CardView } from '../../src/messages/view.ts';
import type { Message } from '../../src/model/channel.ts';
import {
  aDigest,
  aLastResort,
  aMessage,
  anEscalation,
  aReferral,
  aReport,
  aSummary,
  facts,
  now,
  trouble,
  view,
} from './samples.ts';

const claim = { by: 'a', name: 'Adele Vance', at: now, until: now + 2 * DAY };
const bare = {
  ...facts,
  customer: null,
  deal: null,
  value: null,
  country: null,
  solutions: [],
  qualification: null,
  type: 'Shared',
  customerRequestedContact: false,
};

/** One of each kind of message, and those that are hard to show. */
const MESSAGES: Readonly<Record<string, Message>> = {
  new: aMessage(),
  reminder: anEscalation('reminder', 6 * DAY, { claim }),
  warning: anEscalation('warning', 2 * DAY + 5 * HOUR, { unconfirmedSince: now }),
  critical: anEscalation('critical', 6 * HOUR, { firstTold: true }),
  answered: aMessage({ kind: 'answered', exit: 'accepted' }),
  expired: aMessage({ kind: 'expired', exit: 'expired' }, Date.parse('2026-11-17T00:10:00Z')),
  gone: aMessage({ kind: 'gone', exit: 'gone' }),
  digest: aDigest(25, 5),
  'last-resort': aLastResort(3),
  plainest: { ...anEscalation('critical', 6 * HOUR, { mayBeRepeat: true }), plainest: true },
  summary: aSummary(),
  report: aReport(),
  test: sampleMessage(now),
  bare: aMessage({ facts: bare }),
  doubtful: anEscalation('warning', DAY, {
    mayBeRepeat: true,
    unconfirmedSince: now,
    movedFrom: now + 3 * DAY,
    createdUnsure: true,
    datePassed: true,
  }),
  hostile: aMessage({
    facts: {
      ...facts,
      customer: 'Proseware <b>& Sons</b> *Ltd* [click](https://evil.example)',
      deal: `شركة ${'x'.repeat(120)} ~~y~~ \`z\` C:\\share )- no bullet`,
    },
  }),
};

const told = [
  { alert: 'new', channel: 'teams', state: 'delivered', attempts: 1, at: now - DAY },
  { alert: 'escalation:7d', channel: 'email', state: 'retry', attempts: 2, at: now },
] as const;

/** The cards of all messages for sales and on-call, as these readers see them. */
export function cardsFor(readers: CardView): Readonly<Record<string, object>> {
  const known: Known = {
    expiry: { at: now + 12 * DAY, source: 'estimated' },
    firstSeenAt: now - DAY,
    deliveries: told,
    claim,
    deeds: [
      { what: 'claimed', at: now - 5 * HOUR, name: 'Megan Bowen' },
      { what: 'released', at: now - 2 * HOUR, name: 'Adele Vance', holder: 'Megan Bowen' },
      { what: 'claimed', at: now, name: 'Adele Vance' },
    ],
  };
  return {
    ...Object.fromEntries(Object.entries(MESSAGES).map(([name, message]) => [name, cardOf(message, readers)])),
    detail: detailCard(aReferral, known, now, readers),
  };
}

export const CARDS: Readonly<Record<string, object>> = {
  ...cardsFor(view),
  operator: operatorCard(trouble, view),
  'operator-over': operatorCard({ ...trouble, phase: 'ended' }, view),
};

const from = 'Referral Alerts <alerts@contoso.com>';

/** Their mails. */
export function mailsFor(readers: CardView): Readonly<Record<string, Mail>> {
  return Object.fromEntries(Object.entries(MESSAGES).map(([name, message]) => [name, mailOf(message, readers, from)]));
}

export const MAILS: Readonly<Record<string, Mail>> = {
  ...mailsFor(view),
  operator: operatorMail(trouble, view, from),
};
