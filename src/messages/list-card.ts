import type { IAdaptiveCard } from '@microsoft/teams.cards';
import type { Instant } from '../base/instant.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import type { Referral } from '../model/referral.ts';
import { card, execute, foot, head, listed } from './card-parts.ts';
import { deadlineInWords } from './deadline.ts';
import { customerOf, line, moneyInWords, personInWords } from './facts.ts';
import { activeClaim } from './handling.ts';
import { inert, shown, shownId } from './text.ts';
import type { CardView } from './view.ts';
import { leftInWords } from './wording.ts';

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
  const { list, button } = view.words.bot;
  const title = list.title(total);
  const range = pages > 1 ? list.range(before + 1, before + rows.length) : list.mostUrgentFirst();
  return card(
    [
      head({ title, strong: total === 0 ? list.none() : range, tone: 'quiet' }),
      ...rows.flatMap(row => {
        const reading = readings.get(row.referralId);
        return listed(nameOf(row, reading, view), lineOf(row, reading, now, view), shownId(row.referralId));
      }),
      ...foot(inert(list.why())),
    ],
    view.words.forms.sentences([title]),
    [
      ...(page > 0 ? [execute('list', button.previous(), { page: page - 1 })] : []),
      ...(page < pages - 1 ? [execute('list', button.next(), { page: page + 1 })] : []),
    ],
  );
}

function nameOf({ summary, referralId }: Checkpoint, reading: Referral | undefined, { words }: CardView): string {
  const facts = reading?.facts ?? summary;
  return facts ? customerOf(facts, words) : words.bot.list.unnamed(shownId(referralId));
}

function lineOf(row: Checkpoint, reading: Referral | undefined, now: Instant, view: CardView): string {
  const { words } = view;
  const { expiry } = row;
  const claim = activeClaim(row, now);
  return line(
    words,
    moneyInWords(reading?.facts.value ?? row.summary?.value ?? null, words),
    deadlineInWords(expiry.at, now, view),
    reading && reading.state !== 'pending'
      ? words.bot.list.notPending(shown(reading.substatus ?? reading.status ?? reading.state, 60))
      : leftInWords(expiry.at, now, view),
    claim ? words.bot.list.claimedBy(personInWords(claim.name, words)) : null,
  );
}
