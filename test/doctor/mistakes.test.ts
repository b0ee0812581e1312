import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHANNEL_KINDS } from '../../src/app/registry.ts';
import { doctor } from '../../src/commands/doctor.ts';
import { readSource } from '../../src/commands/settings-source.ts';
import { examine } from '../../src/doctor/examine.ts';
import type { SettingsSource } from '../../src/doctor/set-up.ts';
import type { CheckResult } from '../../src/doctor/verdict.ts';
import { readSettings } from '../../src/settings/read-settings.ts';
import { callCommand } from '../commands/run-command.ts';

type Env = Record<string, string>;

const GUID = '0a0b0c0d-1111-4222-8333-444455556666';
const HOOK = 'https://x.environment.api.powerplatform.com/powerautomate/automations/direct/workflows/1/triggers/manual';

/** A set-up that works. */
const good: Env = {
  PARTNER_TENANT_ID: GUID,
  PARTNER_CLIENT_ID: GUID,
  PARTNER_CLIENT_SECRET: 'hush',
  REFRESH_TOKEN_SECRET_URL: 'https://contoso.vault.azure.net/secrets/refresh-token',
  TABLES_URL: 'https://contoso.table.core.windows.net',
  TEAMS_WEBHOOK_URL: `${HOOK}?api-version=1&sig=a%2Fb`,
  EMAIL_TO: 'sales@example.com',
  EMAIL_FROM: 'alerts@example.com',
  SMTP_URL: 'smtps://user:word@mail.example.com',
  OPERATOR_EMAIL_TO: 'operator@example.com',
  ONCALL_EMAIL_TO: 'on-call@example.com',
  DIGEST_ABOVE: '10',
};

/** What the doctor says of settings alone: nothing is connected to. */
function look(source: SettingsSource): Promise<readonly CheckResult[]> {
  const reading = readSettings(source.env);
  const now = Date.parse('2026-11-27T12:00:00Z');
  return examine(
    {
      reading,
      source,
      managed: false,
      parts: null,
      kinds: CHANNEL_KINDS,
      channels: [],
      shifts: null,
      holidays: null,
      now,
    },
    { send: false },
  );
}

const inEnvironment = (env: Env) => look({ env, file: null, trouble: null });

type Mistake = readonly [change: Env, check: string, says: RegExp];

const FAILS: readonly Mistake[] = [
  [{ ESCALATION_STEPS: '7days:reminder,3d:warning' }, 'settings', /ESCALATION_STEPS.*90m, 24h, 7d/],
  [{ ESCALATION_STEPS: '7d:remind,3d:warn,24h:crit' }, 'settings', /ESCALATION_STEPS.*reminder, warning, critical/],
  [{ ESCALATION_STEPS: '7d:reminder;3d:warning;24h:critical' }, 'settings', /ESCALATION_STEPS.*commas/],
  [{ POLL_SCHEDULE: '*/5 * * * *' }, 'schedule', /POLL_SCHEDULE.*six fields/],
  [{ POLL_SCHEDULE: '0\t*/5\t*\t*\t*\t*' }, 'schedule', /POLL_SCHEDULE.*tab.*blanks/],
  [{ POLL_SCHEDULE: '@daily' }, 'schedule', /POLL_SCHEDULE.*six fields/],
  [{ POLL_SCHEDULE: '00:05:00' }, 'schedule', /POLL_SCHEDULE.*six fields/],
  [{ TEAMS_WEBHOOK_URL: 'https://contoso.webhook.office.com/x' }, 'settings', /TEAMS_WEBHOOK_URL.*ended.*Workflows/],
  [{ TEAMS_WEBHOOK_URL: `${HOOK}?api-version=1` }, 'settings', /TEAMS_WEBHOOK_URL.*cut off.*who can trigger/],
  [{ TEAMS_WEBHOOK_URL: 'https://teams.microsoft.com/l/channel/19%3Ax/Leads' }, 'settings', /page, not of a webhook/],
  [{ TEAMS_WEBHOOK_URL: 'https://make.powerautomate.com/manage/x' }, 'settings', /page, not of a webhook/],
  [{ TEAMS_WEBHOOK_URL: `"${HOOK}?sig=a"` }, 'settings', /TEAMS_WEBHOOK_URL.*quotes/],
  [{ TEAMS_WEBHOOK_URL: 'http://example.com/hook' }, 'settings', /TEAMS_WEBHOOK_URL.*https/],
  [{ EMAIL_TO: 'a@example.com; b@example.com' }, 'settings', /EMAIL_TO.*commas/],
  [{ EMAIL_TO: 'sales.example.com' }, 'settings', /EMAIL_TO.*addresses/],
  [{ EMAIL_FROM: '' }, 'settings', /EMAIL_FROM is missing: EMAIL_TO needs it/],
  [{ SMTP_URL: 'smtp://user:p@ss#w/rd@mail.example.com:587' }, 'settings', /SMTP_URL.*percent-encoded.*%40/],
  [{ SMTP_URL: 'smtp.office365.com:587' }, 'settings', /SMTP_URL must be smtp:.*no longer takes passwords/],
  [{ ACS_ENDPOINT: 'https://contoso.communication.azure.com' }, 'settings', /SMTP_URL and ACS_ENDPOINT are both set/],
  [{ PARTNER_TENANT_ID: 'contoso.onmicrosoft.com' }, 'settings', /PARTNER_TENANT_ID.*GUID/],
  [{ PARTNER_TENANT_ID: `{${GUID}}` }, 'settings', /PARTNER_TENANT_ID.*without braces/],
  [{ PARTNER_CLIENT_ID: '00000000-0000-0000-0000-000000000000' }, 'settings', /PARTNER_CLIENT_ID.*placeholder/],
  [{ PARTNER_CLIENT_ID: '<client-id>' }, 'settings', /PARTNER_CLIENT_ID.*GUID/],
  [{ PARTNER_CLIENT_SECRET: GUID }, 'settings', /PARTNER_CLIENT_SECRET is the id of the secret/],
  [{ PARTNER_CLIENT_SECRET_EXPIRES_ON: '31.12.2026' }, 'settings', /EXPIRES_ON must be a date such as/],
  [{ ALERT_TIME_ZONE: 'W. Europe Standard Time' }, 'settings', /ALERT_TIME_ZONE.*IANA.*Europe\/Berlin/],
  [{ DIGEST_ABOVE: '0' }, 'settings', /DIGEST_ABOVE.*from 1/],
  [{ DIGEST_ABOVE: 'ten' }, 'settings', /DIGEST_ABOVE.*whole number/],
  [
    { TEAMS_WEBHOOK_URL: '@Microsoft.KeyVault(SecretUri=https://v.vault.azure.net/secrets/t)' },
    'settings',
    /TEAMS_WEBHOOK_URL.*not resolved.*put in the value itself/,
  ],
  [{ REFERRAL_WINDOW_DAYS: '0' }, 'settings', /REFERRAL_WINDOW_DAYS.*from 1/],
  [{ TEAMS_WEBHOOK_URL: '', EMAIL_TO: '' }, 'settings', /TEAMS_WEBHOOK_URL.*nobody is told/],
  [{ BOT_APP_ID: GUID }, 'settings', /BOT_TENANT_ID is missing: BOT_APP_ID needs it/],
  [{ DETAIL_AUTH: 'Entra ID' }, 'settings', /DETAIL_AUTH must be one of: key, entra/],
  [{ REFERRALS_FILTER: 'direction eq "Incoming"' }, 'settings', /REFERRALS_FILTER.*single quotes/],
  [
    { REFRESH_TOKEN_FILE: 'C:\\Users\\me\\token', REFRESH_TOKEN_SECRET_URL: '' },
    'settings',
    /REFRESH_TOKEN_FILE.*Windows/,
  ],
  [{ TABLES_URL: 'https://contoso.blob.core.windows.net' }, 'settings', /TABLES_URL.*blob endpoint.*table endpoint/],
  [{ SMTP_URL: 'smtp://mail.example.com?ignoreTLS=true' }, 'settings', /SMTP_URL.*query.*TLS/],
  [{ EMAIL_FROM: 'alerts' }, 'settings', /EMAIL_FROM.*Name <address>/],
  [{ TEAMS_WEBHOOK_URL: `${HOOK}?a=1^&sig=a` }, 'settings', /TEAMS_WEBHOOK_URL holds \^& where the address has &/],
  [{ TEAMS_WEBHOOK_URL: `${HOOK}?a=1\\&sig=a` }, 'settings', /TEAMS_WEBHOOK_URL holds \\& where the address has &/],
  [{ TEAMS_WEBHOOK_URL: `${HOOK}?sig=a,${HOOK}?sig=b` }, 'settings', /TEAMS_WEBHOOK_URL holds several.*_NORDICS/],
  [{ ONCALL_TEAMS_WEBHOOK_URL: `${HOOK}?sig=a\n${HOOK}?sig=b` }, 'settings', /ONCALL_TEAMS_WEBHOOK_URL holds several/],
  [{ REFERRALS_FILTER: "direction%20eq%20'Incoming'" }, 'settings', /REFERRALS_FILTER is percent-encoded/],
  [{ PARTNER_SCOPE: 'https://a.example.com/x, offline_access' }, 'settings', /PARTNER_SCOPE.*separated by spaces/],
  [{ PARTNER_SCOPE: '"https://a.example.com/x offline_access"' }, 'settings', /PARTNER_SCOPE stands in quotes/],
  [{ REFRESH_TOKEN_SECRET_URL: '', REFRESH_TOKEN_FILE: '"token"' }, 'settings', /REFRESH_TOKEN_FILE stands in quotes/],
  [
    { ONCALL_PAGER_KEY: 'https://events.pagerduty.com/integration/k/enqueue' },
    'settings',
    /ONCALL_PAGER_KEY is an addr/,
  ],
  [
    { SMTP_URL: '', ACS_ENDPOINT: 'endpoint=https://x.communication.azure.com/;accesskey=k' },
    'settings',
    /ACS_ENDPOINT is a connection string/,
  ],
  [{ TABLES_URL: 'DefaultEndpointsProtocol=https;AccountName=x' }, 'settings', /TABLES_URL is a connection string/],
];

const WARNS: readonly Mistake[] = [
  [{ TEAMS_WEBHOOK_URL: '', TEAMS_WEBHOOK: `${HOOK}?sig=a` }, 'settings', /TEAMS_WEBHOOK .*mean TEAMS_WEBHOOK_URL\?/],
  [{ teams_webhook_url: `${HOOK}?sig=a` }, 'settings', /teams_webhook_url .*mean TEAMS_WEBHOOK_URL\?/],
  [{ ESCALATION_STEP: '2d:critical' }, 'settings', /ESCALATION_STEP .*mean ESCALATION_STEPS\?/],
  [{ ONCALL_EMIAL_TO: 'a@example.com' }, 'settings', /ONCALL_EMIAL_TO .*mean ONCALL_EMAIL_TO\?/],
  [{ ESCALATION_STEPS: '7d:reminder,3d:warning' }, 'escalation', /on-call never hears.*24h:critical/],
  [{ ESCALATION_STEPS: '20d:reminder,24h:critical' }, 'escalation', /20d is longer than the 14 days/],
  [{ ESCALATION_STEPS: '7d:critical,24h:reminder' }, 'escalation', /24h is milder.*grow louder/],
  [{ ESCALATION_STEPS: '24h:critical,7d:warning,3d:reminder' }, 'escalation', /3d is milder/],
  [{ POLL_SCHEDULE: '* * * * * *' }, 'schedule', /more often than once a minute.*every few minutes/],
  [{ ESCALATION_STEPS: '7d:reminder,5m:critical' }, 'escalation', /5m step can pass.*last step of ESCALATION_STEPS/],
  [{ POLL_SCHEDULE: '0 0 9 * * *' }, 'escalation', /pause for up to 1d, and the 24h step/],
  [{ POLL_SCHEDULE: '0 */5 8-18 * * 1-5' }, 'escalation', /pause for up to 2d 13h.*POLL_SCHEDULE/],
  [{ HOLIDAYS: '2026-12-25' }, 'escalation', /holidays are set without.*WORKING_HOURS/],
  [{ HOLIDAYS_CALENDAR_URL: 'https://example.com/x.ics' }, 'escalation', /holidays are set without.*WORKING_HOURS/],
  [{ OPERATOR_EMAIL_TO: '' }, 'escalation', /no operator channel.*OPERATOR_/],
  [{ HEARTBEAT_URL: 'http://127.0.0.1:1/ping' }, 'escalation', /outside watch cannot be reached.*HEARTBEAT_URL/],
  [{ TEAMS_WEBHOOK_URL_NORDICS: `${HOOK}?sig=a` }, 'routes', /no rule names teams:nordics.*TEAMS_WEBHOOK_URL_NORDICS/],
  [
    { EMAIL_TO_WEST: 'a@example.com', ALERT_ROUTES: '[{ "name": "all", "channels": ["teams"] }]' },
    'routes',
    /no rule names email:west.*ALERT_ROUTES.*EMAIL_TO_WEST/,
  ],
  [{ PARTNER_SCOPE: 'https://a.example.com/user_impersonation' }, 'settings', /PARTNER_SCOPE has no offline_access/],
  [{ BOT_TENANT_ID: GUID, BOT_APP_PASSWORD: 'p' }, 'settings', /BOT_TENANT_ID does nothing without BOT_APP_ID/],
  [{ BOT_APP_ID: GUID, BOT_TENANT_ID: GUID, BOT_APP_PASSWORD: 'p' }, 'settings', /BOT_APP_PASSWORD.*SingleTenant/],
  [{ ENTRA_AUDIENCE: 'api://x' }, 'settings', /ENTRA_AUDIENCE does nothing unless DETAIL_AUTH is entra/],
  [
    { PARTNER_CLIENT_SECRET: '', PARTNER_CLIENT_SECRET_EXPIRES_ON: '2027-06-01' },
    'settings',
    /EXPIRES_ON does nothing but/,
  ],
  [
    { ONCALL_PAGER_URL: 'https://events.eu.pagerduty.com/v2/enqueue' },
    'settings',
    /URL does nothing without ONCALL_PAGER_KEY/,
  ],
  [
    { EMAIL_TO: '', OPERATOR_EMAIL_TO: '', ONCALL_EMAIL_TO: '' },
    'settings',
    /EMAIL_FROM does nothing.*SMTP_URL does nothing/,
  ],
];

const PASSES: readonly Env[] = [
  { ESCALATION_STEPS: '3d:critical,7d:reminder,24h:critical' },
  { ESCALATION_STEPS: ' 7d : reminder , 3d : warning , 24h:critical ' },
  { ESCALATION_STEPS: '7D:Reminder,3D:Warning,24H:Critical' },
  { TEAMS_WEBHOOK_URL: `${HOOK}?sig=a\n` },
  { EMAIL_TO: ' a@example.com , b@example.com ,' },
  { ALERT_TIME_ZONE: 'europe/berlin' },
  { ALERT_TIME_ZONE: 'CET' },
  { EMAIL_FROM: 'Referral Alerts <alerts@example.com>' },
  { DETAIL_AUTH: ' key ' },
  { HOLIDAYS: '2026-12-25', WORKING_HOURS: 'Mon-Fri 09:00-17:00' },
  { ONCALL_PAGER_KEY: 'a'.repeat(32), ONCALL_PAGER_URL: 'https://events.eu.pagerduty.com/v2/enqueue' },
  { DETAIL_AUTH: 'entra', ENTRA_AUDIENCE: 'api://x', ENTRA_TENANT_ID: GUID },
  {
    EMAIL_TO: '',
    EMAIL_TO_WEST: 'a@example.com',
    ALERT_ROUTES: '[{ "name": "all", "channels": ["teams", "email:west"] }]',
  },
];

const saidBy = (checks: readonly CheckResult[], name: string) => {
  const check = checks.find(one => one.name === name);
  return { state: check?.state, words: `${check?.found} ${check?.cure}` };
};
const loud = (checks: readonly CheckResult[]) =>
  checks.filter(({ state }) => state === 'failed' || state === 'warning').map(({ name }) => name);

test('the set-up itself is well', async () => {
  expect(loud(await inEnvironment(good))).toEqual([]);
});

test.each(FAILS)('%j fails %s', async (change, name, says) => {
  const checks = await inEnvironment({ ...good, ...change });
  expect(saidBy(checks, name)).toEqual({ state: 'failed', words: expect.stringMatching(says) });
  for (const value of Object.values(change)) {
    if (value.length > 12 && !/^\S+$/.test(name)) expect(JSON.stringify(checks)).not.toContain(value);
  }
});

test.each(WARNS)('%j warns in %s', async (change, name, says) => {
  const checks = await inEnvironment({ ...good, ...change });
  expect(saidBy(checks, name)).toEqual({ state: 'warning', words: expect.stringMatching(says) });
});

test.each(PASSES)('%j passes', async change => {
  expect(loud(await inEnvironment({ ...good, ...change }))).toEqual([]);
});

test.each([
  ['europe/berlin', 'Europe/Berlin'],
  ['UTC', 'UTC'],
])('the zone %s is said to be %s', async (zone, taken) => {
  const { words } = saidBy(await inEnvironment({ ...good, ALERT_TIME_ZONE: zone }), 'settings');
  expect(words).toContain(`times are shown in ${taken}`);
});

describe('the settings file', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'mistakes-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const content = (values: object = good) => JSON.stringify({ IsEncrypted: false, Values: values }, null, 2);
  const read = (bytes: string | Buffer, env: Env = {}) => {
    const file = join(folder, 'my.settings.json');
    writeFileSync(file, bytes);
    return look(readSource({ env, folder }, file));
  };

  test.each<[string, string | Buffer]>([
    ['a byte order mark', `\uFEFF${content()}`],
    ['CRLF', content().replaceAll('\n', '\r\n')],
    ['comments', content().replace('"Values"', '// what the app reads\n  /* all of it */ "Values"')],
    ['a JSON number', content({ ...good, DIGEST_ABOVE: 10 })],
    ['what the host reads itself', content({ ...good, FUNCTIONS_WORKER_RUNTIME: 'node', AzureWebJobsStorage: 'x' })],
  ])('%s passes', async (_, bytes) => {
    expect(loud(await read(bytes))).toEqual([]);
  });

  test.each<[string, string | Buffer, RegExp]>([
    ['a trailing comma', content().replace(/"\n {2}\}/, '",\n  }'), /line 16.*comma/],
    ['UTF-16', Buffer.from(`\uFEFF${content()}`, 'utf16le'), /line 1.*UTF-8/],
    ['UTF-16 without a mark', Buffer.from(content(), 'utf16le'), /UTF-8/],
    ['nothing', '', /empty.*line 1/],
    ['blanks', ' \n', /empty/],
    ['no Values', JSON.stringify(good), /no object "Values"/],
    ['Values that are a list', '{ "Values": [] }', /no object "Values"/],
    ['single quotes', content().replaceAll('"', "'"), /line 2.*double quotes/],
    ['a comma missing', content().replace('",\n', '"\n'), /line 5.*comma is missing/],
    ['a text that does not end', content().replace(GUID, `${GUID}\n`), /line 4.*does not end/],
    ['a list for a text', content({ ...good, EMAIL_TO: ['a@example.com'] }), /line 10: EMAIL_TO must be one text/],
    [
      'rules that are no text',
      content({ ...good, ALERT_ROUTES: [{ name: 'a' }] }),
      /ALERT_ROUTES must be one text.*\\"/,
    ],
    [
      'a name twice',
      content().replace('{\n    "', '{\n    "DIGEST_ABOVE": "5",\n    "'),
      /line 16: DIGEST_ABOVE stands.*second/,
    ],
    ['no closing brace', content().replace(/\}\s*\}\s*$/, '}'), /line \d+.*brace/],
  ])('%s fails with line and reason', async (_, bytes, says) => {
    const checks = await read(bytes);
    expect(saidBy(checks, 'settings')).toEqual({ state: 'failed', words: expect.stringMatching(says) });
    expect(JSON.stringify(checks)).not.toContain('hush');
  });

  test('a name that nobody reads warns, also one that is like none of ours; the environment is full of them', async () => {
    const odd = { ...good, COLOUR_OF_CARDS: 'green' };
    const { state, words } = saidBy(await read(content(odd)), 'settings');
    expect([state, words]).toEqual(['warning', expect.stringContaining('COLOUR_OF_CARDS')]);
    expect(loud(await inEnvironment({ ...odd, HOME: '/', PATH: '/bin', AZURE_CONFIG_DIR: '/x' }))).toEqual([]);
  });

  test.each([
    ['TENANT_ID', 'PARTNER_TENANT_ID or BOT_TENANT_ID or ENTRA_TENANT_ID?'],
    ['CLIENT_SECRET', 'PARTNER_CLIENT_SECRET?'],
    ['TIMEZONE', 'ALERT_TIME_ZONE?'],
    ['LANGUAGE', 'ALERT_LANGUAGE?'],
  ])('of a name of which only the end was written, %s, all that end so are named', async (name, says) => {
    const { words } = saidBy(await read(content({ ...good, [name]: 'x' })), 'settings');
    expect(words).toContain(`${name} is no setting: did you mean ${says}`);
  });

  test('what came from the file and what from the environment is said', async () => {
    const { words } = saidBy(await read(content(), { DIGEST_ABOVE: '12' }), 'settings');
    expect(words).toMatch(/11 from .*my\.settings\.json, 1 from the environment \(DIGEST_ABOVE\)/);
  });

  test('a file that is not there is named, and the usual one too when there are no settings at all', async () => {
    const named = saidBy(await look(readSource({ env: {}, folder }, join(folder, 'none.json'))), 'settings');
    expect(named).toEqual({ state: 'failed', words: expect.stringContaining('none.json') });
    const { stdout } = await callCommand(doctor, ['--json'], {}, folder).ended();
    const usual = saidBy((JSON.parse(stdout) as { checks: CheckResult[] }).checks, 'settings');
    expect(usual).toEqual({ state: 'failed', words: expect.stringContaining('local.settings.json') });
  });
});
