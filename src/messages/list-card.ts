import type { IAdaptiveCard } from '@microsoft/teams.cards';
import type { Instant } from '../base/instant.ts';
import { activeClaim, execute, personName } from '../bot/referral-card.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import { type CardView, card, foot, head, textBlock } from './card-parts.ts';
import { dateInWords, leftInWords, moneyInWords } from './format.ts';
import { clean, inert } from './text.ts';
import { customerOf } from './wording.ts';

const PAGE = 10;

/** The referrals that wait for an answer, most urgent first, ten a page. */
export function listCard(open: readonly Checkpoint[], page: number, now: Instant, view: CardView): IAdaptiveCard {
  const pending = open.filter(({ exit }) => exit === undefined).toSorted((a, b) => a.expiry.at - b.expiry.at);
  const pages = Math.max(1, Math.ceil(pending.length / PAGE));
  const shown = Math.min(Math.max(0, Math.trunc(page) || 0), pages - 1);
  const first = shown * PAGE;
  const rows = pending.slice(first, first + PAGE);
  const title = pending.length === 1 ? '1 pending referral' : `${pending.length} pending referrals`;
  const range = pages > 1 ? `${first + 1} to ${first + rows.length}, most urgent first` : 'Most urgent first';
  return card(
    [
      head(title, pending.length === 0 ? 'Nothing waits for an answer' : range, 'emphasis'),
      ...rows.flatMap(row => [
        textBlock(inert(row.summary ? customerOf(row.summary) : `Referral ${clean(row.referralId, 100)}`), {
          weight: 'Bolder',
          spacing: 'Medium',
        }),
        textBlock(inert(lineOf(row, now, view)), { size: 'Small', spacing: 'None' }),
      ]),
      foot('What Partner Center listed at the last poll.'),
    ],
    `${title}.`,
    [
      ...(shown > 0 ? [execute('list', 'Previous', { page: shown - 1 })] : []),
      ...(shown < pages - 1 ? [execute('list', 'Next', { page: shown + 1 })] : []),
    ],
  );
}

function lineOf(row: Checkpoint, now: Instant, view: CardView): string {
  const claim = activeClaim(row, now);
  return [
    leftInWords(row.expiry.at - now),
    `expires ${dateInWords(row.expiry.at, view.timeZone)}`,
    moneyInWords(row.summary?.value ?? null),
    claim ? `claimed by ${personName(claim.name)}` : null,
    clean(row.referralId, 100),
  ]
    .filter(part => part !== null)
    .join(' · ');
}
