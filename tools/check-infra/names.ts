import type { Node } from 'web-tree-sitter';
import { type BicepFile, children, type Problem, problemAt } from './bicep-file.ts';

interface Use {
  readonly name: string;
  readonly node: Node;
}

const NAMESPACES = new Set(['az', 'sys']);

/** Names that are used but not declared, and parameters and variables that are declared but not used. */
export function nameProblems(file: BicepFile): Problem[] {
  const declared = new Set(file.declarations.filter(({ kind }) => kind !== 'output').map(({ name }) => name));
  const uses = file.declarations.flatMap(({ node }) => {
    const [, ...rest] = children(node);
    const own = new Set(node.type === 'user_defined_function' ? parameterNames(node) : []);
    return rest.flatMap(part => usesIn(part, own));
  });
  const used = new Set(uses.map(({ name }) => name));
  const unknown = uses
    .filter(({ name }) => !declared.has(name) && !NAMESPACES.has(name))
    .map(({ name, node }) => problemAt(file, node, `the name "${name}" does not exist`));
  const unused = file.declarations
    .filter(({ kind, name }) => ['param', 'var', 'func'].includes(kind) && !used.has(name))
    .map(({ kind, name, node }) => problemAt(file, node, `${WORDS[kind] ?? kind} "${name}" is never used`));
  return [...unknown, ...unused];
}

const WORDS: Record<string, string> = { param: 'parameter', var: 'variable', func: 'function' };

/** Free names in an expression; what a loop, a lambda or a function brings along is not free. */
function usesIn(node: Node, own: ReadonlySet<string>): Use[] {
  const parts = children(node);
  const visit = (list: readonly (Node | undefined)[], names: ReadonlySet<string> = own) =>
    list.flatMap(part => (part ? usesIn(part, names) : []));
  switch (node.type) {
    case 'identifier':
      return own.has(node.text) ? [] : [{ name: node.text, node }];
    case 'object_property':
      return visit(parts[0]?.type === 'identifier' ? parts.slice(1) : parts);
    case 'call_expression':
      return parts[0]?.type === 'identifier' ? calls(parts[0], own).concat(visit(parts.slice(1))) : visit(parts);
    case 'array':
      // The grammar sometimes takes the call in f([g(x)]) for two elements that touch.
      return visit(parts.filter((part, index) => part.endIndex !== parts[index + 1]?.startIndex));
    case 'for_statement': {
      const [variable, list, ...body] = parts;
      const names = variable ? namesOf(variable) : [];
      return [...visit([list]), ...visit(body, new Set([...own, ...names]))];
    }
    case 'lambda_expression': {
      const [variable, ...body] = parts;
      const names = variable ? namesOf(variable) : [];
      return visit(body, new Set([...own, ...names]));
    }
    case 'type':
    case 'parameters':
      return [];
    default:
      return visit(parts);
  }
}

/** Only functions of the file itself are names; the built-in ones are the compiler's business. */
function calls(callee: Node, own: ReadonlySet<string>): Use[] {
  const declaredHere = /^[a-z]/.test(callee.text) && isDeclaredFunction(callee);
  return declaredHere && !own.has(callee.text) ? [{ name: callee.text, node: callee }] : [];
}

function isDeclaredFunction(callee: Node): boolean {
  const root = callee.tree.rootNode;
  return children(root).some(node => node.type === 'user_defined_function' && children(node)[0]?.text === callee.text);
}

function namesOf(node: Node): string[] {
  return node.text.match(/[A-Za-z_]\w*/g) ?? [];
}

function parameterNames(func: Node): string[] {
  const list = children(func).find(({ type }) => type === 'parameters');
  return list ? children(list).map(parameter => children(parameter)[0]?.text ?? '') : [];
}
