import { decodeHTML } from 'entities/decode';
import leven from 'leven';

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

const POLITE =
  /^(?:(?:hi|hello|hey|please|pls|could you|can you|would you)\b[\s,]*)+|[\s,]*\b(?:please|pls|thanks|thank you)$/gi;

/** Without mention, markup, command signs and courtesies. A message of courtesies alone is left as it is. */
function bare(text: string): string {
  const plain = decodeHTML(text.replace(/<at[^>]*>.*?<\/at>/gis, ' ').replace(/<[^>]*>/g, ' '))
    .replace(/\p{Cf}|\*\*|__|`/gu, '')
    .replace(/\s+/g, ' ')
    .replace(/^[\s/!*_"“„']+|[\s.!?,;:…*_"”“']+$/gu, '');
  return plain.replace(POLITE, '').trim() || plain;
}

/** Whether somebody who typed this meant that word: one letter in three may be wrong, missing or too many. */
function isLike(typed: string, word: string): boolean {
  return leven(typed.toLowerCase(), word) <= Math.floor(word.length / 3) - (word.length < 4 ? 1 : 0);
}
