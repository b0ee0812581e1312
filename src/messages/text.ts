/**
 * Customer text comes from an anonymous web form. `clean` makes it one tidy line; `shown` makes that fit to stand among
 * our words; `unlinked` keeps clients from turning it into links and mentions; `inert` keeps Teams from reading it as
 * Markdown as well.
 *
 * Marks are broken by a hair space, which nobody sees: a phone shows the backslash of most escapes, escapes do not stop a
 * client that looks for addresses, and zero-width characters are looked through by some.
 */
const HAIR = '\u200a';
// Where a white sign would not do: it breaks a bullet for whoever takes any space for one.
const JOINER = '\u200d';
// A backtick cannot be broken, only replaced by what looks the same.
const GRAVE = '\u02cb';

// Controls, format characters (bidi overrides, zero-width and tag characters; the joiners of scripts and emoji stay),
// private use, unassigned. Written as escapes so that none of them hides in this file.
const UNSEEN = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Co}\p{Cn}]/gu;
const WHITE = /[\s\u0085\u2800\u3164\u115f\u1160\uffa0\u{1d159}]+/gu;
const PILED_MARKS = /(\p{M}{4})\p{M}+/gu;
const SEEN = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** One line of at most `max` characters, without anything that cannot be seen; empty when nothing can be. Never longer than it was. */
export function clean(text: string, max: number): string {
  // What is far beyond the limit is not worth walking through.
  const line = text
    .slice(0, max * 4 + 1000)
    .toWellFormed()
    .replace(WHITE, ' ')
    .replace(UNSEEN, '')
    .replace(PILED_MARKS, '$1')
    .replace(/ {2,}/g, ' ')
    .trim();
  if (!SEEN.test(line)) return '';
  const points = [...line];
  return points.length <= max
    ? line
    : `${points
        .slice(0, max - 1)
        .join('')
        .trimEnd()}…`;
}

/** Several lines, each cleaned; at most `max` characters in all. */
export function cleanLines(text: string, max: number): string[] {
  const lines: string[] = [];
  let left = max;
  for (const raw of text.slice(0, max * 4 + 1000).split(/\r\n|[\n\r\u2028\u2029]/)) {
    if (left <= 0) break;
    const line = clean(raw, left);
    if (line === '') continue;
    lines.push(line);
    left -= line.length;
  }
  return lines;
}

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const LONG_STRETCH = /[^\s\u200b]{41,}/gu;
let letters: Intl.Segmenter | undefined;

/** Cleaned text to stand among our words: a long stretch can be broken, and a right-to-left part turns nothing around it. */
export function shown(text: string, max: number): string {
  const line = clean(text, max).replace(LONG_STRETCH, breakable);
  return RIGHT_TO_LEFT.test(line) ? `\u2068${line}\u2069` : line;
}

/** May be broken after each twentieth letter, never between a letter and its marks. */
function breakable(stretch: string): string {
  letters ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  const pieces: string[] = [];
  let n = 0;
  for (const { segment } of letters.segment(stretch)) {
    if (n > 0 && n % 20 === 0) pieces.push('\u200b');
    pieces.push(segment);
    n += 1;
  }
  return pieces.join('');
}

/** Plain text in which no client finds a mention or an address to make clickable: web, mail, file share, any scheme. */
export function unlinked(text: string): string {
  return text
    .replace(/\\(?=[\\/])/g, `\\${HAIR}`)
    .replace(/(\p{L}):(?=[^\s\d])/gu, `$1:${HAIR}`)
    .replace(/\/(?=\/)/g, `/${HAIR}`)
    .replace(/@(?=\S)/g, `@${HAIR}`)
    .replace(/<(?=\/?at\b)|\](?=\()/gi, `$&${HAIR}`)
    .replace(/([.。．｡])(?=[\p{L}\p{M}\p{N}-]{2})(?!\p{N}+(?![\p{L}\p{M}-]))/gu, `$1${HAIR}`);
}

/** The same where a client might read Markdown although it should not: no mark stands twice in a row. */
export function flat(text: string): string {
  return unlinked(text).replace(/([*_~`])(?=\1)/g, `$1${HAIR}`);
}

/**
 * Text that Teams shows as it stands, on a desktop and on a phone, wherever it is put in a card. Only `*` and `_` are
 * escaped: those two a phone knows, and it takes a hair space for a letter beside them.
 */
export function inert(text: string): string {
  return unlinked(text)
    .replace(/\{(?=\{)|&(?=#?\w+;)|<(?=\S)|~(?=\S)|\](?=[[(:])|\\(?=[!-/:-@[-`{-~]|$)/g, `$&${HAIR}`)
    .replace(/[*_]/g, '\\$&')
    .replaceAll('`', GRAVE)
    .replace(/^(?=[#>+\-=|])/, HAIR)
    .replace(/(^\s?|[()<>[\]{}]\s?)([-+]|\d{1,9}[.)])(?=\s|$)/g, `$1$2${JOINER}`);
}

/** An id to search for: as it is when it looks like one, else inert. */
export function shownId(id: string): string {
  const text = clean(id, 128);
  return /^[\w.-]+$/.test(text) ? text : inert(text);
}
