import { DAY } from '../base/instant.ts';
import { botSettings, emailSettings, namedChannels, pagerSettings, recipients } from './channel-settings.ts';
import { detailAuth } from './detail-auth.ts';
import { namedSettings } from './named-channels.ts';
import { neededSettings, signInSettings, tablesSettings } from './needed-settings.ts';
import { createReader, type Environment, Problems, type SettingsReader } from './reader.ts';
import { routeSettings } from './route-settings.ts';
import type { OtherSettings, SettingsReading, SignInSettings, TablesSettings } from './settings.ts';
import { SettingsError } from './settings-error.ts';

/** Reads all settings from the environment. One bad thing stops only itself, but what a poll cannot be without. */
export function readSettings(env: Environment): SettingsReading {
  const problems = new Problems();
  const needed = neededSettings(createReader(env, problems, { stopsPoll: true }));
  const other = otherSettings(createReader(env, problems, { stopsPoll: false }));
  const found = problems.list();
  // What contradicts itself stops nothing that can be read all the same.
  return { needed, other, problems: needed ? found.map(problem => ({ ...problem, stopsPoll: false })) : found };
}

/**
 * Reads only what signing in to Partner Center needs.
 * @throws SettingsError naming every wrong or missing one of them
 */
export function readSignInSettings(env: Environment): SignInSettings {
  const problems = new Problems();
  const settings = signInSettings(createReader(env, problems, { stopsPoll: true }));
  if (settings === null || problems.list().length > 0) throw new SettingsError(problems.list());
  return settings;
}

/**
 * Reads only what reaching the tables needs.
 * @throws SettingsError naming every wrong or missing one of them
 */
export function readTablesSettings(env: Environment): TablesSettings {
  const problems = new Problems();
  const settings = tablesSettings(createReader(env, problems, { stopsPoll: true }));
  if (settings === null || problems.list().length > 0) throw new SettingsError(problems.list());
  return settings;
}

function otherSettings(read: SettingsReader): OtherSettings {
  needSomebodyToTell(read);
  const channels = {
    teamsWebhookUrl: read.optional('TEAMS_WEBHOOK_URL'),
    named: namedChannels(read),
    bot: botSettings(read),
    email: emailSettings(read),
    onCall: {
      teamsWebhookUrl: read.optional('ONCALL_TEAMS_WEBHOOK_URL'),
      emailTo: recipients(read, 'ONCALL_EMAIL_TO'),
      pager: pagerSettings(read),
    },
  };
  return {
    identityClientId: read.optional('AZURE_CLIENT_ID'),
    clientSecretExpiresOn: read.optional('PARTNER_CLIENT_SECRET_EXPIRES_ON'),
    pollSchedule: read.orDefault('POLL_SCHEDULE'),
    referralsFilter: read.orDefault('REFERRALS_FILTER'),
    windowDays: read.orDefault('REFERRAL_WINDOW_DAYS'),
    linkTemplate: read.optional('REFERRAL_LINK_TEMPLATE'),
    ...channels,
    claimExpiresAfterMs: read.orDefault('CLAIM_EXPIRES_AFTER'),
    steps: read.orDefault('ESCALATION_STEPS'),
    operator: {
      teamsWebhookUrl: read.optional('OPERATOR_TEAMS_WEBHOOK_URL'),
      emailTo: recipients(read, 'OPERATOR_EMAIL_TO'),
    },
    rules: routeSettings(read, channels),
    digestAbove: read.orDefault('DIGEST_ABOVE'),
    timeZone: read.orDefault('ALERT_TIME_ZONE'),
    language: read.orDefault('ALERT_LANGUAGE'),
    workingHours: read.optional('WORKING_HOURS'),
    holidays: read.optional('HOLIDAYS') ?? [],
    holidaysCalendarUrl: read.optional('HOLIDAYS_CALENDAR_URL'),
    onCallCalendarUrl: onCallCalendar(read),
    heartbeatUrl: read.optional('HEARTBEAT_URL'),
    summaryAt: read.optional('SUMMARY_AT'),
    report: reportSettings(read),
    detailAuth: detailAuth(read),
    retentionMs: read.orDefault('CHECKPOINT_RETENTION_DAYS') * DAY,
  };
}

function needSomebodyToTell(read: SettingsReader): void {
  if (['TEAMS_WEBHOOK_URL', 'BOT_APP_ID', 'EMAIL_TO'].some(read.given)) return;
  // Named ones are enough where rules name them.
  if (read.given('ALERT_ROUTES') && namedSettings(read).length > 0) return;
  read.problem(
    'TEAMS_WEBHOOK_URL',
    'is missing, and so are EMAIL_TO and BOT_APP_ID: at least one must be set, or nobody is told',
  );
}

function reportSettings(read: SettingsReader): OtherSettings['report'] {
  const at = read.optional('REPORT_AT');
  const teamsWebhookUrl = read.optional('REPORT_TEAMS_WEBHOOK_URL');
  const emailTo = recipients(read, 'REPORT_EMAIL_TO');
  const [to] = (['REPORT_EMAIL_TO', 'REPORT_TEAMS_WEBHOOK_URL'] as const).filter(read.given);
  if (to && !read.given('REPORT_AT')) read.problem('REPORT_AT', `is missing: ${to} needs it`);
  if (!to && read.given('REPORT_AT')) {
    read.problem('REPORT_EMAIL_TO', 'is missing: REPORT_AT needs it or REPORT_TEAMS_WEBHOOK_URL');
  }
  return { at, teamsWebhookUrl, emailTo };
}

function onCallCalendar(read: SettingsReader): string | null {
  const url = read.optional('ONCALL_CALENDAR_URL');
  if (read.given('ONCALL_CALENDAR_URL') && !read.given('ONCALL_EMAIL_TO')) {
    read.problem('ONCALL_EMAIL_TO', 'is missing: ONCALL_CALENDAR_URL needs it, for when nobody is on shift');
  }
  return url;
}
