import type * as z from 'zod/mini';
import { LANGUAGES } from '../model/language.ts';
import * as address from './address-readers.ts';
import * as kind from './readers.ts';
import { smtpUrl } from './smtp-url.ts';

/** One app setting: everything that reads settings or speaks of them looks here. */
export interface SettingInfo {
  /** Reads the text, or says what is allowed without repeating it. */
  readonly read: z.ZodMiniType<unknown, string>;
  readonly default: string | null;
  readonly meaning: string;
  /** The value opens something: it may never be shown. */
  readonly secret?: true;
  /** Not set by the Azure template, and why not. */
  readonly localOnly?: string;
}

export const SETTINGS = {
  POLL_SCHEDULE: {
    read: kind.schedule,
    default: '0 */5 * * * *',
    meaning: 'When to poll: NCRONTAB with six fields (second, minute, hour, day, month, weekday), in UTC.',
  },
  REFERRALS_API_URL: {
    read: address.baseUrl,
    default: 'https://api.partner.microsoft.com/v1.0/engagements',
    meaning: 'Base address of the Referrals API; `/referrals` is appended.',
  },
  REFERRALS_FILTER: {
    read: kind.filter,
    default: "direction eq 'Incoming' and substatus eq 'Pending'",
    meaning: '`$filter` of the list call: which referrals count as unanswered.',
  },
  REFERRAL_WINDOW_DAYS: {
    read: kind.whole(1, 365),
    default: '14',
    meaning: 'Days until an unanswered referral expires, where Partner Center does not say.',
  },
  REFERRAL_LINK_TEMPLATE: {
    read: address.linkTemplate,
    default: 'https://partner.microsoft.com/dashboard/referrals/v2/leads',
    meaning: 'Where "Open in Partner Center" leads; `{id}` and `{engagementId}` are filled in.',
  },
  PARTNER_TENANT_ID: {
    read: kind.guid,
    default: null,
    meaning: 'Tenant id (GUID) of the Partner Center account.',
  },
  PARTNER_CLIENT_ID: {
    read: kind.guid,
    default: null,
    meaning: 'Application id (GUID) of the app registration that signs in to Partner Center.',
  },
  PARTNER_CLIENT_SECRET: {
    read: kind.clientSecret,
    default: null,
    secret: true,
    meaning: 'Client secret of that app registration. Leave it out to use a certificate or the managed identity.',
  },
  PARTNER_CLIENT_CERTIFICATE_URL: {
    read: address.vaultSecretUrl,
    default: null,
    meaning: 'Key Vault secret URL of a certificate (PEM or PFX) in place of the client secret.',
  },
  PARTNER_CLIENT_SECRET_EXPIRES_ON: {
    read: kind.date,
    default: null,
    meaning: 'Date on which the client secret ends; the operator is warned 30, 14 and 7 days before.',
  },
  PARTNER_AUTHORITY_URL: {
    read: address.baseUrl,
    default: 'https://login.microsoftonline.com',
    meaning: 'Where Partner Center tokens come from.',
  },
  PARTNER_SCOPE: {
    read: kind.scopes,
    default: 'https://api.partner.microsoft.com/user_impersonation offline_access',
    meaning: 'Scopes asked for, separated by spaces.',
  },
  REFRESH_TOKEN_SECRET_URL: {
    read: address.rotatingSecretUrl,
    default: null,
    meaning: 'Key Vault secret URL (without a version) that holds the refresh token; it is rotated in place.',
  },
  REFRESH_TOKEN_FILE: {
    read: kind.filePath,
    default: null,
    localOnly: 'a file does not outlive an instance',
    meaning: 'A file in its place, for local runs only.',
  },
  TABLES_URL: {
    read: address.tablesUrl,
    default: null,
    meaning: 'Table endpoint of the storage account, reached with the managed identity.',
  },
  TABLES_CONNECTION_STRING: {
    read: address.connectionString,
    default: null,
    secret: true,
    localOnly: 'it needs a shared key',
    meaning: 'A storage connection string in its place, for local runs; `UseDevelopmentStorage=true` works.',
  },
  AZURE_CLIENT_ID: {
    read: kind.guid,
    default: null,
    meaning: 'Client id (GUID) of the user-assigned managed identity.',
  },
  TEAMS_WEBHOOK_URL: {
    read: address.webhookUrl,
    default: null,
    secret: true,
    meaning: 'Workflows webhook of the sales channel in Teams.',
  },
  BOT_APP_ID: {
    read: kind.guid,
    default: null,
    meaning: 'Application id (GUID) of the Teams bot. Setting it switches the bot on.',
  },
  BOT_TENANT_ID: {
    read: kind.guid,
    default: null,
    meaning: 'Tenant id (GUID) of the Teams bot; nobody from another tenant is answered.',
  },
  BOT_APP_TYPE: {
    read: kind.oneOf('UserAssignedMSI', 'SingleTenant'),
    default: 'UserAssignedMSI',
    meaning: '`UserAssignedMSI`, or `SingleTenant` with a password.',
  },
  BOT_APP_PASSWORD: {
    read: kind.unquoted,
    default: null,
    secret: true,
    meaning: 'Password of a `SingleTenant` bot.',
  },
  BOT_OPENID_METADATA_URL: {
    read: address.url,
    default: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
    meaning: 'Where the keys are found that sign what Teams sends to the bot.',
  },
  BOT_TOKEN_ISSUER: {
    read: address.baseUrl,
    default: 'https://api.botframework.com',
    meaning: 'Who signs what Teams sends to the bot; another one in clouds of their own.',
  },
  BOT_TOKEN_SCOPE: {
    read: kind.word,
    default: 'https://api.botframework.com/.default',
    meaning: 'What the bot asks its own token for; another one in clouds of their own.',
  },
  BOT_SERVICE_HOSTS: {
    read: kind.hosts,
    default: 'smba.trafficmanager.net,*.botframework.com,*.teams.microsoft.com',
    meaning: 'Hosts the bot may be told to answer to; `*.x` stands for one or more labels before x.',
  },
  BOT_ADMINS: {
    read: kind.guids,
    default: null,
    meaning: 'Entra object ids of those who may bind and unbind channels; empty: anybody of the tenant.',
  },
  CLAIM_EXPIRES_AFTER: {
    read: kind.duration,
    default: '48h',
    meaning: 'A claimed referral that is still unanswered becomes free again after this time.',
  },
  EMAIL_TO: {
    read: kind.emails,
    default: null,
    meaning: 'Addresses of the sales people who get email.',
  },
  EMAIL_FROM: {
    read: kind.sender,
    default: null,
    meaning: 'Sender of every mail, `address` or `Name <address>`; needed as soon as anybody gets mail.',
  },
  SMTP_URL: {
    read: smtpUrl,
    default: null,
    secret: true,
    meaning:
      'SMTP server that carries the mail, always over TLS: `smtps://user:password@host`, or `smtp://user:password@host:587` with STARTTLS.',
  },
  ACS_ENDPOINT: {
    read: address.baseUrl,
    default: null,
    meaning: 'Azure Communication Services endpoint that carries the mail instead of SMTP.',
  },
  ESCALATION_STEPS: {
    read: kind.steps,
    default: '7d:reminder,3d:warning,24h:critical',
    meaning: 'Time before expiry and severity (`reminder`, `warning`, `critical`) of each reminder.',
  },
  ONCALL_TEAMS_WEBHOOK_URL: {
    read: address.webhookUrl,
    default: null,
    secret: true,
    meaning: 'Workflows webhook of the on-call channel, which hears only `critical`.',
  },
  ONCALL_EMAIL_TO: {
    read: kind.emails,
    default: null,
    meaning: 'Addresses that get mail only at `critical`.',
  },
  ONCALL_PAGER_KEY: {
    read: kind.pagerKey,
    default: null,
    secret: true,
    meaning: 'Routing key of the pager, which rings only at `critical`.',
  },
  ONCALL_PAGER_URL: {
    read: address.url,
    default: 'https://events.pagerduty.com/v2/enqueue',
    meaning: 'Full address of the PagerDuty Events v2 endpoint.',
  },
  OPERATOR_TEAMS_WEBHOOK_URL: {
    read: address.webhookUrl,
    default: null,
    secret: true,
    meaning: 'Workflows webhook for whoever runs this app; hears about the app, never about a lead.',
  },
  OPERATOR_EMAIL_TO: {
    read: kind.emails,
    default: null,
    meaning: 'Addresses of whoever runs this app.',
  },
  ALERT_ROUTES: {
    read: kind.text,
    default: null,
    meaning:
      'Rules that pick channels for a referral, as JSON; see docs/routes.md. Without them everything goes to `teams`, `email` and every bound conversation.',
  },
  DIGEST_ABOVE: {
    read: kind.whole(1, 10_000),
    default: '10',
    meaning: 'More alerts than this of one kind and severity for one channel in one poll come as one digest.',
  },
  ALERT_TIME_ZONE: {
    read: kind.timeZone,
    default: 'UTC',
    meaning: 'IANA time zone of dates on cards and in mail, of working time and holidays, such as `Europe/Berlin`.',
  },
  ALERT_LANGUAGE: {
    read: kind.oneOf(...LANGUAGES),
    default: 'en',
    meaning:
      'What sales, on-call and managers read: `en`, `de`, `fr`, `es`, `nl`, `pl`, `tr` or `ja`; see docs/languages.md.',
  },
  WORKING_HOURS: {
    read: kind.workingHours,
    default: null,
    meaning:
      'When sales works, such as `Mon-Thu 08:00-17:00, Fri 08:00-14:00`: a step that falls outside comes in working time. Empty: always.',
  },
  HOLIDAYS: {
    read: kind.holidays,
    default: null,
    meaning: 'Dates that are no working time, such as `2026-12-25, 2027-01-01`.',
  },
  HOLIDAYS_CALENDAR_URL: {
    read: address.calendarUrl,
    default: null,
    secret: true,
    meaning: 'iCalendar address whose all-day events are no working time either.',
  },
  ONCALL_CALENDAR_URL: {
    read: address.calendarUrl,
    default: null,
    secret: true,
    meaning: 'iCalendar address of the shifts: `critical` goes to whoever is on call then. Needs `ONCALL_EMAIL_TO`.',
  },
  HEARTBEAT_URL: {
    read: address.url,
    default: null,
    secret: true,
    meaning: "Fetched after every good poll, unless leads are untold: an outside dead-man's switch.",
  },
  SUMMARY_AT: {
    read: kind.weeklyTime,
    default: null,
    meaning:
      'When every sales channel hears what waits for an answer, such as `Mon-Fri 08:30`; nothing when nothing waits.',
  },
  REPORT_AT: {
    read: kind.weeklyTime,
    default: null,
    meaning:
      'When managers get the report of the seven days that end then, such as `Mon 08:00`; needs one of the next two.',
  },
  REPORT_EMAIL_TO: {
    read: kind.emails,
    default: null,
    meaning: 'Addresses of the managers who get the report. Needs `REPORT_AT`.',
  },
  REPORT_TEAMS_WEBHOOK_URL: {
    read: address.webhookUrl,
    default: null,
    secret: true,
    meaning: 'Workflows webhook of the Teams channel that gets the report. Needs `REPORT_AT`.',
  },
  DETAIL_AUTH: {
    read: kind.oneOf('key', 'entra'),
    default: 'key',
    meaning: 'Who may read a referral over HTTP: `key` (function key) or `entra` (bearer token).',
  },
  ENTRA_TENANT_ID: {
    read: kind.guid,
    default: null,
    meaning: 'Tenant id (GUID) whose tokens are accepted; needed with `DETAIL_AUTH=entra`.',
  },
  ENTRA_AUDIENCE: {
    read: kind.word,
    default: null,
    meaning: 'Audience of those tokens: the application id, with or without `api://`; needed with `DETAIL_AUTH=entra`.',
  },
  ENTRA_ROLE: {
    read: kind.word,
    default: 'Referrals.Read',
    meaning: 'App role or scope those tokens must carry.',
  },
  ENTRA_AUTHORITY_URL: {
    read: address.baseUrl,
    default: 'https://login.microsoftonline.com',
    meaning: 'Where issuer and signing keys of those tokens are found.',
  },
  CHECKPOINT_RETENTION_DAYS: {
    read: kind.whole(1, 3650),
    default: '90',
    meaning: 'Days after which what is known of an answered or expired referral is erased.',
  },
} as const satisfies Record<string, SettingInfo>;

export type SettingName = keyof typeof SETTINGS;

/** What a setting is once it has been read. */
export type SettingValue<N extends SettingName> = z.output<(typeof SETTINGS)[N]['read']>;

export const SETTING_NAMES = Object.keys(SETTINGS) as readonly SettingName[];

export function settingInfo(name: SettingName): SettingInfo {
  return SETTINGS[name];
}
