import type { CardElementArray, IAdaptiveCard, ITextBlock } from '@microsoft/teams.cards';
import type { Instant } from '../base/instant.ts';
import type { Delivery } from '../model/checkpoint.ts';
import type { Contact, Expiry, Referral } from '../model/referral.ts';
import { bytesOf, CARD_LIMIT, type CardView, card, factSet, foot, head, openLink, textBlock } from './card-parts.ts';
import {
  capital,
  countryName,
  dateInWords,
  expiryInWords,
  leftInWords,
  moneyInWords,
  qualificationName,
  typeName,
} from './format.ts';
import { clean, cleanLines, inert, shownId } from './text.ts';
import { given, type LabelledFact, listInWords, titleOf } from './wording.ts';

/**
 * One referral with everything needed to answer it, people at the customer included. Only for the one who asked for
 * it, never for a channel.
 */
export function detailCard(
  referral: Referral,
  expiry: Expiry,
  deliveries: readonly Delivery[],
  now: Instant,
  view: CardView,
): IAdaptiveCard {
  // Ordinary text fits at once; what its escaping blows up is shown in part.
  for (const room of [ROOM, { notes: 1500, people: 6 }, { notes: 500, people: 3 }]) {
    const detail = build(referral, expiry, deliveries, now, view, room);
    if (bytesOf(detail) <= CARD_LIMIT) return detail;
  }
  return build(referral, expiry, deliveries, now, view, { notes: 0, people: 1 });
}

interface Room {
  /** Characters. */
  readonly notes: number;
  readonly people: number;
}

const ROOM: Room = { notes: 3000, people: 8 };

function build(
  referral: Referral,
  expiry: Expiry,
  deliveries: readonly Delivery[],
  now: Instant,
  view: CardView,
  room: Room,
): IAdaptiveCard {
  const title = titleOf(referral.facts);
  const state = stateOf(referral, expiry, now);
  return card(
    [
      head(title, state, referral.state === 'pending' ? 'accent' : 'emphasis'),
      ...consent(referral.consentToContact),
      factSet(factsOf(referral, expiry, view.timeZone)),
      ...contacts(referral.contacts, room.people),
      ...section('Notes', cleanLines(referral.notes ?? '', room.notes).map(inert)),
      ...history(deliveries, view.timeZone),
      foot('Only you see this. People and notes are personal data of the customer: do not pass them on.'),
    ],
    `${inert(state)}: ${inert(title)}. Referral ${shownId(referral.id)}.`,
    [openLink('Open in Partner Center', view.linkFor(referral.id, referral.engagementId))],
  );
}

function stateOf(referral: Referral, expiry: Expiry, now: Instant): string {
  const type = capital(typeName(referral.facts.type));
  if (referral.state === 'pending') return `${type} · not answered · ${leftInWords(expiry.at - now)}`;
  const words = [referral.status, referral.substatus].map(word => clean(word ?? '', 40)).filter(word => word !== '');
  return [type, ...words].join(' · ');
}

function factsOf(referral: Referral, expiry: Expiry, timeZone: string): LabelledFact[] {
  const { facts } = referral;
  const place = [clean(referral.city ?? '', 60), countryName(facts.country)].filter(part => part).join(', ');
  return [
    ...given('Value', moneyInWords(facts.value)),
    ...given('Place', place),
    ...given('Size', sizeInWords(referral.customerSize)),
    ...given('Solution', listInWords(facts.solutions)),
    ...given('Qualification', qualificationName(facts.qualification)),
    ...given('Request', facts.customerRequestedContact ? 'customer asks to be contacted' : null),
    ...given('Invited by', clean(referral.invitedBy ?? '', 120)),
    ...given('Created', referral.createdAt === null ? null : dateInWords(referral.createdAt, timeZone)),
    ...(referral.state === 'pending' || referral.state === 'expired'
      ? [{ label: referral.state === 'pending' ? 'Expires' : 'Expired', value: expiryInWords(expiry, timeZone) }]
      : [{ label: 'Expiry date', value: expiryInWords(expiry, timeZone) }]),
    { label: 'Referral', value: shownId(referral.id), id: true },
    ...given('Engagement', clean(referral.engagementId ?? '', 100)),
  ];
}

/** `51to250employees` → `51 to 250 employees`. */
function sizeInWords(size: string | null): string {
  return clean(size ?? '', 60)
    .replace(/^Morethan(?=\d)/i, 'More than ')
    .replace(/(\d)(to|employees)/g, '$1 $2')
    .replace(/to(?=\d)/, 'to ');
}

function consent(consentToContact: boolean | null): CardElementArray {
  if (consentToContact !== false) return [];
  return [
    {
      type: 'Container',
      style: 'warning',
      spacing: 'Medium',
      items: [
        textBlock(
          'The customer did not consent to be contacted. Clear that before you use the contact details below.',
          {
            weight: 'Bolder',
          },
        ),
      ],
    },
  ];
}

function contacts(people: readonly Contact[], most: number): CardElementArray {
  const lines = people
    .slice(0, most)
    .map(contactLine)
    .filter(line => line !== '');
  if (people.length > most) lines.push(`and ${people.length - most} more in Partner Center`);
  return section('Contacts', lines);
}

function contactLine(contact: Contact): string {
  return [inert(clean(contact.name ?? '', 120)), address(contact.email), phone(contact.phone)]
    .filter(part => part !== '')
    .join(' · ');
}

// A plain address or number is left as it is, so that it can be copied; it starts nothing in Markdown.
function address(email: string | null): string {
  const text = clean(email ?? '', 200);
  return /^[A-Za-z0-9](?:[\w.+-]*[A-Za-z0-9])?@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$/.test(text) ? text : inert(text);
}

function phone(number: string | null): string {
  const text = clean(number ?? '', 60);
  return /^\+?[\d ()./-]+$/.test(text) ? text : inert(text);
}

function section(title: string, lines: readonly string[]): CardElementArray {
  if (lines.length === 0) return [];
  const heading: ITextBlock = textBlock(title, { weight: 'Bolder', spacing: 'Medium' });
  return [heading, ...lines.map(line => textBlock(line, { spacing: 'Small' }))];
}

function history(deliveries: readonly Delivery[], timeZone: string): CardElementArray {
  const latest = deliveries.slice(-10);
  if (latest.length === 0) return [];
  const facts = latest.map(({ alert, channel, state, at }) => ({
    label: clean(alert, 40),
    value: `${clean(channel, 60)}, ${state}, ${dateInWords(at, timeZone)}`,
  }));
  return [textBlock('Told so far', { weight: 'Bolder', spacing: 'Medium' }), factSet(facts)];
}
