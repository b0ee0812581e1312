import type { Node } from 'web-tree-sitter';
import { type BicepFile, children, type Problem, problemAt, properties, walk } from './bicep-file.ts';

/** What the grammar refuses, and what it lets pass although the compiler would not. */
export function syntaxProblems(file: BicepFile): Problem[] {
  const problems = brokenParts(file.root).map(node => problemAt(file, node, 'syntax: this cannot be read'));
  if (problems.length > 0) return problems;
  return [...crowdedStatements(file), ...crowdedProperties(file), ...doubles(file)];
}

function brokenParts(node: Node): Node[] {
  if (node.isMissing || node.isError) return [node];
  return node.hasError ? node.children.flatMap(child => (child ? brokenParts(child) : [])) : [];
}

function crowdedStatements(file: BicepFile): Problem[] {
  const statements = children(file.root);
  return statements
    .filter((node, index) => index > 0 && node.startPosition.row === statements[index - 1]?.endPosition.row)
    .filter(node => node.startPosition.column > 0)
    .map(node => problemAt(file, node, 'syntax: a statement needs a line of its own'));
}

function crowdedProperties(file: BicepFile): Problem[] {
  const problems: Problem[] = [];
  for (const object of walk(file.root)) {
    if (object.type !== 'object') continue;
    const list = properties(object);
    for (const [index, { node, name }] of list.entries()) {
      const before = list[index - 1]?.node;
      const between =
        before && object.text.slice(before.endIndex - object.startIndex, node.startIndex - object.startIndex);
      if (between && !/[,\n]/.test(between)) {
        problems.push(problemAt(file, node, 'syntax: properties on one line need a comma'));
      }
      if (list.slice(0, index).some(other => other.name === name)) {
        problems.push(problemAt(file, node, `property "${name}" is given twice`));
      }
    }
  }
  return problems;
}

function doubles(file: BicepFile): Problem[] {
  const named = file.declarations.filter(({ kind }) => kind !== 'output');
  return named
    .filter(({ name }, index) => named.findIndex(other => other.name === name) < index)
    .map(({ name, node }) => problemAt(file, node, `"${name}" is declared twice`));
}
