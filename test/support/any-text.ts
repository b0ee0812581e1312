import fc from 'fast-check';

const SURROGATES = { from: 0xd800, count: 0x800 };

/** Any character of Unicode: what fast-check calls `binary`, without the table of them all that it writes first, for two seconds. */
const character = fc.nat(0x10ffff - SURROGATES.count).map(
  n => String.fromCodePoint(n < SURROGATES.from ? n : n + SURROGATES.count),
  text => {
    const code = typeof text === 'string' && text !== '' ? (text.codePointAt(0) as number) : Number.NaN;
    if (text !== String.fromCodePoint(code)) throw new Error('not one character');
    return code < SURROGATES.from ? code : code - SURROGATES.count;
  },
);

/** Texts of any characters, among them those that programs stumble over. */
export function anyText({ maxLength }: { readonly maxLength?: number } = {}): fc.Arbitrary<string> {
  return fc.string({ unit: character, ...(maxLength !== undefined && { maxLength }) });
}
