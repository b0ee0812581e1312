import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Language, type Node, Parser } from 'web-tree-sitter';

/** One thing that is wrong, with its place. */
export interface Problem {
  readonly place: string;
  readonly message: string;
}

export interface Declaration {
  readonly kind: 'param' | 'var' | 'resource' | 'module' | 'output' | 'func' | 'type';
  readonly name: string;
  readonly node: Node;
  readonly decorators: readonly string[];
}

export interface BicepFile {
  /** Relative to the checked root. */
  readonly path: string;
  readonly root: Node;
  readonly declarations: readonly Declaration[];
}

const KINDS: Record<string, Declaration['kind']> = {
  parameter_declaration: 'param',
  variable_declaration: 'var',
  resource_declaration: 'resource',
  module_declaration: 'module',
  output_declaration: 'output',
  user_defined_function: 'func',
  type_declaration: 'type',
};

/** Reads every Bicep file below `infra` of the root. */
export async function readBicep(root: string): Promise<BicepFile[]> {
  const parser = await createParser();
  const names = (await readdir(path.join(root, 'infra'), { recursive: true })).filter(name => name.endsWith('.bicep'));
  return Promise.all(
    names.toSorted().map(async name => {
      const file = path.posix.join('infra', name.replaceAll(path.sep, '/'));
      return read(file, parser, await readFile(path.join(root, file), 'utf8'));
    }),
  );
}

async function createParser(): Promise<Parser> {
  await Parser.init();
  const parser = new Parser();
  const require = createRequire(import.meta.url);
  parser.setLanguage(await Language.load(require.resolve('tree-sitter-bicep/tree-sitter-bicep.wasm')));
  return parser;
}

function read(file: string, parser: Parser, text: string): BicepFile {
  const tree = parser.parse(text);
  if (!tree) throw new Error(`${file} could not be parsed`);
  const declarations: Declaration[] = [];
  let decorators: string[] = [];
  for (const node of children(tree.rootNode)) {
    if (node.type === 'decorators') decorators = children(node).map(decorator => decorator.text.slice(1));
    const kind = KINDS[node.type];
    if (!kind) continue;
    declarations.push({ kind, name: node.namedChildren[0]?.text ?? '', node, decorators });
    decorators = [];
  }
  return { path: file, root: tree.rootNode, declarations };
}

/** Named children without comments. */
export function children(node: Node): Node[] {
  return node.namedChildren.filter(child => child !== null && !/comment/.test(child.type)) as Node[];
}

/** The node and everything below it. */
export function* walk(node: Node): Generator<Node> {
  yield node;
  for (const child of children(node)) yield* walk(child);
}

/** The text of a string without interpolation; undefined for anything else. */
export function literal(node: Node | undefined): string | undefined {
  if (node?.type !== 'string') return undefined;
  const parts = children(node);
  return parts.every(part => part.type === 'string_content') ? parts.map(part => part.text).join('') : undefined;
}

/** The object a declaration or value stands for, through conditions, loops and parentheses. */
export function objectOf(node: Node | undefined): Node | undefined {
  if (!node || node.type === 'object') return node;
  if (!['if_statement', 'for_statement', 'parenthesized_expression'].includes(node.type)) return undefined;
  return objectOf(children(node).at(-1));
}

export function properties(object: Node): { readonly name: string; readonly node: Node; readonly value: Node }[] {
  return children(object).flatMap(node => {
    const [key, value] = children(node);
    if (node.type !== 'object_property' || !key || !value) return [];
    return [{ name: literal(key) ?? key.text, node, value }];
  });
}

export function property(object: Node | undefined, name: string): Node | undefined {
  return object && properties(object).find(one => one.name === name)?.value;
}

/** The object of a resource or module. */
export function bodyOf(declaration: Declaration): Node | undefined {
  return objectOf(children(declaration.node).at(-1));
}

/** What stands after the name: `Type@version` of a resource, the path of a module. */
export function targetOf(declaration: Declaration): string {
  return literal(children(declaration.node)[1]) ?? '';
}

export function problemAt(file: BicepFile, node: Node, message: string): Problem {
  const { row, column } = node.startPosition;
  return { place: `${file.path}:${row + 1}:${column + 1}`, message };
}
