import { readFileSync } from 'node:fs';
import path from 'node:path';
import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { CommandError } from './command-error.ts';

/**
 * `Values` of a settings file, as the Functions host's tools read it: comments are allowed.
 * @param folder - where a relative name begins
 * @throws CommandError naming the line and the reason when the file cannot be read
 */
export function readSettingsFile(name: string, folder: string): Readonly<Record<string, string>> {
  const text = decoded(name, readFileSync(path.resolve(folder, name)));
  if (text.trim() === '') throw new CommandError(`The settings file ${name} is empty, at line 1.`);
  const errors: ParseError[] = [];
  const root = parseTree(text, errors);
  const [first] = errors;
  if (first)
    throw new CommandError(
      `The settings file ${name} is no valid JSON: line ${lineOf(text, first.offset)}, ${reasonOf(first, text)}.`,
    );
  const values = root?.type === 'object' ? findNodeAtLocation(root, ['Values']) : undefined;
  if (values?.type !== 'object') {
    throw new CommandError(`The settings file ${name} has no object "Values", in which the settings stand, at line 1.`);
  }
  const found = new Map<string, string>();
  for (const { children: [key, value] = [] } of values.children ?? []) {
    const setting = String(key?.value);
    const place = (reason: string) =>
      new CommandError(`The settings file ${name}, line ${lineOf(text, key?.offset ?? 0)}: ${setting} ${reason}`);
    if (found.has(setting)) throw place('stands there a second time: keep one of them.');
    if (isNested(value)) throw place('must be one text: put it in double quotes, with \\" for each quote inside.');
    found.set(setting, String(value?.value ?? ''));
  }
  return Object.fromEntries(found);
}

/** The Functions host takes texts, numbers and truth values, and no lists or objects. */
function isNested(node: Node | undefined): boolean {
  return node?.type === 'array' || node?.type === 'object';
}

function decoded(name: string, bytes: Buffer): string {
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (isUtf16 || bytes.subarray(0, 200).includes(0)) {
    throw new CommandError(`The settings file ${name} is written in UTF-16, from line 1 on: save it as UTF-8.`);
  }
  return bytes.toString('utf8').replace(/^\uFEFF/, '');
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

const REASONS: Readonly<Record<string, string>> = {
  PropertyNameExpected: 'a name in double quotes is missing; perhaps there is a comma too many before it',
  ValueExpected: 'a value is missing; perhaps there is a comma too many before it',
  ColonExpected: 'a colon is missing',
  CommaExpected: 'a comma is missing',
  CloseBraceExpected: 'a closing brace is missing',
  CloseBracketExpected: 'a closing bracket is missing',
  EndOfFileExpected: 'something stands behind the end',
  UnexpectedEndOfComment: 'a comment does not end',
  UnexpectedEndOfString: 'a text does not end on its line',
  InvalidEscapeCharacter: 'a backslash stands before a sign that needs none: write two for one',
  InvalidCharacter: 'a text holds a sign that must be escaped, such as a tab',
};

function reasonOf({ error, offset, length }: ParseError, text: string): string {
  if (text.slice(offset, offset + length).startsWith("'")) return 'names and texts need double quotes, not single ones';
  return REASONS[printParseErrorCode(error)] ?? 'something stands there that is no JSON';
}
