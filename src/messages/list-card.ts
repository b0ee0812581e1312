import type { IAdaptiveCard } from '@microsoft/teams.cards';
import type { Instant } from '../base/instant.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import { card, execute, foot, head, textBlock } from './card-parts.ts';
import { deadlineInWords } from './deadline.ts';
import { customerOf, line, moneyInWords, personInWords } from './facts.ts';
import { inert, shownId } from './text.ts';
import type { CardView } from './view.ts';
import { leftInWords } from './wording.ts';

const PAGE = 10;

/** The referrals that wait for an answer, most urgent first, ten a page. */
export function listCard(open: readonly Checkpoint[], page: number, now: Instant, view: CardView): IAdaptiveCard {
  const { list, button } = view.words.bot;
  const pending = open.filter(({ exit }) => exit === undefined).toSorted((a, b) => a.expiry.at - b.expiry.at);
  const pages = Math.max(1, Math.ceil(pending.length / PAGE));
  const shown = Math.min(Math.max(0, Math.trunc(page) || 0), pages - 1);
  const first = shown * PAGE;
  const rows = pending.slice(first, first + PAGE);
  const title = list.title(pending.length);
  const range = pages > 1 ? list.range(first + 1, first + rows.length) : list.mostUrgentFirst();
  return card(
    [
      head({ title, strong: pending.length === 0 ? list.none() : range, tone: 'quiet' }),
      ...rows.flatMap(row => [
        textBlock(inert(nameOf(row, view)), { weight: 'Bolder', spacing: 'Medium' }),
        textBlock(`${inert(lineOf(row, now, view))} · ${shownId(row.referralId)}`, { size: 'Small', spacing: 'None' }),
      ]),
      ...foot(inert(list.why())),
    ],
    `${title}.`,
    [
      ...(shown > 0 ? [execute('list', button.previous(), { page: shown - 1 })] : []),
      ...(shown < pages - 1 ? [execute('list', button.next(), { page: shown + 1 })] : []),
    ],
  );
}

function nameOf({ summary, referralId }: Checkpoint, { words }: CardView): string {
  return summary ? customerOf(summary, words) : words.bot.list.unnamed(shownId(referralId));
}

function lineOf({ summary, expiry, claim }: Checkpoint, now: Instant, view: CardView): string {
  const { words } = view;
  return line(
    words,
    moneyInWords(summary?.value ?? null, words),
    deadlineInWords(expiry.at, now, view),
    leftInWords(expiry.at, now, view),
    claim && claim.until > now ? words.bot.list.claimedBy(personInWords(claim.name, words)) : null,
  );
}
