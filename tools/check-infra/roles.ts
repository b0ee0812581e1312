import type { Prediction, Resource } from './compiler.ts';
import type { Wishes } from './wishes.ts';

/** The built-in roles that may be given to anybody. */
export const ROLES: Readonly<Record<string, string>> = {
  storageBlobDataOwner: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b',
  storageTableDataContributor: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3',
  keyVaultSecretsUser: '4633458b-17de-408a-b874-0445c86b69e6',
  keyVaultSecretsOfficer: 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7',
  monitoringMetricsPublisher: '3913510d-42f4-4e42-8a64-420c390055eb',
  communicationAndEmailServiceOwner: '09976791-48a7-449e-bb21-39d1a415f350',
};

const TABLES = ['ReferralCheckpoints', 'WatchState', 'TeamsConversations'];

/** Each right that anybody gets, as `who: role on scope`, against those that there should be. */
export function roleProblems({ resources }: Prediction, wishes: Wishes): string[] {
  const assignments = resources.filter(({ type }) => type === 'Microsoft.Authorization/roleAssignments');
  const found = assignments.map(one => rightOf(one, wishes));
  const expected = expectedRights(wishes);
  const unexplained = assignments.filter(one => !(one.properties as { description?: string }).description);
  return [
    ...expected.filter(right => !found.includes(right)).map(right => `the right is missing: ${right}`),
    ...found.filter(right => !expected.includes(right)).map(right => `a right that nobody should have: ${right}`),
    ...unexplained.map(one => `a role assignment says no reason: ${rightOf(one, wishes)}`),
  ];
}

function expectedRights({ acs, given, operator }: Wishes): string[] {
  const tables = TABLES.map(name => `storageTableDataContributor on tables/${name}`);
  const app = [
    'storageBlobDataOwner on storageAccounts',
    ...tables,
    'keyVaultSecretsUser on vaults',
    'keyVaultSecretsOfficer on secrets/refresh-token',
    'monitoringMetricsPublisher on components',
    ...(acs && !given.ACS_ENDPOINT ? ['communicationAndEmailServiceOwner on communicationServices'] : []),
  ];
  const people = operator ? ['keyVaultSecretsOfficer on vaults', ...tables] : [];
  return [
    ...app.map(right => `the app (ServicePrincipal): ${right}`),
    ...people.map(right => `the operator (${given.AZURE_PRINCIPAL_TYPE ?? 'User'}): ${right}`),
  ];
}

function rightOf({ id, properties }: Resource, { operator }: Wishes): string {
  const { principalId, principalType, roleDefinitionId } = properties as Readonly<Record<string, string>>;
  const who =
    principalId === operator
      ? 'the operator'
      : principalId?.includes('userAssignedIdentities/')
        ? 'the app'
        : principalId;
  const role = roleDefinitionId?.split('/').at(-1) ?? '';
  const name = Object.keys(ROLES).find(known => ROLES[known] === role) ?? `${role}, which is no role on the list,`;
  return `${who} (${principalType}): ${name} on ${scopeOf(id)}`;
}

/** The last parts of the id of what the right is for; a name of its own only where it says more than the type. */
function scopeOf(id: string): string {
  const [scope = ''] = id
    .replace(/^\[extensionResourceId\('/, '')
    .split(/', 'Microsoft\.Authorization|\/providers\/Microsoft\.Authorization/);
  const [type = '', name = ''] = scope.split('/').slice(-2);
  return ['tables', 'secrets'].includes(type) ? `${type}/${name}` : type;
}
