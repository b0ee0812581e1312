import { readFileSync } from 'node:fs';
import type { WaysIn } from '../../../tools/check-infra/ways-in.ts';

/** The commands of one block of a document, a line each, with the heading they stand under. */
export interface Block {
  readonly file: string;
  readonly heading: string;
  readonly commands: readonly (readonly string[])[];
  readonly text: string;
}

/** Every block of commands in a document. */
export function blocksOf(file: string, text = readFileSync(file, 'utf8')): Block[] {
  const blocks: Block[] = [];
  let heading = '';
  for (const [part, title, code] of text.matchAll(/^#+ (.+)$|^```sh\n([\s\S]*?)^```$/gm)) {
    if (title) heading = title;
    if (code !== undefined) blocks.push({ file, heading, commands: code.trim().split('\n').map(wordsOf), text: part });
  }
  return blocks;
}

/** As bash and PowerShell both take a command: words, and quotes around one that holds blanks. */
function wordsOf(command: string): string[] {
  return [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, word]) => quoted ?? word ?? '');
}

/** The environment that a block leads to: what its `azd env set` set, over what was set before. */
export function environmentOf(
  { commands }: Block,
  before: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const set = commands.filter(words => words.slice(0, 3).join(' ') === 'azd env set');
  return { ...before, ...Object.fromEntries(set.map(words => [words[3] ?? '', words[4] ?? ''])) };
}

export interface Known {
  readonly ways: WaysIn;
  /** Names that the template puts out, or that the documents say what they stand for. */
  readonly names: readonly string[];
  readonly scripts: readonly string[];
  /** Steps of `npm run azure`. */
  readonly steps: readonly string[];
}

/** What would fail or mean something else in one of the shells, or names what does not exist. */
export function commandProblems({ file, heading, commands, text }: Block, known: Known): string[] {
  const say = (what: string) => `${file}, ${heading}: ${what}`;
  const odd = /[\\`$'|;&<>](?!`)/.exec(text.replaceAll('```', '').replace(/#.*$/gm, ''));
  const problems = odd ? [say(`"${odd[0]}" is not the same in bash and PowerShell`)] : [];
  for (const words of commands) {
    const [program = '', first = '', second = '', third = '', fourth = ''] = words;
    if (!['az', 'azd', 'npm', 'npx', 'git'].includes(program)) problems.push(say(`${program} is not on every machine`));
    if (program === 'azd' && first === 'env' && second === 'set') {
      if (known.ways.secret.includes(third)) problems.push(say(`${third} is a secret`));
      else if (![...known.ways.plain, ...known.ways.own].includes(third))
        problems.push(say(`${third} is read by nobody`));
      if (fourth === undefined) problems.push(say(`${third} has no value`));
      continue;
    }
    if (program === 'npm' && first === 'run') {
      const script = words.slice(2).find(word => !word.startsWith('-')) ?? '';
      if (!known.scripts.includes(script)) problems.push(say(`there is no script ${script}`));
      if (script === 'azure' && !known.steps.includes(words[4] ?? ''))
        problems.push(say(`there is no step ${words[4]}`));
    }
    const names = words.flatMap(word => word.match(/\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g) ?? []);
    const unknown = names.filter(name => ![...known.names, ...known.ways.secret, ...known.ways.plain].includes(name));
    problems.push(...unknown.map(name => say(`nothing says what ${name} stands for`)));
  }
  return problems;
}
