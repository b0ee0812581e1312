import type { IAdaptiveCard, ITextBlock } from '@microsoft/teams.cards';
import type { Instant } from '../base/instant.ts';
import type { Alert } from '../model/alert.ts';
import type { DigestMessage } from '../model/channel.ts';
import { bytesOf, CARD_LIMIT, type CardView, card, foot, head, openLink, textBlock } from './card-parts.ts';
import { capital, countryName, expiryInWords, leftInWords, moneyInWords, typeName } from './format.ts';
import { inert, shownId } from './text.ts';
import { customerOf, REPEAT, titleOf } from './wording.ts';

/** Many new referrals in one card: their number, and as many rows as fit, most urgent first. */
export function digestCard(message: Omit<DigestMessage, 'kind' | 'key'>, view: CardView): IAdaptiveCard {
  const all = message.rows.map(row => rowOf(row, message.now, view));
  let room = CARD_LIMIT - bytesOf(build(message, [], view)) - 200;
  let fitting = 0;
  for (const row of all) {
    room -= bytesOf(row.blocks) + bytesOf(row.fallback);
    if (room < 0) break;
    fitting += 1;
  }
  return build(message, all.slice(0, fitting), view);
}

interface Row {
  readonly blocks: readonly ITextBlock[];
  readonly fallback: string;
}

function build(message: Omit<DigestMessage, 'kind' | 'key'>, rows: readonly Row[], view: CardView): IAdaptiveCard {
  const title = digestTitle(message.total);
  const first = message.rows[0];
  const state = first ? `The first expires ${expiryInWords(first.expiry, view.timeZone)}` : 'New';
  const more = message.total - rows.length;
  const rest = more > 0 ? [`And ${more} more: see Partner Center.`] : [];
  return card(
    [
      head(title, state, 'accent'),
      ...(message.mayBeRepeat ? [textBlock(REPEAT, { spacing: 'Medium' })] : []),
      ...rows.flatMap(row => row.blocks),
      ...rest.map(line => textBlock(line, { spacing: 'Medium' })),
      foot(
        'You see this because many referrals arrived at once. Each gets an alert of its own as its expiry comes near.',
      ),
    ],
    [`${title}. ${state}.`, ...(message.mayBeRepeat ? [REPEAT] : []), ...rows.map(row => row.fallback), ...rest].join(
      ' ',
    ),
    first ? [openLink('Open in Partner Center', view.linkFor(first.referralId, first.engagementId))] : [],
  );
}

/** `25 new referrals`, for the card's heading and the mail's subject. */
export function digestTitle(total: number): string {
  return total === 1 ? '1 new referral' : `${total} new referrals`;
}

function rowOf(alert: Alert, now: Instant, view: CardView): Row {
  return {
    blocks: [
      textBlock(inert(titleOf(alert.facts)), { weight: 'Bolder', spacing: 'Medium' }),
      textBlock(`${inert(digestLine(alert, now, view.timeZone))} · ${shownId(alert.referralId)}`, {
        size: 'Small',
        spacing: 'None',
      }),
    ],
    fallback: `${inert(customerOf(alert.facts))} (${shownId(alert.referralId)}).`,
  };
}

/** What a row says below its title: time left, expiry, type, value, country. The id follows, not broken up. */
export function digestLine(alert: Alert, now: Instant, timeZone: string): string {
  const { facts, expiry } = alert;
  return [
    capital(leftInWords(expiry.at - now)),
    `expires ${expiryInWords(expiry, timeZone)}`,
    typeName(facts.type),
    moneyInWords(facts.value),
    countryName(facts.country),
  ]
    .filter(part => part !== null)
    .join(' · ');
}
