import { readFile } from 'node:fs/promises';
import path from 'node:path';
import {
  type BicepFile,
  bodyOf,
  children,
  type Declaration,
  objectOf,
  type Problem,
  problemAt,
  properties,
  property,
  targetOf,
  walk,
} from './bicep-file.ts';

/** Modules against the files they name: parameters, outputs. */
export function moduleProblems(file: BicepFile, files: readonly BicepFile[]): Problem[] {
  const modules = file.declarations.filter(({ kind }) => kind === 'module');
  return modules.flatMap(declaration => {
    const target = path.posix.join(path.posix.dirname(file.path), targetOf(declaration));
    const module = files.find(other => other.path === target);
    if (!module) return [problemAt(file, declaration.node, `module file ${target} does not exist`)];
    return [...parameterProblems(file, declaration, module), ...outputProblems(file, declaration, module)];
  });
}

function parameterProblems(file: BicepFile, declaration: Declaration, module: BicepFile): Problem[] {
  const wanted = module.declarations.filter(({ kind }) => kind === 'param');
  const params = objectOf(property(bodyOf(declaration), 'params'));
  const given = params ? properties(params) : [];
  const unknown = given
    .filter(({ name }) => !wanted.some(param => param.name === name))
    .map(({ name, node }) => problemAt(file, node, `${module.path} has no parameter "${name}"`));
  const missing = wanted
    .filter(param => isRequired(param) && !given.some(({ name }) => name === param.name))
    .map(({ name }) => problemAt(file, declaration.node, `parameter "${name}" of ${module.path} is missing`));
  return [...unknown, ...missing];
}

function outputProblems(file: BicepFile, declaration: Declaration, module: BicepFile): Problem[] {
  const outputs = new Set(module.declarations.filter(({ kind }) => kind === 'output').map(({ name }) => name));
  const problems: Problem[] = [];
  for (const node of walk(file.root)) {
    const match = /^(\w+)!?\.\??outputs\.(\w+)$/.exec(node.type === 'member_expression' ? node.text : '');
    if (match?.[1] !== declaration.name || outputs.has(match[2] ?? '')) continue;
    problems.push(problemAt(file, node, `${module.path} has no output "${match[2]}"`));
  }
  return problems;
}

function isRequired(param: Declaration): boolean {
  return children(param.node).length < 3;
}

/** The parameter file against the template: every name known, every parameter without a default given. */
export async function parameterFileProblems(root: string, files: readonly BicepFile[]): Promise<Problem[]> {
  const place = 'infra/main.bicepparam';
  const main = files.find(file => file.path === 'infra/main.bicep');
  if (!main) return [{ place: 'infra/main.bicep', message: 'does not exist' }];
  const text = await readFile(path.join(root, place), 'utf8');
  const given = [...text.matchAll(/^param (\w+) =/gm)].map(match => match[1]);
  const params = main.declarations.filter(({ kind }) => kind === 'param');
  const unknown = given.filter(name => !params.some(param => param.name === name));
  const missing = params.filter(param => isRequired(param) && !given.includes(param.name));
  return [
    ...unknown.map(name => ({ place, message: `infra/main.bicep has no parameter "${name}"` })),
    ...missing.map(({ name }) => ({ place, message: `parameter "${name}" has no value` })),
  ];
}
