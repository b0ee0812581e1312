import { DAY, HOUR } from '../../src/base/instant.ts';
import { askRelease } from '../../src/bot/ask-release.ts';
import { concerned, escalationRemark } from '../../src/bot/escalation.ts';
import { callingPost, referralPost } from '../../src/bot/referral-card.ts';
import { byItself, inThread } from '../../src/bot/remark.ts';
import type { Handling } from '../../src/messages/handling.ts';
import { listCard, listPage } from '../../src/messages/list-card.ts';
import type { CardView } from '../../src/messages/view.ts';
import type { AlertMessage } from '../../src/model/channel.ts';
import type { Checkpoint } from '../../src/model/checkpoint.ts';
import { aMessage, anEscalation, now, view } from '../messages/samples.ts';

const steps = [{ name: '24h', before: DAY, severity: 'critical' as const }];

const claim = (at: number) => ({
  by: '11111111-aaaa-4aaa-8aaa-000000000001',
  name: 'Adele Vance',
  at,
  until: at + 2 * DAY,
});

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

/** Every state that a referral's card can be in, and the bot's other cards, as these readers see them. */
export function botCardsFor(readers: CardView): Readonly<Record<string, object>> {
  const setting = { view: readers, steps };
  const post = ({ alert, now: at }: AlertMessage, handling: (at: number) => Handling = () => ({})): object =>
    referralPost(alert, at, handling(at), setting).card;
  return {
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
      aMessage({
        facts: { ...aMessage().alert.facts, customer: '**Bold** [click](https://evil.example) <at>all</at>' },
      }),
      at => ({ claim: { ...claim(at), name: '<at>all</at> **x** [y](https://evil.example)' } }),
    ),
    calling: callingPost(referralPost(anEscalation('critical', HOUR).alert, now, {}, setting), [
      { id: 'megan@contoso.example', name: 'megan' },
    ]).card,
    'release?': askRelease({ id: 'ref-1', facts: aMessage().alert.facts }, claim(now), readers),
    list: listCard(listPage(pending, 1), new Map(), now, readers),
    'list-empty': listCard(listPage([], 0), new Map(), now, readers),
  };
}

export const BOT_CARDS = botCardsFor(view);

const critical = anEscalation('critical', 6 * HOUR).alert;
const people = concerned(
  critical,
  { claim: { ...claim(now), name: '<b>Ad**ele</b>' } },
  ['megan@contoso.example'],
  view,
);

const remark = escalationRemark(critical, now, people, view);
/** The line beside a critical card: in its thread, there without calling anybody, and where there are no threads. */
export const REMARKS = {
  calling: inThread(remark) as { card: object },
  plain: inThread({ ...remark, people: [] }),
  alone: byItself(remark, view) as { card: object },
};
