/**
 * Customer text comes from an anonymous web form. `clean` makes it one tidy line; `unlinked` keeps clients from turning
 * it into links and mentions; `inert` keeps Teams from reading it as Markdown as well.
 *
 * Links and mentions are broken by a hair space, which nobody sees: escapes do not stop a client that looks for
 * addresses, and zero-width characters are looked through by some. Emphasis and the like is escaped by a backslash,
 * which leaves the name as it was once it is shown.
 */
const HAIR = '\u200a';

// Controls, format characters (bidi overrides, zero-width and tag characters; the joiners of scripts and emoji stay),
// private use, unassigned. Written as escapes so that none of them hides in this file.
const UNSEEN = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Co}\p{Cn}]/gu;
const WHITE = /[\s\u0085\u2800\u3164\u115f\u1160\uffa0]+/gu;
const PILED_MARKS = /(\p{M}{4})\p{M}+/gu;

/** One line of at most `max` characters, without anything that cannot be seen. Never longer than it was. */
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

/** Text that Teams shows as it stands, wherever it is put in a card. */
export function inert(text: string): string {
  return unlinked(text)
    .replace(/\{(?=\{)|&(?=#?\w+;)/g, `$&${HAIR}`)
    .replace(/[\\*_~`[\]<]/g, '\\$&')
    .replace(/^(?=[#>+\-=|]|\d+[.)])/, HAIR);
}

/** An id to search for: as it is when it looks like one, else inert. */
export function shownId(id: string): string {
  const text = clean(id, 128);
  return /^[\w.-]+$/.test(text) ? text : inert(text);
}
