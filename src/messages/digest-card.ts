import type { CardElementArray, IAdaptiveCard } from '@microsoft/teams.cards';
import type { Instant } from '../base/instant.ts';
import type { Alert } from '../model/alert.ts';
import { isExit, toneOf } from '../model/alert-kinds.ts';
import type { DigestMessage } from '../model/channel.ts';
import { bytesOf, CARD_LIMIT, card, foot, head, listed, notes, openLinks } from './card-parts.ts';
import { deadlineInWords } from './deadline.ts';
import { countryInWords, customerOf, line, titleOf } from './facts.ts';
import { flat, inert, shown, shownId } from './text.ts';
import type { CardView } from './view.ts';
import { digestKindOf, dutyOf, headlineOf, leftInWords, ruleOf, stateOf } from './wording.ts';

/** So many rows are shown by every card and every mail, whatever customers wrote; of more, as many as fit. */
export const SURE_ROWS = 15;

type Digest = Pick<DigestMessage, 'of' | 'total' | 'rows' | 'now' | 'mayBeRepeat'>;

/** Many alerts of one kind in one card: their number, and as many rows as fit, most urgent first. */
export function digestCard(message: Digest, view: CardView): IAdaptiveCard {
  for (const titleLength of [300, 60, 20, 0]) {
    const all = message.rows.map(row => rowOf(row, message.now, view, titleLength));
    let room = CARD_LIMIT - bytesOf(build(message, [], view)) - 200;
    let fitting = 0;
    for (const row of all) {
      room -= bytesOf(row.blocks) + bytesOf(row.fallback) + 2;
      if (room < 0) break;
      fitting += 1;
    }
    if (fitting >= Math.min(SURE_ROWS, all.length)) return build(message, all.slice(0, fitting), view);
  }
  return build(message, [], view);
}

interface Row {
  readonly blocks: CardElementArray;
  readonly fallback: string;
}

function build(message: Digest, rows: readonly Row[], view: CardView): IAdaptiveCard {
  const said = digestWording(message, rows.length, view);
  const [first] = message.rows;
  return card(
    [
      head({ title: said.title, strong: said.state, tone: toneOf(message.of) }),
      ...notes(said.notes),
      ...rows.flatMap(row => row.blocks),
      ...notes(said.more),
      ...foot(inert(said.why), ...(said.rule === null ? [] : [inert(said.rule)])),
    ],
    view.words.forms.sentences(
      [said.title, said.state, ...said.notes, ...rows.map(row => row.fallback), ...said.more].filter(
        text => text !== '',
      ),
    ),
    first ? openLinks(view, first.referralId, first.engagementId) : [],
  );
}

/** What a digest says beside its rows. Plain text. */
export function digestWording({ of, total, rows, now, mayBeRepeat }: Digest, shownRows: number, view: CardView) {
  const { digest, notes: note, forms } = view.words;
  const kind = digestKindOf(of);
  const [first] = rows;
  const unconfirmed = rows.flatMap(row => row.unconfirmedSince ?? []);
  const since = Math.min(...unconfirmed);
  const duty = first ? dutyOf(first, view) : null;
  const left = first && !isExit(of) ? leftInWords(first.expiry.at, now, view) : null;
  return {
    title: digest.title(total, kind),
    /** Of the most urgent; null for exits, where none is left. */
    left,
    state: left === null ? '' : digest.mostUrgent(left),
    notes: [
      ...(unconfirmed.length > 0 ? [note.unconfirmedSince(forms.exact(since, view.timeZone))] : []),
      ...(duty === null ? [] : [duty]),
      ...(rows.some(({ factsUnknown }) => factsUnknown) ? [note.factsUnknown()] : []),
      ...(mayBeRepeat ? [note.mayBeRepeat()] : []),
    ],
    more: total > shownRows ? [digest.more(total - shownRows)] : [],
    why: digest.why(kind),
    rule: ruleOf(rows, view.words),
  };
}

function rowOf(alert: Alert, now: Instant, view: CardView, titleLength: number): Row {
  const { words } = view;
  const title = shown(titleOf(alert.facts, words), titleLength);
  const id = shownId(alert.referralId);
  const line = titleLength === 0 ? deadlineInWords(alert.expiry.at, now, view) : digestLine(alert, now, view);
  return {
    blocks: listed(title, line, id),
    fallback: title === '' ? id : `${flat(shown(customerOf(alert.facts, words), titleLength))} (${id})`,
  };
}

/** What a row says below its title: value and until when, time left, country; or how it ended. The id follows, not broken up. */
export function digestLine(alert: Alert, now: Instant, view: CardView): string {
  const { words } = view;
  const headline = headlineOf(alert, now, view);
  if (isExit(alert)) return line(words, headline, stateOf(alert, words));
  return line(words, headline, leftInWords(alert.expiry.at, now, view), countryInWords(alert.facts.country, words));
}
