import { decodeHTML } from 'entities/decode';
import MarkdownIt from 'markdown-it';

/** What a reader of Markdown makes of a text: its markup, and the words that are then read. */
export interface Rendered {
  readonly markup: string;
  readonly words: string;
}

/** Reads everything that any client on a desktop might: Markdown, tags and bare addresses. */
export const markdown = new MarkdownIt({ html: true, linkify: true });
markdown.linkify.set({ fuzzyIP: true });

export function desktop(text: string): Rendered {
  const html = markdown.render(text).replace(/^<p>|<\/p>\n$/g, '');
  return { markup: (html.match(/<[^>]*>/g) ?? []).join(''), words: decodeHTML(html.replace(/<[^>]*>/g, '')) };
}

/**
 * Teams on a phone, and harsher: it knows the escapes of `*` and `_` only and shows every other backslash; takes only an
 * ASCII space for one, so that a hair space does not part a mark from its word; begins a bullet after a bracket as well as
 * at the start of a line; and makes links. No HTML.
 */
export function phone(text: string): Rendered {
  const literal: string[] = [];
  const hidden = text.replace(/\\([*_])/g, (_, sign: string) => {
    literal.push(sign);
    return '\ue000';
  });
  const markup: string[] = [];
  const take = (pattern: RegExp, name: string, source: string) =>
    source.replace(pattern, (...match: string[]) => {
      markup.push(name);
      return match[1] ?? '';
    });
  let words = take(/!?\[([^\]]*)\]\([^)]*\)/g, 'link', hidden);
  words = take(/(?:^|[()<>[\]{}])[ \t]*(?:[-+*]|\d+[.)])[ \t]()/gm, 'bullet', words);
  words = take(/([*_]{1,3})(?=[^\s*_])[^*_\n]*\1/g, 'emphasis', words);
  words = words.replace(/\ue000/g, () => literal.shift() ?? '');
  return { markup: markup.join(' '), words };
}

/** Text without what nobody sees: spaces of any width, and the signs that break marks and long words. */
export function seen(text: string): string {
  return text.replace(/[\s\u200b-\u200d\u2066-\u2069]/g, '');
}
