import { decodeHTML } from 'entities/decode';
import leven from 'leven';
import { trimEnd, trimStart } from '../base/trim.ts';

/** What somebody wants of the bot. */
export type Command =
  | { readonly verb: 'use this channel'; readonly name: string | null }
  | { readonly verb: 'stop' | 'status' | 'list' | 'help' };

/** These change nothing, so that a slip of the finger is forgiven: `stauts` is `status`, while `shop` is not `stop`. */
const HARMLESS = ['status', 'list', 'help'] as const;

/** The command in a message, however politely it is put; null when there is none in it. */
export function understood(text: string): Command | null {
  const said = bare(text);
  const binding = /^(\S+) (\S+) (\S+)(?: for (\S.*))?$/i.exec(said);
  if (binding) {
    const [, use, these, place, name] = binding as unknown as [string, string, string, string, string | undefined];
    const here = ['channel', 'chat'].some(word => isLike(place, word));
    if (here && isLike(use, 'use') && isLike(these, 'this')) return { verb: 'use this channel', name: name ?? null };
  }
  if (/^stop$/i.test(said)) return { verb: 'stop' };
  const verb = HARMLESS.find(word => isLike(said, word));
  return verb ? { verb } : null;
}

/** No command is longer, whatever stands around it. */
const LONGEST = 2_000;
const POLITE_FIRST = /^(?:(?:hi|hello|hey|please|pls|could you|can you|would you)\b[ ,]*)+/i;
const POLITE_LAST = /\b(?:please|pls|thanks|thank you)$/i;

/** Without mention, markup, command signs and courtesies. A message of courtesies alone is left as it is. */
function bare(text: string): string {
  const said = decodeHTML(withoutMarkup(text.slice(0, LONGEST)))
    .replace(/\p{Cf}|\*\*|__|`/gu, '')
    .replace(/\s+/g, ' ');
  const plain = trimEnd(trimStart(said, ' /!*_"“„\''), ' .!?,;:…*_"”“\'');
  const begun = plain.replace(POLITE_FIRST, '');
  const ended = begun.replace(POLITE_LAST, '');
  return (ended === begun ? begun : trimEnd(ended, ' ,')).trim() || plain;
}

/** A mention goes with the name in it, any other tag alone; what is never closed is no tag. */
function withoutMarkup(text: string): string {
  let plain = '';
  let rest = text;
  for (let open = rest.indexOf('<'); open >= 0; open = rest.indexOf('<')) {
    plain += rest.slice(0, open);
    rest = rest.slice(open);
    const mention = /^<at/i.test(rest) ? /<\/at>/i.exec(rest) : null;
    const end = mention ? mention.index + mention[0].length : rest.indexOf('>') + 1;
    if (end === 0) break;
    plain += ' ';
    rest = rest.slice(end);
  }
  return plain + rest;
}

/** Whether somebody who typed this meant that word: one letter in three may be wrong, missing or too many. */
function isLike(typed: string, word: string): boolean {
  return leven(typed.toLowerCase(), word) <= Math.floor(word.length / 3) - (word.length < 4 ? 1 : 0);
}
