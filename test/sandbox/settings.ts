import type { Authority } from './authority/authority.ts';
import type { MailSink } from './mail-sink/mail-sink.ts';
import type { OnCallCalendar } from './on-call-calendar.ts';
import type { PagerSink } from './pager-sink/pager-sink.ts';
import type { ReferralsApi } from './referrals-api/referrals-api.ts';
import type { Tables } from './tables.ts';
import type { TeamsSink } from './teams-sink/teams-sink.ts';

export interface Surroundings {
  readonly referralsApi: ReferralsApi;
  readonly authority: Authority;
  readonly teams: TeamsSink;
  readonly mail: MailSink;
  readonly pager: PagerSink;
  /** Null when nobody takes turns. */
  readonly onCallCalendar: OnCallCalendar | null;
  readonly tables: Tables;
  readonly refreshTokenFile: string;
  /** Address of the console page; null when nobody looks. */
  readonly consoleUrl: string | null;
}

/** Settings that stand in each other's way: one given outside takes the other's place too. */
const STANDS_FOR: Readonly<Record<string, string>> = {
  TABLES_CONNECTION_STRING: 'TABLES_URL',
  REFRESH_TOKEN_FILE: 'REFRESH_TOKEN_SECRET_URL',
  PARTNER_CLIENT_SECRET: 'PARTNER_CLIENT_CERTIFICATE_URL',
  SMTP_URL: 'ACS_ENDPOINT',
};

/** Whoever sets one of these looks after on-call's mail; two people of the sandbox would not answer there. */
const ON_CALL_ELSEWHERE = ['ONCALL_EMAIL_TO', 'SMTP_URL', 'ACS_ENDPOINT'];

/** App settings that point at the sandbox. One that the environment holds is left out, for it wins; an empty one means none. */
export function sandboxSettings(around: Surroundings, env: NodeJS.ProcessEnv): Record<string, string> {
  const { authority, teams, mail, pager } = around;
  const settings: Record<string, string> = {
    POLL_SCHEDULE: '0 */15 * * * *',
    REFERRALS_API_URL: around.referralsApi.baseUrl,
    PARTNER_TENANT_ID: authority.tenantId,
    PARTNER_CLIENT_ID: authority.state.clients[0]?.clientId ?? '',
    PARTNER_CLIENT_SECRET: authority.state.clients[0]?.secret ?? '',
    PARTNER_AUTHORITY_URL: authority.url,
    REFRESH_TOKEN_FILE: around.refreshTokenFile,
    TABLES_CONNECTION_STRING: around.tables.connectionString,
    TEAMS_WEBHOOK_URL: teams.webhookUrl('sales'),
    // Only rules tell them.
    ...(env.ALERT_ROUTES?.trim()
      ? {
          TEAMS_WEBHOOK_URL_NORDICS: teams.webhookUrl('nordics'),
          TEAMS_WEBHOOK_URL_BENELUX: teams.webhookUrl('benelux'),
        }
      : {}),
    ONCALL_TEAMS_WEBHOOK_URL: teams.webhookUrl('oncall'),
    OPERATOR_TEAMS_WEBHOOK_URL: teams.webhookUrl('operator'),
    EMAIL_TO: 'sales@contoso.example.com',
    EMAIL_FROM: 'referral-alerts@contoso.example.com',
    SMTP_URL: mail.url,
    ONCALL_EMAIL_TO: 'on-call@contoso.example.com',
    ONCALL_PAGER_KEY: pager.routingKey,
    ONCALL_PAGER_URL: pager.enqueueUrl,
    ...(around.onCallCalendar && ON_CALL_ELSEWHERE.every(name => env[name] === undefined)
      ? { ONCALL_CALENDAR_URL: around.onCallCalendar.calendarUrl }
      : {}),
    ...(around.consoleUrl ? { REFERRAL_LINK_TEMPLATE: `${around.consoleUrl}/#referral-{id}` } : {}),
  };
  const given = (name: string | undefined) => name !== undefined && (env[name]?.trim() ?? '') !== '';
  return Object.fromEntries(
    Object.entries(settings).filter(([name]) => env[name] === undefined && !given(STANDS_FOR[name])),
  );
}
