import { DAY, HOUR } from '../../src/base/instant.ts';
import { escalationReply } from '../../src/bot/escalation-reply.ts';
import { type Handling, referralPost } from '../../src/bot/referral-card.ts';
import { listCard } from '../../src/messages/list-card.ts';
import type { AlertMessage } from '../../src/model/channel.ts';
import type { Checkpoint } from '../../src/model/checkpoint.ts';
import { aMessage, anEscalation, now, view } from '../messages/samples.ts';

const claim = (at: number) => ({
  by: '11111111-aaaa-4aaa-8aaa-000000000001',
  name: 'Adele Vance',
  at,
  until: at + 2 * DAY,
});

function post({ alert, now: at }: AlertMessage, handling: (at: number) => Handling = () => ({})): object {
  return referralPost(alert, at, handling(at), view).card;
}

const pending = Array.from(
  { length: 23 },
  (_, i): Checkpoint => ({
    referralId: `0000${i}`,
    engagementId: null,
    createdAt: null,
    firstSeenAt: now,
    expiry: { at: now + (i + 1) * 14 * HOUR, source: 'estimated' },
    deliveries: [],
    summary: {
      customer: ['Contoso', 'Fabrikam', 'Northwind Traders', 'Adatum', 'Tailspin Toys'][i % 5] as string,
      country: 'NL',
      value: i % 3 ? { amount: 12_500 * (i + 1), currency: 'EUR' } : null,
      type: 'Independent',
    },
    ...(i === 1 && { claim: claim(now) }),
  }),
);

const claimed = (at: number) => ({ claim: claim(at - HOUR) });

/** Every state that a referral's card can be in, and the bot's other cards. */
export const BOT_CARDS: Readonly<Record<string, object>> = {
  new: post(aMessage()),
  reminder: post(anEscalation('reminder', 6 * DAY)),
  warning: post(anEscalation('warning', 2 * DAY + 5 * HOUR)),
  critical: post(anEscalation('critical', 6 * HOUR)),
  claimed: post(anEscalation('reminder', 6 * DAY), claimed),
  'critical-claimed': post(anEscalation('critical', 6 * HOUR), claimed),
  snoozed: post(anEscalation('reminder', 6 * DAY), at => ({ snoozedUntil: at + DAY })),
  unconfirmed: post(anEscalation('warning', 2 * DAY, { unconfirmedSince: now, mayBeRepeat: true, firstTold: true })),
  answered: post(aMessage({ kind: 'answered', exit: 'accepted' }), claimed),
  declined: post(aMessage({ kind: 'answered', exit: 'declined' })),
  expired: post(aMessage({ kind: 'expired', exit: 'expired' })),
  hostile: post(
    aMessage({ facts: { ...aMessage().alert.facts, customer: '**Bold** [click](https://evil.example) <at>all</at>' } }),
    at => ({ claim: { ...claim(at), name: '<at>all</at> **x** [y](https://evil.example)' } }),
  ),
  list: listCard(pending, 1, now, view),
  'list-empty': listCard([], 0, now, view),
};

/** The line in the thread of a critical card, which calls people by name. */
export const REPLY = escalationReply(
  anEscalation('critical', 6 * HOUR).alert,
  now,
  { claim: { ...claim(now), name: '<b>Ad**ele</b>' } },
  ['megan@contoso.example'],
  view,
);
