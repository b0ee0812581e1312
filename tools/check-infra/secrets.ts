import type { Node } from 'web-tree-sitter';
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

const VAULT_SECRET = 'Microsoft.KeyVault/vaults/secrets';
/** Properties of resources that open something. */
const KEYS =
  /^(connectionString|instrumentationKey|(primary|secondary|shared)?(master)?keys?\d?|keyValue|sharedAccessSignature|.*(password|passwd|secretValue|accessToken))$/i;

/**
 * Secrets go from a @secure() parameter into the vault and nowhere else: not into outputs, not into settings,
 * not through a parameter that is not @secure() itself. Keys are never listed.
 */
export function secretProblems(file: BicepFile, files: readonly BicepFile[]): Problem[] {
  const secret = secretNames(file);
  const holds = (node: Node | undefined) => (node ? usesSecret(node, secret) : false);
  const problems: Problem[] = [];
  for (const node of walk(file.root)) {
    if (node.type !== 'call_expression') continue;
    const callee = children(node)[0]?.text.split('.').at(-1) ?? '';
    if (/^list[A-Z]/.test(callee)) problems.push(problemAt(file, node, `${callee}: keys are not to be read`));
  }
  for (const declaration of file.declarations) {
    const [, ...rest] = children(declaration.node);
    if (declaration.kind === 'output') {
      const opens = rest.some(part => holds(part) || [...walk(part)].some(node => readsKey(node) || getsSecret(node)));
      if (opens) problems.push(problemAt(file, declaration.node, `output "${declaration.name}" would show a secret`));
    }
    if (isSecure(declaration) && children(declaration.node).length > 2 && rest.at(-1)?.text !== "''") {
      problems.push(problemAt(file, declaration.node, `@secure() parameter "${declaration.name}" has a default value`));
    }
    if (declaration.kind === 'module') problems.push(...leaksIntoModule(file, declaration, files, holds));
    if (declaration.kind === 'resource') problems.push(...leaksIntoResource(file, declaration, holds));
  }
  return problems;
}

function isSecure({ decorators }: Declaration): boolean {
  return decorators.some(decorator => /^(sys\.)?secure\(\)/.test(decorator));
}

/** Secure parameters and variables made of them. */
function secretNames(file: BicepFile): ReadonlySet<string> {
  const names = new Set(file.declarations.filter(isSecure).map(({ name }) => name));
  for (const { kind, name, node } of file.declarations) {
    if (
      kind === 'var' &&
      children(node)
        .slice(1)
        .some(part => usesSecret(part, names))
    )
      names.add(name);
  }
  return names;
}

/** Whether there is a secret is no secret: empty() may ask. */
function usesSecret(node: Node, secret: ReadonlySet<string>): boolean {
  const parts = children(node);
  if (node.type === 'identifier') return secret.has(node.text);
  if (node.type === 'call_expression' && parts[0]?.text === 'empty') return false;
  if (node.type === 'object_property') return parts.slice(1).some(part => usesSecret(part, secret));
  return parts.some(part => usesSecret(part, secret));
}

function readsKey(node: Node): boolean {
  return node.type === 'member_expression' && KEYS.test(children(node).at(-1)?.text ?? '');
}

function getsSecret(node: Node): boolean {
  return node.type === 'call_expression' && /(^|\.)getSecret$/.test(children(node)[0]?.text ?? '');
}

function leaksIntoModule(
  file: BicepFile,
  declaration: Declaration,
  files: readonly BicepFile[],
  holds: (node: Node) => boolean,
): Problem[] {
  const module = files.find(other => other.path.endsWith(targetOf(declaration)));
  const params = objectOf(property(bodyOf(declaration), 'params'));
  return (params ? properties(params) : [])
    .filter(({ value }) => holds(value))
    .filter(({ name }) => !module?.declarations.some(param => param.name === name && isSecure(param)))
    .map(({ name, node }) => problemAt(file, node, `parameter "${name}" gets a secret but is not @secure()`));
}

function leaksIntoResource(file: BicepFile, declaration: Declaration, holds: (node: Node) => boolean): Problem[] {
  const body = bodyOf(declaration);
  if (!body || targetOf(declaration).startsWith(`${VAULT_SECRET}@`) || !holds(body)) return [];
  return [problemAt(file, declaration.node, `"${declaration.name}" would hold a secret: only the vault may`)];
}
