import type { IAdaptiveCard } from '@microsoft/teams.cards';
import type { Alert } from '../model/alert.ts';
import { isExit } from '../model/alert-kinds.ts';
import { bytesOf, CARD_LIMIT, card, foot, openLinks, textBlock } from './card-parts.ts';
import { openWords } from './link.ts';
import { inert, shownId } from './text.ts';
import type { CardView } from './view.ts';

/** A message that holds nothing a customer wrote: of each referral its id, expiry and link. */
export interface PlainMessage {
  readonly title: string;
  readonly notes: readonly string[];
  readonly rows: readonly PlainRow[];
  /** How many referrals it tells; more than there are rows when not all are known. */
  readonly total: number;
  readonly why: string;
}

/** Without a kind it is pending. */
export type PlainRow = Pick<Alert, 'referralId' | 'engagementId' | 'expiry'> & Partial<Pick<Alert, 'kind'>>;

/** The exact expiry of a row, and its id. */
export function plainLine({ referralId, expiry, kind }: PlainRow, { words, timeZone }: CardView) {
  const exact = words.forms.exact(expiry.at, timeZone);
  return {
    expires: words.facts.expires(exact, expiry.source === 'estimated', kind !== undefined && isExit({ kind })),
    id: words.facts.referralId(shownId(referralId)),
  };
}

/** The simplest card there is: text and links. As many rows as fit. */
export function plainCard(message: PlainMessage, view: CardView): IAdaptiveCard {
  let fitting = build(message, message.rows.length, view);
  for (let shown = message.rows.length - 1; bytesOf(fitting) > CARD_LIMIT && shown >= 0; shown--) {
    fitting = build(message, shown, view);
  }
  return fitting;
}

function build({ title, notes, rows, total, why }: PlainMessage, shown: number, view: CardView): IAdaptiveCard {
  const { words } = view;
  const only = total === 1 ? rows[0] : undefined;
  const lines = rows.slice(0, shown).map(row => {
    const { expires, id } = plainLine(row, view);
    const link = only ? null : view.linkFor(row.referralId, row.engagementId);
    const open = link ? ` · [${inert(openWords(link, words))}](${linkTarget(link.url)})` : '';
    return { text: `${inert(expires)} · ${id}`, link: open };
  });
  const more = total > shown ? [words.digest.more(total - shown)] : [];
  return card(
    [
      textBlock(inert(title), { style: 'heading', weight: 'Bolder' }),
      ...notes.map(note => textBlock(inert(note))),
      ...lines.map(({ text, link }) => textBlock(text + link)),
      ...more.map(line => textBlock(inert(line))),
      ...foot(inert(why)),
    ],
    words.forms.sentences([title, ...notes, ...lines.map(({ text }) => text), ...more]),
    only ? openLinks(view, only.referralId, only.engagementId) : [],
  );
}

/** An address inside a Markdown link: nothing in it ends the link or starts a mark. */
function linkTarget(url: string): string {
  return url.replace(/[()<>\s*_\\]/g, sign => `%${sign.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}`);
}
