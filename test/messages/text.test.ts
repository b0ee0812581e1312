import { decodeHTML } from 'entities/decode';
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { describe, expect, test } from 'vitest';
import { clean, cleanLines, inert, unlinked } from '../../src/messages/text.ts';

// Reads everything that any client might: Markdown, tags and bare addresses.
const markdown = new MarkdownIt({ html: true, linkify: true });
markdown.linkify.set({ fuzzyIP: true });

/** What a client makes of a text: its markup, and what is then read, white space aside. */
function shown(text: string): { markup: string; words: string } {
  const html = markdown.render(text).replace(/^<p>|<\/p>\n$/g, '');
  const markup = (html.match(/<[^>]*>/g) ?? []).join('');
  return { markup, words: bare(decodeHTML(html.replace(/<[^>]*>/g, ''))) };
}

const bare = (text: string) => text.replace(/\s/g, '');

const nasty = fc.constantFrom(
  '*',
  '**',
  '_',
  '__',
  '~~',
  '`',
  '```',
  '[',
  ']',
  '](',
  '(',
  ')',
  '<',
  '>',
  '</',
  '<at>',
  '</at>',
  '<b>',
  '<!--',
  '&',
  '&lt;',
  '&#60;',
  '\\',
  '\\\\',
  '#',
  '# ',
  '- ',
  '+ ',
  '1. ',
  '> ',
  '---',
  '===',
  '|',
  '{{',
  '!',
  '![',
  ':',
  '//',
  'http://',
  'https://',
  'HTTPS://evil.example/x',
  'www.',
  'evil.example',
  'evil.com',
  'x@evil.com',
  '@',
  '.',
  'mailto:',
  'javascript:',
  'tel:',
  'ftp://a.b',
  '\\\\host\\share',
  '127.0.0.1',
  '。com',
  ' ',
  '\t',
  '\n',
  '\r\n',
  '\u202e',
  '\u200b',
  'a',
  'ö',
  '文',
  'Contoso',
  '9',
  '\ud800',
  '\u0301',
  '\0',
);
const hostile = fc.array(
  fc.oneof({ weight: 3, arbitrary: nasty }, { weight: 1, arbitrary: fc.string({ unit: 'grapheme' }) }),
  {
    maxLength: 30,
  },
);

describe('customer text', () => {
  test('is shown as it stands: no client makes anything of it', () => {
    fc.assert(
      fc.property(hostile, parts => {
        const text = clean(parts.join(''), 300);
        expect(shown(inert(text))).toEqual({ markup: '', words: bare(text) });
      }),
      { numRuns: 1000 },
    );
  });

  test('has no address to click in a mail', () => {
    fc.assert(
      fc.property(hostile, parts => {
        expect(markdown.linkify.match(unlinked(clean(parts.join(''), 300)))).toBeNull();
      }),
      { numRuns: 1000 },
    );
  });

  test('is one visible line within its limit', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          hostile.map(parts => parts.join('')),
          fc.string({ unit: 'binary' }),
        ),
        fc.integer({ min: 1, max: 50 }),
        (text, max) => {
          const line = clean(text, max);
          expect([...line].length).toBeLessThanOrEqual(max);
          expect(line).not.toMatch(/[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]|^\s|\s$/u);
          expect(clean(line, max)).toBe(line);
        },
      ),
    );
  });

  test.each([
    ['Wide World Importers & Sons', 'Wide World Importers & Sons'],
    ['A. Datum Corp. (Zürich), est. 1999 – 10.5 %', 'A. Datum Corp. (Zürich), est. 1999 – 10.5 %'],
    ["Tailspin's #1 + co; 24/7", "Tailspin's #1 + co; 24/7"],
    ['株式会社 👩‍👩‍👧 3:1', '株式会社 👩‍👩‍👧 3:1'],
  ])('an ordinary name stays exactly as it is: %s', (name, shown) => {
    expect(inert(clean(name, 100))).toBe(shown);
  });

  test('a name with signs of Markdown is read exactly as it is', () => {
    const name = 'Proseware <b>& Sons</b> *Ltd* snake_case [x] ~y~ `z`';
    expect(decodeHTML(markdown.render(inert(name)))).toBe(`<p>${name}</p>\n`);
  });

  test('never ends in half a character or a pile of marks', () => {
    expect(clean('👍👍👍👍', 3)).toBe('👍👍…');
    expect(clean(`a${'\u0301'.repeat(500)}b`, 100)).toBe(`a${'\u0301'.repeat(4)}b`);
    expect(clean('x'.repeat(5_000_000), 10)).toBe('xxxxxxxxx…');
  });

  test('several lines share one limit', () => {
    expect(cleanLines('one\r\n\n two \u2028three', 100)).toEqual(['one', 'two', 'three']);
    expect(cleanLines('abc\ndef\nghi', 5).join('').length).toBeLessThanOrEqual(5);
  });
});
