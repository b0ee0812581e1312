import type { CardElementArray, IAdaptiveCard } from '@microsoft/teams.cards';
import type { Instant } from '../base/instant.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import type { Contact, Referral } from '../model/referral.ts';
import { bytesOf, CARD_LIMIT, card, factSet, foot, head, openLinks, section, textBlock } from './card-parts.ts';
import { deadlineInWords } from './deadline.ts';
import { type History, historyFacts } from './detail-history.ts';
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
import { expiryInWords, given, type LabelledFact, leftInWords } from './wording.ts';
import type { Words } from './words/words.ts';

/** What we know of the referral ourselves. */
export type Known = History & Pick<Checkpoint, 'expiry' | 'claim'>;

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
        lines(cleanLines(referral.notes ?? '', room.notes).map(text => inert(shown(text, room.notes)))),
      ),
      ...section(detail.history(), factSet(historyFacts(known, room.history, view))),
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
  const each = people
    .slice(0, most)
    .map(contactLine)
    .filter(text => text !== '');
  if (people.length > most) each.push(inert(detail.moreContacts(people.length - most)));
  return section(detail.contacts(), lines(each));
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

function lines(texts: readonly string[]): CardElementArray {
  return texts.map(text => textBlock(text, { spacing: 'Small' }));
}
