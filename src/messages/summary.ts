import type { IAdaptiveCard } from '@microsoft/teams.cards';
import type { SummaryMessage } from '../model/channel.ts';
import { bytesOf, CARD_LIMIT, card, foot, head, listed, notes } from './card-parts.ts';
import { digestLine } from './digest-card.ts';
import { line, personInWords, titleOf } from './facts.ts';
import type { MailBody } from './mail-body.ts';
import { mailRow } from './mail-row.ts';
import { flat, inert, shown, shownId, unlinked } from './text.ts';
import type { CardView } from './view.ts';
import { leftInWords } from './wording.ts';

/** A mail shows no more referrals than this. */
export const MOST_ROWS = 100;

/** What a summary says beside its rows. Plain text. */
export function summaryWording(message: SummaryMessage, shownRows: number, view: CardView) {
  const { summary, digest } = view.words;
  const { total, unclaimed, rows, now } = message;
  const [first] = rows;
  const left = first ? leftInWords(first.expiry.at, now, view) : '';
  return {
    title: summary.title(total),
    left,
    state: total === 1 ? line(view.words, left) : left === '' ? '' : digest.mostUrgent(left),
    notes: [...(unclaimed ? [summary.unclaimed(unclaimed, total)] : []), ...doubtsOfSummary(message, view)],
    more: total > shownRows ? [digest.more(total - shownRows)] : [],
    why: summary.why(),
  };
}

/** That it comes late, could not be confirmed, or may be a repeat. */
export function doubtsOfSummary(message: SummaryMessage, { words, timeZone }: CardView): string[] {
  const { lateSince, mayBeRepeat, rows } = message;
  const unconfirmed = rows.flatMap(({ unconfirmedSince }) => unconfirmedSince ?? []);
  return [
    ...(lateSince === null ? [] : [words.notes.late(words.forms.moment(lateSince, timeZone))]),
    ...(unconfirmed.length > 0
      ? [words.notes.unconfirmedSince(words.forms.exact(Math.min(...unconfirmed), timeZone))]
      : []),
    ...(mayBeRepeat ? [words.notes.mayBeRepeat()] : []),
  ];
}

/** What waits in one card: as many rows as fit, most urgent first. */
export function summaryCard(message: SummaryMessage, view: CardView): IAdaptiveCard {
  for (const titleLength of [200, 60, 20]) {
    for (let rows = message.rows.length; rows > 0; rows = Math.floor(rows * 0.8)) {
      const fitting = build(message, rows, titleLength, view);
      const fits = bytesOf(fitting) <= CARD_LIMIT;
      if (fits && (rows >= FEW || rows === message.rows.length)) return fitting;
      if (rows < FEW) break;
    }
  }
  return build(message, FEW, 20, view);
}

/** So many rows fit whatever customers wrote. */
const FEW = 15;

function build(message: SummaryMessage, most: number, titleLength: number, view: CardView): IAdaptiveCard {
  const rows = message.rows.slice(0, most);
  const said = summaryWording(message, rows.length, view);
  return card(
    [
      head({ title: said.title, strong: said.state, tone: 'accent' }),
      ...notes(said.notes),
      ...rows.flatMap(row => {
        const title = shown(titleOf(row.facts, view.words), titleLength);
        return listed(title, rowLine(row, message, view), shownId(row.referralId));
      }),
      ...notes(said.more),
      ...foot(inert(said.why)),
    ],
    view.words.forms.sentences([said.title, said.state, ...said.notes].filter(text => text !== '').map(flat)),
  );
}

/** Value and until when, time left, country, and who has it. */
function rowLine(row: SummaryMessage['rows'][number], { now }: SummaryMessage, view: CardView): string {
  const { words } = view;
  const holder = row.claim ? words.summary.claimedBy(personInWords(row.claim.name, words)) : null;
  return line(words, digestLine(row, now, view), holder);
}

export function summaryBody(message: SummaryMessage, view: CardView): MailBody {
  const { words } = view;
  const rows = message.rows.slice(0, MOST_ROWS);
  const said = summaryWording(message, rows.length, view);
  return {
    writing: words,
    title: said.title,
    tone: 'accent',
    strong: said.state,
    notes: said.notes,
    facts: [],
    rows: rows.map(row => mailRow(row, rowLine(row, message, view), view)),
    more: said.more,
    footer: [unlinked(said.why)],
  };
}
