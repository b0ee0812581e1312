import type { Node } from 'web-tree-sitter';
import {
  type BicepFile,
  bodyOf,
  children,
  literal,
  type Problem,
  problemAt,
  properties,
  property,
  targetOf,
} from './bicep-file.ts';
import { RESOURCES, type Shape, shapeOf } from './resource-shapes.ts';

const OF_BICEP = new Set(['parent', 'scope', 'dependsOn']);

/** Resource types, their versions and their properties against the list of what this project uses. */
export function resourceProblems(file: BicepFile): Problem[] {
  return file.declarations.flatMap(declaration => {
    if (declaration.kind !== 'resource') return [];
    const target = targetOf(declaration);
    const name = literal(property(bodyOf(declaration), 'name'));
    const notation = RESOURCES[`${target}#${name}`] ?? RESOURCES[target];
    if (notation === undefined) {
      const [type, version] = target.split('@');
      const known = Object.keys(RESOURCES).find(other => other.startsWith(`${type}@`));
      const message = known
        ? `API version ${version} of ${type} is not on the list: use ${known.split(/[@#]/)[1]}`
        : `resource type ${type} is not on the list (tools/check-infra/resource-shapes.ts)`;
      return [problemAt(file, declaration.node, message)];
    }
    const body = bodyOf(declaration);
    return body ? unknownProperties(file, body, shapeOf(notation), target.split('@')[0] ?? '', true) : [];
  });
}

function unknownProperties(file: BicepFile, node: Node, shape: Shape, where: string, top = false): Problem[] {
  if (node.type !== 'object') {
    const inner = ['array', 'ternary_expression', 'for_statement', 'if_statement', 'parenthesized_expression'];
    if (!inner.includes(node.type)) return [];
    return children(node).flatMap(child => unknownProperties(file, child, shape, where));
  }
  return properties(node).flatMap(({ name, node: place, value }) => {
    if (top && OF_BICEP.has(name)) return [];
    const inner = shape.get(name) ?? shape.get('*');
    if (!inner) return [problemAt(file, place, `${where} has no property "${name}"`)];
    return unknownProperties(file, value, inner, `${where}.${name}`);
  });
}
