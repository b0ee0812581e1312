import type { Instant } from '../base/instant.ts';
import { DAY } from '../base/instant.ts';
import type { EscalationStep } from '../model/alert.ts';
import { type Environment, readSettings, type SettingsReader } from './reader.ts';

/** How the app registration proves itself to the authority. */
export type PartnerCredential =
  | { readonly kind: 'secret'; readonly secret: string }
  | { readonly kind: 'certificate'; readonly secretUrl: string }
  | { readonly kind: 'federated' };

export interface PartnerSettings {
  readonly tenantId: string;
  readonly clientId: string;
  readonly credential: PartnerCredential;
  readonly clientSecretExpiresOn: Instant | null;
  /** Without a trailing slash; `/{tenant}/oauth2/v2.0/token` is appended. */
  readonly authorityUrl: string;
  readonly scope: string;
}

export type RefreshTokenPlace =
  | { readonly kind: 'key-vault'; readonly secretUrl: string }
  | { readonly kind: 'file'; readonly path: string };

/** What `sign-in` needs: the app registration and the place of the refresh token. */
export interface SignInSettings {
  readonly partner: PartnerSettings;
  readonly refreshToken: RefreshTokenPlace;
  readonly identityClientId: string | null;
}

export type TablesPlace =
  | { readonly kind: 'identity'; readonly url: string }
  | { readonly kind: 'connection-string'; readonly connectionString: string };

export interface BotSettings {
  readonly appId: string;
  readonly tenantId: string;
  readonly credential: { readonly kind: 'managed-identity' } | { readonly kind: 'password'; readonly password: string };
  /** Where a `SingleTenant` bot gets its token; always https. */
  readonly authorityUrl: string;
  readonly openIdMetadataUrl: string;
  readonly serviceHosts: readonly string[];
  /** Entra object ids, lower case; empty: anybody of the tenant. */
  readonly admins: readonly string[];
}

export type MailCarrier =
  | { readonly kind: 'smtp'; readonly url: string }
  | { readonly kind: 'acs'; readonly endpoint: string };

export interface EmailSettings {
  readonly from: string;
  /** Sales; may be empty when only on-call or the operator get mail. */
  readonly to: readonly string[];
  readonly carrier: MailCarrier;
}

export type DetailAuth =
  | { readonly kind: 'key' }
  | {
      readonly kind: 'entra';
      readonly tenantId: string;
      readonly audience: string;
      readonly role: string;
      readonly authorityUrl: string;
    };

/** All settings, read and checked. Base addresses have no trailing slash; lists have no doubles. */
export interface Settings extends SignInSettings {
  readonly pollSchedule: string;
  readonly referrals: {
    readonly apiUrl: string;
    readonly filter: string;
    readonly windowDays: number;
    readonly linkTemplate: string;
  };
  readonly tables: TablesPlace;
  readonly teamsWebhookUrl: string | null;
  readonly bot: BotSettings | null;
  readonly claimExpiresAfterMs: number;
  /** Null when nobody gets mail. */
  readonly email: EmailSettings | null;
  /** The one farthest from expiry first. */
  readonly steps: readonly EscalationStep[];
  readonly onCall: {
    readonly teamsWebhookUrl: string | null;
    readonly emailTo: readonly string[];
    readonly pager: { readonly key: string; readonly url: string } | null;
  };
  readonly operator: {
    readonly teamsWebhookUrl: string | null;
    readonly emailTo: readonly string[];
  };
  readonly digestAbove: number;
  readonly timeZone: string;
  readonly detailAuth: DetailAuth;
  readonly retentionMs: number;
}

/**
 * Reads all settings from the environment.
 * @throws SettingsError naming every wrong or missing setting and what is allowed
 */
export function parseSettings(env: Environment): Settings {
  return readSettings(env, read => {
    checkWholeSet(read);
    return {
      ...signInSettings(read),
      pollSchedule: read.required('POLL_SCHEDULE'),
      referrals: {
        apiUrl: read.required('REFERRALS_API_URL'),
        filter: read.required('REFERRALS_FILTER'),
        windowDays: read.required('REFERRAL_WINDOW_DAYS'),
        linkTemplate: read.required('REFERRAL_LINK_TEMPLATE'),
      },
      tables: tablesPlace(read),
      teamsWebhookUrl: read.optional('TEAMS_WEBHOOK_URL'),
      bot: botSettings(read),
      claimExpiresAfterMs: read.required('CLAIM_EXPIRES_AFTER'),
      email: emailSettings(read),
      steps: read.required('ESCALATION_STEPS'),
      onCall: {
        teamsWebhookUrl: read.optional('ONCALL_TEAMS_WEBHOOK_URL'),
        emailTo: read.optional('ONCALL_EMAIL_TO') ?? [],
        pager: pagerSettings(read),
      },
      operator: {
        teamsWebhookUrl: read.optional('OPERATOR_TEAMS_WEBHOOK_URL'),
        emailTo: read.optional('OPERATOR_EMAIL_TO') ?? [],
      },
      digestAbove: read.required('DIGEST_ABOVE'),
      timeZone: read.required('ALERT_TIME_ZONE'),
      detailAuth: detailAuth(read),
      retentionMs: read.required('CHECKPOINT_RETENTION_DAYS') * DAY,
    };
  });
}

/**
 * Reads only what signing in to Partner Center needs.
 * @throws SettingsError naming every wrong or missing one of them
 */
export function parsePartnerSettings(env: Environment): SignInSettings {
  return readSettings(env, signInSettings);
}

function signInSettings(read: SettingsReader): SignInSettings {
  return {
    partner: {
      tenantId: read.required('PARTNER_TENANT_ID'),
      clientId: read.required('PARTNER_CLIENT_ID'),
      credential: partnerCredential(read),
      clientSecretExpiresOn: read.optional('PARTNER_CLIENT_SECRET_EXPIRES_ON'),
      authorityUrl: read.required('PARTNER_AUTHORITY_URL'),
      scope: read.required('PARTNER_SCOPE'),
    },
    refreshToken: refreshTokenPlace(read),
    identityClientId: read.optional('AZURE_CLIENT_ID'),
  };
}

function partnerCredential(read: SettingsReader): PartnerCredential {
  const secret = read.optional('PARTNER_CLIENT_SECRET');
  const secretUrl = read.optional('PARTNER_CLIENT_CERTIFICATE_URL');
  read.notBoth('PARTNER_CLIENT_SECRET', 'PARTNER_CLIENT_CERTIFICATE_URL');
  if (secretUrl) return { kind: 'certificate', secretUrl };
  return secret ? { kind: 'secret', secret } : { kind: 'federated' };
}

function refreshTokenPlace(read: SettingsReader): RefreshTokenPlace {
  const path = read.optional('REFRESH_TOKEN_FILE');
  const secretUrl = read.oneOfBoth('REFRESH_TOKEN_SECRET_URL', 'REFRESH_TOKEN_FILE');
  return path ? { kind: 'file', path } : { kind: 'key-vault', secretUrl };
}

function tablesPlace(read: SettingsReader): TablesPlace {
  const connectionString = read.optional('TABLES_CONNECTION_STRING');
  const url = read.oneOfBoth('TABLES_URL', 'TABLES_CONNECTION_STRING');
  return connectionString ? { kind: 'connection-string', connectionString } : { kind: 'identity', url };
}

function botSettings(read: SettingsReader): BotSettings | null {
  const type = read.required('BOT_APP_TYPE');
  const password = read.optional('BOT_APP_PASSWORD');
  const admins = read.optional('BOT_ADMINS') ?? [];
  const openIdMetadataUrl = read.required('BOT_OPENID_METADATA_URL');
  const serviceHosts = read.required('BOT_SERVICE_HOSTS');
  const authorityUrl = read.required('ENTRA_AUTHORITY_URL');
  const appId = read.optional('BOT_APP_ID');
  const tenantId = read.optional('BOT_TENANT_ID');
  if (!read.given('BOT_APP_ID')) return null;

  const singleTenant = type === 'SingleTenant';
  if (!read.given('BOT_TENANT_ID')) read.problem('BOT_TENANT_ID', 'is missing: BOT_APP_ID needs it');
  if (singleTenant && !read.given('BOT_APP_PASSWORD')) {
    read.problem('BOT_APP_PASSWORD', 'is missing: BOT_APP_TYPE SingleTenant needs it');
  }
  if (singleTenant && authorityUrl?.startsWith('http:')) {
    read.problem('ENTRA_AUTHORITY_URL', 'must be https, also on loopback: a SingleTenant bot sends its password there');
  }
  const credential = singleTenant
    ? { kind: 'password' as const, password: password ?? '' }
    : { kind: 'managed-identity' as const };
  return {
    appId: appId ?? '',
    tenantId: tenantId ?? '',
    credential,
    authorityUrl,
    openIdMetadataUrl,
    serviceHosts,
    admins,
  };
}

/** One mail to all recipients of a channel; Azure Communication Services takes no more in one. */
const ACS_RECIPIENTS = 50;

function emailSettings(read: SettingsReader): EmailSettings | null {
  const to = read.optional('EMAIL_TO') ?? [];
  const from = read.optional('EMAIL_FROM');
  const smtpUrl = read.optional('SMTP_URL');
  const endpoint = read.optional('ACS_ENDPOINT');
  read.notBoth('SMTP_URL', 'ACS_ENDPOINT');

  const wanted = (['EMAIL_TO', 'ONCALL_EMAIL_TO', 'OPERATOR_EMAIL_TO'] as const).filter(read.given);
  if (wanted.length === 0) return null;
  if (!read.given('EMAIL_FROM')) read.problem('EMAIL_FROM', `is missing: ${wanted[0]} needs it`);
  if (!read.given('SMTP_URL') && !read.given('ACS_ENDPOINT')) {
    read.problem('SMTP_URL', `is missing: ${wanted[0]} needs it, or ACS_ENDPOINT`);
  }
  for (const name of endpoint ? wanted : []) {
    if ((read.optional(name)?.length ?? 0) > ACS_RECIPIENTS) {
      read.problem(
        name,
        `names more than ${ACS_RECIPIENTS} addresses, the most that ACS_ENDPOINT takes: use a distribution list`,
      );
    }
  }
  const carrier = endpoint ? { kind: 'acs' as const, endpoint } : { kind: 'smtp' as const, url: smtpUrl ?? '' };
  return { from: from ?? '', to, carrier };
}

function pagerSettings(read: SettingsReader): Settings['onCall']['pager'] {
  const url = read.required('ONCALL_PAGER_URL');
  const key = read.optional('ONCALL_PAGER_KEY');
  return key ? { key, url } : null;
}

function detailAuth(read: SettingsReader): DetailAuth {
  const kind = read.required('DETAIL_AUTH');
  const tenantId = read.optional('ENTRA_TENANT_ID');
  const audience = read.optional('ENTRA_AUDIENCE');
  const role = read.required('ENTRA_ROLE');
  const authorityUrl = read.required('ENTRA_AUTHORITY_URL');
  if (kind !== 'entra') return { kind: 'key' };
  for (const name of ['ENTRA_TENANT_ID', 'ENTRA_AUDIENCE'] as const) {
    if (!read.given(name)) read.problem(name, 'is missing: DETAIL_AUTH entra needs it');
  }
  return { kind, tenantId: tenantId ?? '', audience: audience ?? '', role, authorityUrl };
}

function checkWholeSet(read: SettingsReader): void {
  if (!['TEAMS_WEBHOOK_URL', 'BOT_APP_ID', 'EMAIL_TO'].some(name => read.given(name))) {
    read.problem(
      'TEAMS_WEBHOOK_URL',
      'is missing, and so are EMAIL_TO and BOT_APP_ID: at least one must be set, or nobody is told',
    );
  }
  if (read.given('ALERT_ROUTES')) {
    read.problem(
      'ALERT_ROUTES',
      'must be empty: custom routes are not supported yet; every referral goes to every channel that is set',
    );
  }
}
