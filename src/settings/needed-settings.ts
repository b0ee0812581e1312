import type { SettingsReader } from './reader.ts';
import type {
  NeededSettings,
  PartnerCredential,
  RefreshTokenPlace,
  SignInSettings,
  TablesPlace,
  TablesSettings,
} from './settings.ts';

/** What there is no poll without; null when something of it is missing or malformed. */
export function neededSettings(read: SettingsReader): NeededSettings | null {
  const signIn = signInSettings(read);
  const referralsApiUrl = read.optional('REFERRALS_API_URL');
  const tables = tablesSettings(read);
  if (!signIn || !referralsApiUrl || !tables) return null;
  return { ...signIn, ...(tables.tables.kind === 'identity' && tables), tables: tables.tables, referralsApiUrl };
}

/** Where the tables are, and who we are towards them. */
export function tablesSettings(read: SettingsReader): TablesSettings | null {
  const tables = tablesPlace(read);
  const identity = tables?.kind === 'identity' ? identityOf(read) : { identityClientId: null };
  return tables && identity && { ...identity, tables };
}

export function signInSettings(read: SettingsReader): SignInSettings | null {
  const tenantId = read.required('PARTNER_TENANT_ID');
  const clientId = read.required('PARTNER_CLIENT_ID');
  const credential = partnerCredential(read);
  const authorityUrl = read.optional('PARTNER_AUTHORITY_URL');
  const scope = read.optional('PARTNER_SCOPE');
  const refreshToken = refreshTokenPlace(read);
  const needsIdentity = refreshToken?.kind === 'key-vault' || (credential && credential.kind !== 'secret');
  const identity = needsIdentity ? identityOf(read) : { identityClientId: null };
  if (!tenantId || !clientId || !credential || !authorityUrl || !scope || !refreshToken || !identity) return null;
  const partner = { tenantId, clientId, credential, authorityUrl, scope };
  return { partner, refreshToken, ...identity };
}

/** Which managed identity we are: the one of that client id, or the only one; null when the id is malformed. */
function identityOf(read: SettingsReader): Pick<SignInSettings, 'identityClientId'> | null {
  const identityClientId = read.optional('AZURE_CLIENT_ID');
  return identityClientId === null && read.given('AZURE_CLIENT_ID') ? null : { identityClientId };
}

function partnerCredential(read: SettingsReader): PartnerCredential | null {
  const secret = read.optional('PARTNER_CLIENT_SECRET');
  const secretUrl = read.optional('PARTNER_CLIENT_CERTIFICATE_URL');
  read.notBoth('PARTNER_CLIENT_SECRET', 'PARTNER_CLIENT_CERTIFICATE_URL');
  if (secretUrl) return { kind: 'certificate', secretUrl };
  if (secret) return { kind: 'secret', secret };
  // One that is malformed must not turn into the managed identity.
  const isGiven = read.given('PARTNER_CLIENT_SECRET') || read.given('PARTNER_CLIENT_CERTIFICATE_URL');
  return isGiven ? null : { kind: 'federated' };
}

function refreshTokenPlace(read: SettingsReader): RefreshTokenPlace | null {
  read.oneOf('REFRESH_TOKEN_SECRET_URL', 'REFRESH_TOKEN_FILE');
  const path = read.optional('REFRESH_TOKEN_FILE');
  const secretUrl = read.optional('REFRESH_TOKEN_SECRET_URL');
  if (path) return { kind: 'file', path };
  return secretUrl ? { kind: 'key-vault', secretUrl } : null;
}

function tablesPlace(read: SettingsReader): TablesPlace | null {
  read.oneOf('TABLES_URL', 'TABLES_CONNECTION_STRING');
  const connectionString = read.optional('TABLES_CONNECTION_STRING');
  const url = read.optional('TABLES_URL');
  if (connectionString) return { kind: 'connection-string', connectionString };
  return url ? { kind: 'identity', url } : null;
}
