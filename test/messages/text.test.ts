import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clean, cleanLines, inert, shown, unlinked } from '../../src/messages/text.ts';
import { anyText } from '../support/any-text.ts';
import { desktop, markdown, phone, seen } from './renderers.ts';

const NASTY = [
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
];
const hostile = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...NASTY) },
    { weight: 1, arbitrary: fc.string({ unit: 'grapheme' }) },
  ),
  {
    maxLength: 30,
  },
);

function expectInert(text: string): void {
  const said = seen(text.replaceAll('`', 'ˋ'));
  const safe = inert(text);
  const onDesktop = desktop(safe);
  const onPhone = phone(safe);
  if (
    onDesktop.markup === '' &&
    onPhone.markup === '' &&
    seen(onDesktop.words) === said &&
    seen(onPhone.words) === said
  )
    return;
  expect({ text, onDesktop, onPhone }).toEqual({
    text,
    onDesktop: { markup: '', words: said },
    onPhone: { markup: '', words: said },
  });
}

/** Whole numbers below a limit, the same at every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return below => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

describe('customer text', () => {
  test('is shown as it stands: no client makes anything of it', () => {
    fc.assert(
      fc.property(hostile, parts => {
        const text = clean(parts.join(''), 300);
        expectInert(text);
      }),
      { numRuns: 300 },
    );
  });

  test('20,000 random texts have no markup on a desktop, and none and no stray backslash on a phone', () => {
    const random = numbers(20_261_127);
    for (let n = 0; n < 20_000; n++) {
      const parts = Array.from({ length: 1 + random(14) }, () => NASTY[random(NASTY.length)]);
      expectInert(shown(parts.join(''), 300));
    }
  });

  test('a stretch of over 40 signs can be broken, never within a letter', () => {
    expect(shown('x'.repeat(40), 100)).toBe('x'.repeat(40));
    expect(shown(`${'x'.repeat(41)} y`, 100)).toBe(`${'x'.repeat(20)}\u200b${'x'.repeat(20)}\u200bx y`);
    const family = '\u{1f469}\u200d\u{1f467}';
    const long = shown(family.repeat(30), 160);
    expect(long.split('\u200b').every(part => part.startsWith('\u{1f469}'))).toBe(true);
  });

  test('a right-to-left name stands isolated, any other does not', () => {
    expect(shown('שלום Ltd', 100)).toBe('\u2068שלום Ltd\u2069');
    expect(shown('شركة\u202e', 100)).toBe('\u2068شركة\u2069');
    expect(shown('Contoso', 100)).toBe('Contoso');
  });

  test.each([
    'A'.repeat(100_000),
    '.'.repeat(100_000),
    '&a'.repeat(50_000),
    '1.'.repeat(50_000),
    ') - '.repeat(25_000),
    '\\'.repeat(100_000),
    '[]('.repeat(33_000),
    '\u0301'.repeat(100_000),
    '\u200d'.repeat(100_000),
  ])('long text is done in time: %#', text => {
    // A quadratic one takes longer than a test may.
    expect(unlinked(inert(text)).length).toBeGreaterThanOrEqual(text.length);
    expect([...clean(shown(text, 300), 300)].length).toBeLessThanOrEqual(300);
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
          anyText(),
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

  test('a name with signs of Markdown is read as it is on both', () => {
    const name = 'Proseware <b>& Sons</b> *Ltd* snake_case [x](y) ~~y~~ \\o/ C:\\*';
    expect(seen(desktop(inert(name)).words)).toBe(seen(name));
    expect(seen(phone(inert(name)).words)).toBe(seen(name));
    expect(seen(desktop(inert('Bob`s `z`')).words)).toBe(seen('Bobˋs ˋzˋ'));
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
