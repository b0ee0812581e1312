import { TENANT } from './compiler.ts';

/** A set-up that the documents describe: the names of the environment, and the rules in infra/routes.json. */
export interface Configuration {
  readonly name: string;
  readonly env: Readonly<Record<string, string>>;
  readonly routes?: readonly unknown[];
}

const IDS = {
  PARTNER_TENANT_ID: '11111111-0000-4000-8000-000000000001',
  PARTNER_CLIENT_ID: '11111111-0000-4000-8000-000000000002',
};
const WEBHOOK = { ...IDS, SETTINGS_IN_VAULT: 'TEAMS_WEBHOOK_URL', ALARM_EMAIL_TO: 'operator@example.com' };
const OPERATOR = { AZURE_PRINCIPAL_ID: '22222222-0000-4000-8000-000000000001', AZURE_PRINCIPAL_TYPE: 'User' };
const MAIL = { ...IDS, EMAIL_TO: 'sales@example.com', OPERATOR_EMAIL_TO: 'operator@example.com' };
const OWN_DOMAIN = {
  ...MAIL,
  EMAIL_CARRIER: 'acs',
  EMAIL_DOMAIN: 'mail.example.com',
  EMAIL_FROM: 'leads@mail.example.com',
};
const PRIVATE = { ...WEBHOOK, ...OPERATOR, PRIVATE_NETWORKING: 'true' };
const BY_HAND = {
  BOT_APP_ID: '33333333-0000-4000-8000-000000000001',
  BOT_TENANT_ID: TENANT,
  BOT_APP_TYPE: 'SingleTenant',
};

export const CONFIGURATIONS: readonly Configuration[] = [
  { name: 'nothing but the two ids', env: IDS },
  { name: 'a webhook', env: { ...WEBHOOK, ...OPERATOR } },
  { name: 'mail by Azure Communication Services', env: { ...MAIL, EMAIL_CARRIER: 'acs' } },
  { name: 'mail from an own domain, before it is verified', env: OWN_DOMAIN },
  { name: 'mail from an own domain', env: { ...OWN_DOMAIN, EMAIL_DOMAIN_VERIFIED: 'true' } },
  {
    name: 'mail by SMTP',
    env: { ...MAIL, EMAIL_CARRIER: 'smtp', EMAIL_FROM: 'leads@example.com', SETTINGS_IN_VAULT: ' SMTP_URL ' },
  },
  { name: 'the bot', env: { ...IDS, BOT: 'true' } },
  { name: 'a bot made by hand', env: { ...IDS, ...BY_HAND, SETTINGS_IN_VAULT: 'BOT_APP_PASSWORD' } },
  {
    name: 'tokens at the detail endpoint',
    env: {
      ...WEBHOOK,
      DETAIL_AUTH: 'entra',
      ENTRA_AUDIENCE: 'api://11111111-0000-4000-8000-000000000003',
      EASY_AUTH_CLIENT_ID: '11111111-0000-4000-8000-000000000003',
    },
  },
  { name: 'a private network', env: PRIVATE },
  { name: 'a private network with a way in', env: { ...PRIVATE, OPERATOR_IP_ADDRESS: '203.0.113.7' } },
];

/** Values that do, for settings without a default. */
const EXAMPLES: Readonly<Record<string, string>> = {
  ...OWN_DOMAIN,
  PARTNER_CLIENT_CERTIFICATE_URL: 'https://certificates.vault.azure.net/secrets/partner',
  PARTNER_CLIENT_SECRET_EXPIRES_ON: '2028-01-31',
  BOT_ADMINS: '22222222-0000-4000-8000-000000000001',
  ONCALL_EMAIL_TO: 'on-call@example.com',
  ENTRA_TENANT_ID: TENANT,
  ENTRA_AUDIENCE: 'api://11111111-0000-4000-8000-000000000003',
  POLL_SCHEDULE: '0 */10 * * * *',
  DETAIL_AUTH: 'entra',
  WORKING_HOURS: 'Mon-Fri 09:00-17:00',
  HOLIDAYS: '2027-12-25',
  ALERT_LANGUAGE: 'nl',
  SUMMARY_AT: 'Mon-Fri 08:30',
  REPORT_AT: 'Mon 08:00',
  REPORT_EMAIL_TO: 'managers@example.com',
};
/** Of two that exclude each other the one that `everything` leaves out. */
const NOT_TOGETHER = [
  'ACS_ENDPOINT',
  'SMTP_URL',
  'PARTNER_CLIENT_SECRET',
  'BOT_APP_ID',
  'BOT_TENANT_ID',
  'BOT_APP_TYPE',
  'BOT_APP_PASSWORD',
];

interface Setting {
  readonly name: string;
  readonly default: string | null;
  readonly secret: boolean;
}

/** Every setting and every wish at once, as far as they go together. */
export function everything(settings: readonly Setting[]): Configuration {
  const together = settings.filter(({ name }) => !NOT_TOGETHER.includes(name));
  const plain = together.filter(({ secret }) => !secret);
  const secrets = together.filter(({ secret }) => secret).map(({ name }) => name);
  const values = plain.map(one => [one.name, EXAMPLES[one.name] ?? one.default ?? `value of ${one.name}`]);
  return {
    name: 'everything',
    env: {
      ...OPERATOR,
      ...Object.fromEntries(values),
      EMAIL_CARRIER: 'acs',
      EMAIL_DOMAIN: 'mail.example.com',
      EMAIL_DOMAIN_VERIFIED: 'true',
      BOT: 'true',
      EASY_AUTH_CLIENT_ID: '11111111-0000-4000-8000-000000000003',
      PRIVATE_NETWORKING: 'true',
      OPERATOR_IP_ADDRESS: '203.0.113.7',
      RUNBOOK_URL: 'https://example.com/runbook',
      ALARM_EMAIL_TO: 'alarms@example.com, second@example.com',
      SILENCE_MINUTES: '360',
      INSTANCE_MEMORY_MB: '2048',
      LOG_RETENTION_DAYS: '90',
      EMAIL_DATA_LOCATION: 'Germany',
      SETTINGS_IN_VAULT: [...secrets, 'TEAMS_WEBHOOK_URL_BIG_DEALS', 'EMAIL_TO_NORDICS'].join(' , '),
    },
    routes: [
      {
        name: 'Nordics',
        when: { country: ['SE', 'NO'] },
        channels: ['teams:big-deals', 'email:nordics'],
        onCall: ['pager'],
      },
      { name: 'everything else', channels: ['teams', 'email', 'bot'] },
    ],
  };
}
