import type * as z from 'zod/mini';
import { SETTING_NAMES, type SettingName, settingInfo } from './definitions.ts';
import * as kind from './readers.ts';
import { type SettingProblem, SettingsError } from './settings-error.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

const KINDS = {
  POLL_SCHEDULE: kind.schedule,
  REFERRALS_API_URL: kind.baseUrl,
  REFERRALS_FILTER: kind.text,
  REFERRAL_WINDOW_DAYS: kind.whole(1, 365),
  REFERRAL_LINK_TEMPLATE: kind.linkTemplate,
  PARTNER_TENANT_ID: kind.guid,
  PARTNER_CLIENT_ID: kind.guid,
  PARTNER_CLIENT_SECRET: kind.text,
  PARTNER_CLIENT_CERTIFICATE_URL: kind.vaultSecretUrl,
  PARTNER_CLIENT_SECRET_EXPIRES_ON: kind.date,
  PARTNER_AUTHORITY_URL: kind.baseUrl,
  PARTNER_SCOPE: kind.text,
  REFRESH_TOKEN_SECRET_URL: kind.rotatingSecretUrl,
  REFRESH_TOKEN_FILE: kind.text,
  TABLES_URL: kind.baseUrl,
  TABLES_CONNECTION_STRING: kind.connectionString,
  AZURE_CLIENT_ID: kind.guid,
  TEAMS_WEBHOOK_URL: kind.webhookUrl,
  BOT_APP_ID: kind.guid,
  BOT_TENANT_ID: kind.guid,
  BOT_APP_TYPE: kind.oneOf('UserAssignedMSI', 'SingleTenant'),
  BOT_APP_PASSWORD: kind.text,
  BOT_OPENID_METADATA_URL: kind.url,
  BOT_SERVICE_HOSTS: kind.hosts,
  BOT_ADMINS: kind.guids,
  CLAIM_EXPIRES_AFTER: kind.duration,
  EMAIL_TO: kind.emails,
  EMAIL_FROM: kind.email,
  SMTP_URL: kind.smtpUrl,
  ACS_ENDPOINT: kind.baseUrl,
  ESCALATION_STEPS: kind.steps,
  ONCALL_TEAMS_WEBHOOK_URL: kind.webhookUrl,
  ONCALL_EMAIL_TO: kind.emails,
  ONCALL_PAGER_KEY: kind.word,
  ONCALL_PAGER_URL: kind.url,
  OPERATOR_TEAMS_WEBHOOK_URL: kind.webhookUrl,
  OPERATOR_EMAIL_TO: kind.emails,
  ALERT_ROUTES: kind.text,
  DIGEST_ABOVE: kind.whole(0, 10_000),
  ALERT_TIME_ZONE: kind.timeZone,
  DETAIL_AUTH: kind.oneOf('key', 'entra'),
  ENTRA_TENANT_ID: kind.guid,
  ENTRA_AUDIENCE: kind.word,
  ENTRA_ROLE: kind.word,
  ENTRA_AUTHORITY_URL: kind.baseUrl,
  CHECKPOINT_RETENTION_DAYS: kind.whole(1, 3650),
} as const satisfies Record<SettingName, z.ZodMiniType<unknown, string>>;

type Value<N extends SettingName> = z.output<(typeof KINDS)[N]>;

/** Reads settings one by one and gathers what is wrong with them. */
export interface SettingsReader {
  /** Whether the setting holds anything, good or bad. Nothing but spaces counts as nothing. */
  given(name: string): boolean;
  /** The setting or its default; null when there is neither, or when it is malformed, which is then a problem. */
  optional<N extends SettingName>(name: N): Value<N> | null;
  /** The same, but nothing at all is a problem too. What comes back then is never seen: reading fails in the end. */
  required<N extends SettingName>(name: N): Value<N>;
  /** The first of two, exactly one of which must be set. Read the second by itself. */
  oneOfBoth<N extends SettingName>(name: N, other: SettingName): Value<N>;
  notBoth(name: SettingName, other: SettingName): void;
  problem(setting: SettingName, message: string): void;
}

/** Runs `build` over the environment. @throws SettingsError when anything was wrong */
export function readSettings<T>(env: Environment, build: (read: SettingsReader) => T): T {
  const problems: SettingProblem[] = [];
  const reader = createReader(env, problems);
  const settings = build(reader);
  if (problems.length === 0) return settings;
  const place = (problem: SettingProblem) => SETTING_NAMES.indexOf(problem.setting as SettingName);
  throw new SettingsError(problems.toSorted((a, b) => place(a) - place(b)));
}

function createReader(env: Environment, problems: SettingProblem[]): SettingsReader {
  const given = (name: string) => (env[name]?.trim() ?? '') !== '';

  function problem(setting: SettingName, message: string): void {
    const known = problems.some(one => one.setting === setting && one.message === message);
    if (!known) problems.push({ setting, message });
  }

  function optional<N extends SettingName>(name: N): Value<N> | null {
    const text = env[name]?.trim() || settingInfo(name).default;
    if (text === null) return null;
    if (text.startsWith('@Microsoft.KeyVault(')) {
      problem(
        name,
        'is a Key Vault reference that was not resolved: the secret is missing, or the identity may not read it',
      );
      return null;
    }
    const result = KINDS[name].safeParse(text);
    if (result.success) return result.data as Value<N>;
    problem(name, result.error.issues[0]?.message ?? 'is malformed');
    return null;
  }

  function required<N extends SettingName>(name: N): Value<N> {
    const value = optional(name);
    if (value === null && !given(name)) problem(name, 'is missing');
    return value as Value<N>;
  }

  function notBoth(name: SettingName, other: SettingName): void {
    if (given(name) && given(other)) problem(name, `and ${other} are both set: keep one of them`);
  }

  function oneOfBoth<N extends SettingName>(name: N, other: SettingName): Value<N> {
    if (!given(name) && !given(other)) problem(name, `is missing: set it or ${other}`);
    notBoth(name, other);
    return optional(name) as Value<N>;
  }

  return { given, optional, required, oneOfBoth, notBoth, problem };
}
