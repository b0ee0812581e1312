import {
  type BicepFile,
  bodyOf,
  literal,
  objectOf,
  type Problem,
  problemAt,
  properties,
  property,
  targetOf,
  walk,
} from './bicep-file.ts';

/** The built-in roles that may be given to anybody, by the name the template calls them. */
export const ROLES: Readonly<Record<string, string>> = {
  storageBlobDataOwner: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b',
  storageTableDataContributor: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3',
  keyVaultSecretsUser: '4633458b-17de-408a-b874-0445c86b69e6',
  keyVaultSecretsOfficer: 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7',
  monitoringMetricsPublisher: '3913510d-42f4-4e42-8a64-420c390055eb',
  communicationAndEmailServiceOwner: '09976791-48a7-449e-bb21-39d1a415f350',
};

const ASSIGNMENT = 'Microsoft.Authorization/roleAssignments';
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Role ids against the list; assignments only in the one file for them, with a scope and a type of principal. */
export function roleProblems(file: BicepFile): Problem[] {
  return [...guidProblems(file), ...assignmentProblems(file)];
}

function guidProblems(file: BicepFile): Problem[] {
  const problems: Problem[] = [];
  const named = new Set<number>();
  for (const node of walk(file.root)) {
    if (node.type === 'object') {
      for (const { name, value } of properties(node)) {
        if (!(name in ROLES)) continue;
        named.add(value.id);
        if (literal(value) !== ROLES[name]) problems.push(problemAt(file, value, `${name} is ${ROLES[name]}`));
      }
    }
    const id = literal(node);
    if (id === undefined || !GUID.test(id) || named.has(node.id)) continue;
    problems.push(problemAt(file, node, `${id} is no id of a role on the list (tools/check-infra/roles.ts)`));
  }
  return problems;
}

function assignmentProblems(file: BicepFile): Problem[] {
  return file.declarations.flatMap(declaration => {
    if (declaration.kind !== 'resource' || !targetOf(declaration).startsWith(`${ASSIGNMENT}@`)) return [];
    if (file.path !== 'infra/modules/roles.bicep') {
      return [problemAt(file, declaration.node, 'role assignments belong in infra/modules/roles.bicep')];
    }
    const body = bodyOf(declaration);
    const inner = objectOf(property(body, 'properties'));
    const missing = [
      ...(property(body, 'scope') ? [] : ['a scope of its own']),
      ...(property(inner, 'principalType') ? [] : ['principalType']),
      ...(property(inner, 'description') ? [] : ['a description: the reason for it']),
    ];
    const role = property(inner, 'roleDefinitionId')?.text ?? '';
    const known = Object.keys(ROLES).some(name => role.includes(`roleIds.${name})`));
    return [
      ...missing.map(what => problemAt(file, declaration.node, `the role assignment needs ${what}`)),
      ...(known ? [] : [problemAt(file, declaration.node, 'the role must be named by roleIds')]),
    ];
  });
}
