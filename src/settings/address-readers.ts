import { isLoopback, isSecure } from '../base/loopback.ts';
import { trimEnd } from '../base/trim.ts';
import { kind, Wrong } from './kind.ts';

const HTTPS = 'must be an https address (http only on loopback)';

/** An address that paths are appended to: no query, no trailing slash. */
export const baseUrl = kind(`${HTTPS} without a query`, value => asConnection(value) ?? readBase(value));

/** A full address, kept byte for byte: its query may be signed. */
export const url = kind(HTTPS, value => (safeUrl(value) ? value : null));

/** The address of a calendar; calendars themselves write `webcal:` for `https:`. */
export const calendarUrl = kind('must be an https or webcal address (http only on loopback)', value => {
  const address = value.replace(/^webcals?:/i, 'https:');
  return safeUrl(address) ? address : null;
});

const OTHER_SERVICES = ['blob', 'queue', 'file', 'dfs', 'web'];

/** The table endpoint of a storage account. The portal lists it beside those of its other services. */
export const tablesUrl = kind(`${HTTPS} without a query`, value => {
  const connection = asConnection(value);
  if (connection) return connection;
  const address = readBase(value);
  const [, service = ''] = address === null ? [] : new URL(address).hostname.split('.');
  if (!OTHER_SERVICES.includes(service)) return address;
  return new Wrong(`is the ${service} endpoint: take the table endpoint, https://ACCOUNT.table.core.windows.net`);
});

export const linkTemplate = kind(`${HTTPS}; {id} and {engagementId} are filled in`, value => {
  const bare = value.replaceAll('{id}', 'x').replaceAll('{engagementId}', 'x');
  return safeUrl(bare) && !/[{}]/.test(bare) ? value : null;
});

/** Where people look at Teams and at flows. */
const PAGES = [
  ...['teams.microsoft.com', 'teams.live.com', 'teams.cloud.microsoft'],
  ...['make.powerautomate.com', 'flow.powerautomate.com', 'flow.microsoft.com', 'make.powerapps.com'],
];
/** Where Workflows is known to listen, in Microsoft's clouds. */
const WORKFLOWS = /(^|\.)(logic\.azure\.(com|us|cn)|api\.(gov\.|high\.)?powerplatform\.(com|us|cn))$/i;

/** Whether an address may be a Workflows webhook: on a host that is known to have them, or on this machine. */
export function isKnownWebhookHost(address: string): boolean {
  const { hostname } = new URL(address);
  return WORKFLOWS.test(hostname) || isLoopback(hostname);
}

export const webhookUrl = kind(HTTPS, value => {
  const written = URL.canParse(value) ? new URL(value) : null;
  const host = written?.hostname.toLowerCase().replace(/\.$/, '') ?? '';
  if (/(^|\.)office(365)?\.com$/i.test(host)) {
    return new Wrong(
      'is an Office 365 connector address: that service has ended. Create a Workflows webhook in Teams and use its address',
    );
  }
  if (PAGES.some(page => `.${host}`.endsWith(`.${page}`))) {
    return new Wrong(
      'is the address of a page, not of a webhook: copy the address that the Workflows trigger "When a Teams webhook request is received" shows',
    );
  }
  if (/[\s,;]https?:\/\//i.test(value)) {
    return new Wrong(
      'holds several addresses and takes one: a second channel has a setting of its own, such as TEAMS_WEBHOOK_URL_NORDICS, which rules name',
    );
  }
  if (!written || !safeUrl(value)) return null;
  const [, odd = null] = /(&amp;|[\^\\`]&)/.exec(value) ?? [];
  if (odd !== null) return new Wrong(`holds ${odd} where the address has &: copy it again`);
  const isWorkflow = WORKFLOWS.test(host) || isTriggerPath(written.pathname);
  if (isWorkflow && !written.searchParams.get('sig')) {
    return new Wrong(
      'has no signature (sig): it was cut off, often at an & in a shell without quotes, or the trigger does not let anyone call it. Set who can trigger the flow to "Anyone" and copy the whole address',
    );
  }
  return value;
});

/** `/workflows/NAME/triggers/manual/…` */
function isTriggerPath(path: string): boolean {
  const lower = path.toLowerCase();
  const flow = lower.indexOf('/workflows/');
  return flow >= 0 && lower.includes('/triggers/', flow + '/workflows'.length);
}

const SECRET_PATH = /^\/secrets\/[0-9a-z-]{1,127}(\/[0-9a-z]{1,64})?\/?$/i;
const NAME_PATH = /^\/secrets\/[0-9a-z-]{1,127}\/?$/i;

export const vaultSecretUrl = kind(
  'must be a Key Vault secret address, such as https://VAULT.vault.azure.net/secrets/NAME',
  value => readVault(value, SECRET_PATH),
);

/** A secret that is written anew: its address names no version. */
export const rotatingSecretUrl = kind(
  'must be a Key Vault secret address without a version, such as https://VAULT.vault.azure.net/secrets/NAME',
  value => readVault(value, NAME_PATH),
);

function readVault(value: string, path: RegExp): string | null {
  const address = safeUrl(value);
  return address && path.test(address.pathname) && !address.search ? trimEnd(value, '/') : null;
}

/** As the library of the tables takes it: that one looks for each part by itself, throws at what is odd, and knows no defaults. */
export const connectionString = kind(
  'must be a whole storage connection string, with name and key of the account or a signature for its table endpoint, or UseDevelopmentStorage=true (https, except on loopback)',
  value => {
    const parts = new Map(
      value.split(';').map(part => [part.split('=')[0]?.trim().toLowerCase(), part.replace(/^[^=]*=?/, '').trim()]),
    );
    if (parts.get('usedevelopmentstorage')?.toLowerCase() === 'true') return 'UseDevelopmentStorage=true';
    const endpoint = parts.get('tableendpoint');
    const address = endpoint ? safeUrl(endpoint) : null;
    if (endpoint && !address) return null;
    const [name = '', key = '', signature = ''] = ['accountname', 'accountkey', 'sharedaccesssignature'].map(part =>
      parts.get(part),
    );
    if (/^[a-z\d-]+$/i.test(name) && /^[a-z\d+/]+=*$/i.test(key)) {
      const account = `DefaultEndpointsProtocol=https;AccountName=${name};AccountKey=${key}`;
      if (address) return `${account};TableEndpoint=${endpoint}`;
      const suffix = parts.get('endpointsuffix') || 'core.windows.net';
      const isPlain = parts.get('defaultendpointsprotocol')?.toLowerCase() === 'http';
      return isPlain || !/^[a-z\d.-]+$/i.test(suffix) ? null : `${account};EndpointSuffix=${suffix}`;
    }
    const isNamed = address && (address.hostname.split('.')[1] === 'table' || address.pathname.length > 1);
    return isNamed && signature
      ? `TableEndpoint=${endpoint};SharedAccessSignature=${signature.replace(/^\?/, '')}`
      : null;
  },
);

/** The portal shows connection strings where an address is asked for. */
function asConnection(value: string): Wrong | null {
  return /^(endpoint|\w+endpoint|defaultendpointsprotocol|accountname)=/i.test(value)
    ? new Wrong('is a connection string: put in the address of the endpoint alone, which begins with https')
    : null;
}

function readBase(value: string): string | null {
  const address = safeUrl(value);
  return address && !address.search && !address.hash ? trimEnd(value, '/') : null;
}

/** The address when it is https, or http on loopback, and carries no user name; else null. */
function safeUrl(value: string): URL | null {
  const address = /^https?:\/\//i.test(value) && URL.canParse(value) ? new URL(value) : null;
  if (!address || address.username || address.password || /\s/.test(value)) return null;
  return isSecure(address) ? address : null;
}
