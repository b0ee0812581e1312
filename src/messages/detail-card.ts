import type { CardElementArray, IAdaptiveCard } from '@microsoft/teams.cards';
import type { Instant } from '../base/instant.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import type { Contact, Referral } from '../model/referral.ts';
import { bytesOf, CARD_LIMIT, card, dateLabel, factSet, foot, head, openLinks, textBlock } from './card-parts.ts';
import { channelInWords } from './channel-name.ts';
import { deadlineInWords } from './deadline.ts';
import {
  countryInWords,
  customerOf,
  dealOf,
  line,
  moneyInWords,
  namesInWords,
  personInWords,
  qualificationInWords,
  sortOf,
} from './facts.ts';
import { clean, cleanLines, flat, inert, shown, shownId } from './text.ts';
import type { CardView } from './view.ts';
import { answerOf, expiryInWords, given, type LabelledFact, leftInWords } from './wording.ts';
import type { DeliveryWord, Words } from './words/words.ts';

/** What we know of the referral ourselves. */
export type Known = Pick<
  Checkpoint,
  'expiry' | 'deliveries' | 'claim' | 'deeds' | 'exit' | 'exitAt' | 'exitWord' | 'closedAt'
> & {
  /** Absent where it was never seen. */
  readonly firstSeenAt?: Instant;
};

/**
 * One referral with everything needed to answer it, people at the customer included. Only for the one who asked for
 * it, never for a channel.
 */
export function detailCard(referral: Referral, known: Known, now: Instant, view: CardView): IAdaptiveCard {
  // Ordinary text fits at once; what its escaping blows up is shown in part.
  for (const room of [ROOM, { notes: 1500, people: 6, history: 10 }, { notes: 500, people: 3, history: 6 }]) {
    const detail = build(referral, known, now, view, room);
    if (bytesOf(detail) <= CARD_LIMIT) return detail;
  }
  return build(referral, known, now, view, { notes: 0, people: 1, history: 3 });
}

interface Room {
  /** Characters. */
  readonly notes: number;
  readonly people: number;
  /** Lines. */
  readonly history: number;
}

const ROOM: Room = { notes: 3000, people: 8, history: 14 };

function build(referral: Referral, known: Known, now: Instant, view: CardView, room: Room): IAdaptiveCard {
  const { words } = view;
  const { detail, lead } = words;
  const pending = referral.state === 'pending';
  const customer = customerOf(referral.facts, words);
  const deal = dealOf(referral.facts);
  const state = detailState(referral, known, now, view);
  const money = moneyInWords(referral.facts.value, words);
  const strong = line(words, money, pending ? deadlineInWords(known.expiry.at, now, view) : null);
  const title = deal === null ? customer : lead.titled(customer, deal);
  return card(
    [
      head({ title: customer, subtitle: deal, strong, state, tone: pending ? 'accent' : 'quiet' }),
      ...consent(referral.consentToContact, words),
      ...factSet(detailFacts(referral, known, now, view)),
      ...contacts(referral.contacts, room.people, words),
      ...section(
        detail.notes(),
        cleanLines(referral.notes ?? '', room.notes).map(text => inert(shown(text, room.notes))),
      ),
      ...history(known, room.history, view),
      ...foot(inert(detail.privacy())),
    ],
    words.forms.sentences([flat(state), flat(title), words.facts.referralId(shownId(referral.id))]),
    openLinks(view, referral.id, referral.engagementId),
  );
}

function detailState(referral: Referral, { expiry }: Known, now: Instant, view: CardView): string {
  const { words } = view;
  const sort = sortOf(referral.facts.type);
  if (referral.state === 'pending') return line(words, words.detail.pending(sort), leftInWords(expiry.at, now, view));
  // Partner Center's own words, as people find them there.
  return line(words, words.lead.sort(sort), shown(referral.status ?? '', 40), shown(referral.substatus ?? '', 40));
}

function detailFacts(referral: Referral, { expiry, claim }: Known, now: Instant, view: CardView): LabelledFact[] {
  const { words, timeZone } = view;
  const { detail, facts, forms } = words;
  const { label } = facts;
  const { country, solutions, qualification, customerRequestedContact } = referral.facts;
  const city = shown(referral.city ?? '', 60);
  const land = countryInWords(country, words);
  const place = city !== '' && land !== null ? facts.place(city, land) : city || land;
  const held =
    claim && claim.until > now && referral.state === 'pending'
      ? detail.claimedUntil(personInWords(claim.name, words), forms.moment(Math.min(claim.until, expiry.at), timeZone))
      : null;
  const expiryLabel = { pending: label.expires, expired: label.expired }[referral.state as string] ?? label.expiryDate;
  return [
    ...given(label.claimed(), held),
    ...given(label.place(), place),
    ...given(label.size(), sizeInWords(referral.customerSize, words)),
    ...given(label.solution(), namesInWords(solutions, words)),
    ...given(label.qualification(), qualificationInWords(qualification, words)),
    ...given(label.request(), customerRequestedContact ? facts.asksForContact() : null),
    ...given(label.invitedBy(), shown(referral.invitedBy ?? '', 120)),
    ...given(label.created(), referral.createdAt === null ? null : forms.exact(referral.createdAt, timeZone)),
    { label: expiryLabel(), value: expiryInWords(expiry, view) },
    { label: label.referral(), value: shownId(referral.id), id: true },
    ...given(label.engagement(), shown(referral.engagementId ?? '', 100)),
  ];
}

/** `51to250employees` → `51 to 250 employees`; anything else as it came. */
function sizeInWords(size: string | null, { facts }: Words): string {
  const text = clean(size ?? '', 60);
  const range = /^(\d+)to(\d+)employees$/i.exec(text);
  if (range) return facts.employees({ from: range[1] as string, to: range[2] as string });
  const more = /^morethan(\d+)employees$/i.exec(text);
  return more ? facts.employees({ moreThan: more[1] as string }) : shown(text, 60);
}

function consent(consentToContact: boolean | null, { detail }: Words): CardElementArray {
  if (consentToContact !== false) return [];
  return [
    {
      type: 'Container',
      style: 'warning',
      spacing: 'Medium',
      items: [textBlock(inert(detail.noConsent()), { weight: 'Bolder' })],
    },
  ];
}

function contacts(people: readonly Contact[], most: number, { detail }: Words): CardElementArray {
  const lines = people
    .slice(0, most)
    .map(contactLine)
    .filter(text => text !== '');
  if (people.length > most) lines.push(inert(detail.moreContacts(people.length - most)));
  return section(detail.contacts(), lines);
}

function contactLine(contact: Contact): string {
  return [inert(shown(contact.name ?? '', 120)), address(contact.email), phone(contact.phone)]
    .filter(part => part !== '')
    .join(' · ');
}

// A plain address or number is left as it is, so that it can be copied; it starts nothing in Markdown.
function address(email: string | null): string {
  const text = clean(email ?? '', 200);
  const plain = /^[A-Za-z0-9](?:[A-Za-z0-9.+-]*[A-Za-z0-9])?@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$/;
  return plain.test(text) ? text : inert(shown(text, 200));
}

function phone(number: string | null): string {
  const text = clean(number ?? '', 60);
  return /^(?:\+|\()?\d[\d ()./-]*$/.test(text) ? text : inert(text);
}

function section(title: string, lines: readonly string[]): CardElementArray {
  if (lines.length === 0) return [];
  return [
    textBlock(inert(title), { weight: 'Bolder', spacing: 'Medium' }),
    ...lines.map(text => textBlock(text, { spacing: 'Small' })),
  ];
}

/** What has happened to it, oldest first: how it began, and the latest of what followed. */
function history(known: Known, most: number, view: CardView): CardElementArray {
  const { words, timeZone } = view;
  const events = [...beginning(known, words), ...toldEvents(known, view), ...deedEvents(known, words)];
  const all = [...events, ...ending(known, words)].toSorted((a, b) => a.at - b.at);
  if (all.length === 0) return [];
  const shownEvents = all.length > most ? [...all.slice(0, 1), ...all.slice(1 - most)] : all;
  const facts = shownEvents.map(({ at, text }) => ({
    label: dateLabel(words.forms.moment(at, timeZone)),
    value: text,
  }));
  return [textBlock(inert(words.detail.history()), { weight: 'Bolder', spacing: 'Medium' }), ...factSet(facts)];
}

interface Event {
  readonly at: Instant;
  readonly text: string;
}

function beginning({ firstSeenAt }: Known, { detail }: Words): Event[] {
  return firstSeenAt === undefined ? [] : [{ at: firstSeenAt, text: detail.happened.firstSeen() }];
}

function toldEvents({ deliveries }: Known, view: CardView): Event[] {
  const { words } = view;
  const inOrder = deliveries.toSorted((a, b) => a.at - b.at || (a.channel < b.channel ? -1 : 1));
  return inOrder.map(({ alert, channel, state, at }) => {
    const standing = words.detail.standing[state as DeliveryWord]?.() ?? clean(state, 20);
    return { at, text: words.forms.items([toldInWords(alert, words), channelInWords(channel, view), standing]) };
  });
}

function deedEvents({ deeds = [] }: Known, words: Words): Event[] {
  const { happened } = words.detail;
  return deeds.map(({ what, at, name, holder }) => {
    const who = personInWords(name, words);
    const isForOther = what === 'released' && holder !== undefined;
    return { at, text: isForOther ? happened.releasedFor(who, personInWords(holder, words)) : happened[what](who) };
  });
}

function ending({ exit, exitAt, exitWord, closedAt }: Known, { detail: { happened } }: Words): Event[] {
  const at = exitAt ?? closedAt;
  if (!exit || at === undefined) return [];
  const isAnswer = exit !== 'expired' && exit !== 'gone';
  return [
    { at, text: isAnswer ? happened.answered(answerOf({ exit, exitWord: exitWord ?? null })) : happened[exit]() },
  ];
}

const UNITS = { d: 'day', h: 'hour', m: 'minute' } as const;

/** The name that a delivery is kept under, in words: `escalation:24h` → `24 hours before expiry`. */
function toldInWords(alert: string, { detail, forms }: Words): string {
  const step = /^escalation:(\d{1,6})([dhm])$/.exec(alert);
  if (step) return detail.told.escalation(forms.units(Number(step[1]), UNITS[step[2] as keyof typeof UNITS]));
  if (alert === 'new' || alert === 'answered' || alert === 'expired' || alert === 'gone') return detail.told[alert]();
  return clean(alert, 40);
}
