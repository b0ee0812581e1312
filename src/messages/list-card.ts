import type { IAdaptiveCard } from '@microsoft/teams.cards';
import type { Instant } from '../base/instant.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import type { Referral } from '../model/referral.ts';
import { type CardView, card, foot, head, textBlock } from './card-parts.ts';
import { dateInWords, leftInWords, moneyInWords } from './format.ts';
import { activeClaim, execute, personName } from './handling.ts';
import { clean, inert } from './text.ts';
import { customerOf } from './wording.ts';

/** One page of the referrals that wait for an answer. */
export interface ListPage {
  readonly total: number;
  /** Counted from zero. */
  readonly page: number;
  readonly pages: number;
  /** How many come before this page. */
  readonly before: number;
  readonly rows: readonly Checkpoint[];
}

const PAGE = 10;

/** Most urgent first, ten a page. A page that there is not is the nearest that there is. */
export function listPage(open: readonly Checkpoint[], wanted: number): ListPage {
  const pending = open.filter(({ exit }) => exit === undefined).toSorted((a, b) => a.expiry.at - b.expiry.at);
  const pages = Math.max(1, Math.ceil(pending.length / PAGE));
  const page = Math.min(Math.max(0, Math.trunc(wanted) || 0), pages - 1);
  const before = page * PAGE;
  return { total: pending.length, page, pages, before, rows: pending.slice(before, before + PAGE) };
}

/** @param readings - what Partner Center says of those on the page, as far as it was asked and answered */
export function listCard(
  { total, page, pages, before, rows }: ListPage,
  readings: ReadonlyMap<string, Referral>,
  now: Instant,
  view: CardView,
): IAdaptiveCard {
  const title = total === 1 ? '1 pending referral' : `${total} pending referrals`;
  const range = pages > 1 ? `${before + 1} to ${before + rows.length}, most urgent first` : 'Most urgent first';
  return card(
    [
      head(title, total === 0 ? 'Nothing waits for an answer' : range, 'emphasis'),
      ...rows.flatMap(row => {
        const reading = readings.get(row.referralId);
        return [
          textBlock(inert(nameOf(row, reading)), { weight: 'Bolder', spacing: 'Medium' }),
          textBlock(inert(lineOf(row, reading, now, view)), { size: 'Small', spacing: 'None' }),
        ];
      }),
      foot('What Partner Center listed at the last poll.'),
    ],
    `${title}.`,
    [
      ...(page > 0 ? [execute('list', 'Previous', { page: page - 1 })] : []),
      ...(page < pages - 1 ? [execute('list', 'Next', { page: page + 1 })] : []),
    ],
  );
}

function nameOf({ summary, referralId }: Checkpoint, reading: Referral | undefined): string {
  const facts = reading?.facts ?? summary;
  return facts ? customerOf(facts) : `Referral ${clean(referralId, 100)}`;
}

function lineOf(row: Checkpoint, reading: Referral | undefined, now: Instant, view: CardView): string {
  const claim = activeClaim(row, now);
  const value = reading?.facts.value ?? row.summary?.value ?? null;
  return [
    reading && reading.state !== 'pending' ? wordOf(reading) : leftInWords(row.expiry.at - now),
    `expires ${dateInWords(row.expiry.at, view.timeZone)}`,
    moneyInWords(value),
    claim ? `claimed by ${personName(claim.name)}` : null,
    clean(row.referralId, 100),
  ]
    .filter(part => part !== null)
    .join(' · ');
}

/** In Partner Center's own word. */
function wordOf({ substatus, status, state }: Referral): string {
  return `no longer pending: ${clean(substatus ?? status ?? state, 60)}`;
}
