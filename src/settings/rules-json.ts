import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser';

const REASONS: Readonly<Record<string, string>> = {
  InvalidSymbol: 'a word without quotes, or quotes that are not straight',
  InvalidNumberFormat: 'a number that JSON does not know',
  PropertyNameExpected: 'a name in double quotes is missing, or there is a comma too many',
  ValueExpected: 'a value is missing, or there is a comma too many',
  ColonExpected: 'a colon is missing',
  CommaExpected: 'a comma is missing',
  CloseBraceExpected: 'a } is missing',
  CloseBracketExpected: 'a ] is missing',
  EndOfFileExpected: 'there is more after the end of the list',
  InvalidCommentToken: 'JSON has no comments',
  UnexpectedEndOfComment: 'JSON has no comments',
  UnexpectedEndOfString: 'a closing quote is missing',
};

/** JSON as a value, or the line and column where it stops being JSON, and why. Repeats nothing of the text. */
export function readJson(text: string): { readonly value: unknown } | { readonly problem: string } {
  const bare = text.replace(/^\uFEFF/, '');
  try {
    return { value: JSON.parse(bare) };
  } catch {
    const first = firstError(bare);
    if (!first) return { problem: 'is no JSON' };
    const lines = bare.slice(0, first.offset).split(/\r\n?|\n/);
    const place = `line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`;
    const reason = REASONS[printParseErrorCode(first.error)] ?? 'a sign that JSON does not know';
    return { problem: `is no JSON: ${place}: ${reason}` };
  }
}

/** Null when there is none, or when the text is nested too deeply to tell. */
function firstError(text: string): ParseError | null {
  const errors: ParseError[] = [];
  try {
    parse(text, errors, { disallowComments: true });
  } catch {
    return null;
  }
  return errors[0] ?? null;
}
