import { type Prediction, TENANT } from './compiler.ts';
import type { KnownSetting } from './known-settings.ts';
import type { Wishes } from './wishes.ts';

/** What the platform itself reads; whatever else Flex Consumption refuses is thereby off the list. */
const OF_THE_PLATFORM = [
  'AzureWebJobsStorage__blobServiceUri',
  'AzureWebJobsStorage__queueServiceUri',
  'AzureWebJobsStorage__tableServiceUri',
  'AzureWebJobsStorage__credential',
  'AzureWebJobsStorage__clientId',
  'APPLICATIONINSIGHTS_CONNECTION_STRING',
  'APPLICATIONINSIGHTS_AUTHENTICATION_STRING',
];
/** What only Azure will know: an expression until then. */
const UNKNOWN_YET = /^\[.+\]$/s;
type Expected = string | RegExp;

/** The settings of the function app that a deployment would write; null when they cannot be told. */
export function appSettingsOf({ resources }: Prediction): Readonly<Record<string, string>> | null {
  const found = resources.find(
    ({ type, name }) => type === 'Microsoft.Web/sites/config' && name.endsWith('/appsettings'),
  );
  if (typeof found?.properties !== 'object') return null;
  const entries = Object.entries(found.properties as Record<string, string>);
  // A text that begins with a bracket is written with two, so that it is no expression.
  return Object.fromEntries(entries.map(([name, text]) => [name, text.startsWith('[[') ? text.slice(1) : text]));
}

/** What was given arrives as it was given, secrets as references, and nothing else is set. */
export function appSettingsProblems(
  prediction: Prediction,
  wishes: Wishes,
  settings: readonly KnownSetting[],
): string[] {
  const found = appSettingsOf(prediction);
  if (!found)
    return [
      'the app settings cannot be told before Azure knows more: a condition in modules/settings.bicep waits for a resource',
    ];
  const expected = expectedSettings(wishes, settings);
  const names = new Set([...Object.keys(expected), ...Object.keys(found)]);
  return [...names].toSorted().flatMap(name => {
    const [want, got] = [expected[name], found[name]];
    const secret = settings.find(one => one.name === name)?.secret ?? wishes.inVault.includes(name);
    if (want === undefined) return [`app setting ${name} is set, but nobody gave it`];
    if (got === undefined) return [`app setting ${name} is missing`];
    if (want instanceof RegExp ? want.test(got) : want === got) return [];
    if (secret) return [`app setting ${name} is a secret: it must be a Key Vault reference to ${secretName(name)}`];
    return [
      `app setting ${name} is ${got}, but ${want instanceof RegExp ? 'should be what Azure makes' : want} was given`,
    ];
  });
}

function expectedSettings(wishes: Wishes, settings: readonly KnownSetting[]): Record<string, Expected> {
  const { given, inVault, routes } = wishes;
  const plain = settings.filter(({ name, secret, way }) => way === 'environment' && !secret && name in given);
  const makesAcs = wishes.acs && !given.ACS_ENDPOINT;
  const waitsForDomain = makesAcs && wishes.ownDomain !== '' && !wishes.ownDomainSends;
  const sender = wishes.ownDomainSends ? `referral-alerts@${wishes.ownDomain}` : UNKNOWN_YET;
  return {
    POLL_SCHEDULE: '0 */5 * * * *',
    ...(wishes.entra && { ENTRA_TENANT_ID: TENANT }),
    ...(given.PARTNER_CERTIFICATE_NAME && { PARTNER_CLIENT_CERTIFICATE_URL: UNKNOWN_YET }),
    ...(wishes.bot && { BOT_APP_ID: UNKNOWN_YET, BOT_TENANT_ID: TENANT }),
    ...Object.fromEntries(plain.map(({ name }) => [name, given[name] ?? ''])),
    ...(makesAcs && { ACS_ENDPOINT: UNKNOWN_YET, EMAIL_FROM: (!waitsForDomain && given.EMAIL_FROM) || sender }),
    ...(routes.length > 0 && { ALERT_ROUTES: JSON.stringify(routes) }),
    ...Object.fromEntries(inVault.map(name => [name, referenceTo(name)])),
    ...Object.fromEntries(settings.filter(({ way }) => way === 'template').map(({ name }) => [name, UNKNOWN_YET])),
    ...Object.fromEntries(
      OF_THE_PLATFORM.map(name => [name, name.endsWith('credential') ? 'managedidentity' : UNKNOWN_YET]),
    ),
  };
}

function referenceTo(setting: string): RegExp {
  return new RegExp(`^@Microsoft\\.KeyVault\\(VaultName=kv-[a-z0-9]+;SecretName=${secretName(setting)}\\)$`);
}

function secretName(setting: string): string {
  return setting.toLowerCase().replaceAll('_', '-');
}
