import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openTable } from '../../src/azure/tables.ts';
import { SETTING_NAMES, settingInfo } from '../../src/settings/definitions.ts';
import { readSettings, readSignInSettings } from '../../src/settings/read-settings.ts';
import type { Settings } from '../../src/settings/settings.ts';
import { readmeTable, sampleText } from '../../tools/settings-table/write.ts';

type Env = Record<string, string | undefined>;

const GUID = '0a0b0c0d-1111-4222-8333-444455556666';

const good: Env = {
  PARTNER_TENANT_ID: GUID,
  PARTNER_CLIENT_ID: GUID,
  PARTNER_CLIENT_SECRET: 'hush',
  REFRESH_TOKEN_SECRET_URL: 'https://contoso.vault.azure.net/secrets/refresh-token',
  TABLES_URL: 'https://contoso.table.core.windows.net',
  TEAMS_WEBHOOK_URL: 'https://contoso.environment.api.powerplatform.com/workflows/1/triggers/manual?sig=a%2Fb',
};

function problemsOf(env: Env): Record<string, string> {
  return Object.fromEntries(readSettings(env).problems.map(({ setting, message }) => [setting, message]));
}

/** The settings of an environment that a poll can do with. */
function settingsOf(env: Env): Settings {
  const { needed, other } = readSettings(env);
  if (!needed) throw new Error('there is no poll with these settings');
  return { ...needed, ...other };
}

/** What would stand in the way of a setting, taken out. */
const noClash = (name: string): Env => (name === 'REFRESH_TOKEN_FILE' ? { REFRESH_TOKEN_SECRET_URL: '' } : {});

const wrong = (env: Env) => Object.keys(problemsOf({ ...good, ...env }));

describe('a good environment', () => {
  test('takes the defaults of the contract', () => {
    const settings = settingsOf(good);
    expect(settings).toMatchObject({
      pollSchedule: '0 */5 * * * *',
      referralsApiUrl: 'https://api.partner.microsoft.com/v1.0/engagements',
      referralsFilter: "direction eq 'Incoming' and substatus eq 'Pending'",
      windowDays: 14,
      partner: { credential: { kind: 'secret', secret: 'hush' } },
      clientSecretExpiresOn: null,
      refreshToken: { kind: 'key-vault' },
      tables: { kind: 'identity' },
      bot: null,
      email: null,
      claimExpiresAfterMs: 48 * 3_600_000,
      onCall: { teamsWebhookUrl: null, emailTo: [], pager: null },
      digestAbove: 10,
      timeZone: 'UTC',
      language: 'en',
      detailAuth: { kind: 'key' },
      retentionMs: 90 * 86_400_000,
    });
    expect(settings.steps.map(step => `${step.name}:${step.severity}`)).toEqual([
      '7d:reminder',
      '3d:warning',
      '24h:critical',
    ]);
  });

  test('keeps a webhook address byte for byte and cuts the slash off a base', () => {
    const settings = settingsOf({ ...good, REFERRALS_API_URL: 'http://127.0.0.1:9/v1.0/engagements/' });
    expect(settings.teamsWebhookUrl).toBe(good.TEAMS_WEBHOOK_URL);
    expect(settings.referralsApiUrl).toBe('http://127.0.0.1:9/v1.0/engagements');
  });

  test('treats an empty setting like a missing one', () => {
    const empty = Object.fromEntries(SETTING_NAMES.filter(name => !good[name]).map(name => [name, '  ']));
    expect(settingsOf({ ...good, ...empty })).toEqual(settingsOf(good));
  });

  test('orders steps from far to near', () => {
    const settings = settingsOf({ ...good, ESCALATION_STEPS: '90m:critical, 5d:reminder ,2d:warning' });
    expect(settings.steps.map(step => step.name)).toEqual(['5d', '2d', '90m']);
  });

  test('without a secret or certificate the managed identity stands for the app', () => {
    expect(settingsOf({ ...good, PARTNER_CLIENT_SECRET: '' }).partner.credential).toEqual({ kind: 'federated' });
  });

  test('email to on-call or operator alone needs no sales recipients', () => {
    const mail = { EMAIL_FROM: 'a@example.com', SMTP_URL: 'smtp://127.0.0.1:25', OPERATOR_EMAIL_TO: 'o@example.com' };
    expect(settingsOf({ ...good, ...mail })).toMatchObject({
      email: { to: [], from: 'a@example.com', carrier: { kind: 'smtp' } },
      operator: { emailTo: ['o@example.com'] },
    });
  });

  test.each<[string, string, string]>([
    ['EMAIL_FROM', 'Referral Alerts <alerts@example.com>', 'Referral Alerts <alerts@example.com>'],
    ['EMAIL_FROM', 'Sales, EMEA <alerts@example.com>', '"Sales, EMEA" <alerts@example.com>'],
    ['EMAIL_FROM', '"Sales, EMEA" <alerts@example.com>', '"Sales, EMEA" <alerts@example.com>'],
    ['EMAIL_FROM', '<alerts@example.com>', 'alerts@example.com'],
    ['SMTP_URL', 'smtp://u%40x:p%23w@mail.example.com:587?name=me', 'smtp://u%40x:p%23w@mail.example.com:587?name=me'],
    ['TEAMS_WEBHOOK_URL', 'https://flows.example.com/hook\n', 'https://flows.example.com/hook'],
  ])('%s = %s', (name, value, expected) => {
    const mail = { EMAIL_TO: 'a@example.com', EMAIL_FROM: 'b@example.com', SMTP_URL: 'smtps://mail.example.com' };
    expect(JSON.stringify(settingsOf({ ...good, ...mail, [name]: value }))).toContain(JSON.stringify(expected));
  });

  test('steps in capitals', () => {
    const settings = settingsOf({ ...good, ESCALATION_STEPS: ' 7D : Reminder , 3d : warning , 24H:Critical ' });
    expect(settings.steps.map(step => step.name)).toEqual(['7d', '3d', '24h']);
  });

  test('README and the sample are what `node tools/settings-table.ts` makes of them', () => {
    const readme = readFileSync('README.md', 'utf8');
    const sample = readFileSync('local.settings.sample.json', 'utf8');
    expect(readmeTable(readme)).toBe(readme);
    expect(sampleText(sample)).toBe(sample);
  });

  test('the sample for local runs is one, and names every setting', () => {
    const sample = JSON.parse(readFileSync('local.settings.sample.json', 'utf8')) as { Values: Env };
    expect(problemsOf(sample.Values)).toEqual({});
    expect(Object.keys(sample.Values)).toEqual(expect.arrayContaining([...SETTING_NAMES]));
  });
});

describe('a wrong setting is named', () => {
  const bad: [string, string, ...string[]][] = [
    [
      'POLL_SCHEDULE',
      '*/5 * * * *',
      '0\t*/5 * * * *',
      '@daily',
      '0 0 8 * * 7',
      '0 0 0 L * *',
      '0 60 * * * *',
      '0 0 0 30 2 *',
    ],
    ['REFERRALS_API_URL', 'http://api.example.com', 'api.example.com', 'https://x.example.com?a=b', 'ftp://127.0.0.1'],
    ['REFERRAL_WINDOW_DAYS', '0', '14.5', '-1', 'two'],
    ['REFERRAL_LINK_TEMPLATE', 'javascript:alert(1)', 'https://example.com/{name}', '{id}'],
    ['PARTNER_TENANT_ID', 'contoso', '{0a0b0c0d-1111-4222-8333-444455556666}'],
    ['PARTNER_CLIENT_SECRET_EXPIRES_ON', '31.01.2027', '2027-02-31', '2027-13-01', 'soon'],
    ['PARTNER_AUTHORITY_URL', 'http://login.example.com', 'https://user:pass@login.example.com'],
    ['REFRESH_TOKEN_SECRET_URL', 'https://v.vault.azure.net/secrets/a/0123', 'https://v.vault.azure.net/keys/a'],
    ['TABLES_URL', 'http://contoso.table.core.windows.net', 'https://contoso.table.core.windows.net/?sig=x'],
    ['AZURE_CLIENT_ID', 'identity'],
    ['TEAMS_WEBHOOK_URL', 'http://example.com/hook', 'https://example.com/?a=1&amp;sig=2'],
    ['BOT_APP_TYPE', 'MultiTenant', 'userassignedmsi'],
    ['BOT_SERVICE_HOSTS', 'smba.trafficmanager.net:443', 'https://example.com', '*'],
    ['BOT_ADMINS', 'megan@example.com'],
    ['CLAIM_EXPIRES_AFTER', '48', '0h', '2 days'],
    ['EMAIL_FROM', 'Sales sales@example.com', 'sales', 'a@b@example.com', 'A "B" <a@example.com>', '<a@example.com> A'],
    ['SMTP_URL', 'https://smtp.example.com', 'smtp.example.com:587', 'smtp://:587'],
    ['SMTP_URL', 'smtp://h?ignoreTLS=true', 'smtps://h?tls.rejectUnauthorized=false', 'smtp://h?logger=true'],
    ['SMTP_URL', 'smtp://h?requireTLS=false', 'smtp://h?secure=false&name=x', 'smtp://h?debug=1', 'smtp://h?host=x'],
    ['PARTNER_CLIENT_ID', '00000000-0000-0000-0000-000000000000'],
    ['REFERRALS_FILTER', 'direction eq "Incoming"', "direction eq 'Incoming"],
    ['REFRESH_TOKEN_SECRET_URL', '"https://v.vault.azure.net/secrets/a"'],
    ['ESCALATION_STEPS', '7d', '7d:loud', '24h:warning,1d:critical', '0d:critical', '7d:reminder,', '7d:reminder:x'],
    ['ALERT_ROUTES', '[]', '[{"to":"sales"}]'],
    ['DIGEST_ABOVE', '-1', 'ten', '0'],
    ['ALERT_TIME_ZONE', 'Berlin', '+02:00', 'Europe/Atlantis'],
    ['ALERT_LANGUAGE', 'german', 'DE', 'de-AT', 'sv'],
    ['DETAIL_AUTH', 'none'],
    ['CHECKPOINT_RETENTION_DAYS', '0'],
  ];
  test.each(bad.flatMap(([name, ...values]) => values.map(value => [name, value] as const)))(
    '%s = %s',
    (name, value) => {
      expect(wrong({ [name]: value })).toEqual([name]);
    },
  );

  test.each([
    'https://contoso.webhook.office.com/webhookb2/x',
    'https://outlook.office.com/webhook/x',
    'https://outlook.office365.com/webhook/x',
    'https://contoso.webhook.office.com./webhookb2/x',
  ])('%s belongs to a service that has ended', value => {
    for (const name of ['TEAMS_WEBHOOK_URL', 'ONCALL_TEAMS_WEBHOOK_URL', 'OPERATOR_TEAMS_WEBHOOK_URL']) {
      expect(problemsOf({ ...good, [name]: value })[name]).toMatch(/has ended/);
    }
  });

  test.each<[string, string, RegExp]>([
    ['TEAMS_WEBHOOK_URL', 'https://teams.microsoft.com/l/channel/19%3Aabc/Sales', /a page, not of a webhook/],
    ['TEAMS_WEBHOOK_URL', 'https://make.powerautomate.com/environments/x/flows/y/details', /a page, not of a webhook/],
    [
      'TEAMS_WEBHOOK_URL',
      'https://x.api.powerplatform.com/powerautomate/workflows/1/triggers/manual?api-version=1',
      /cut off/,
    ],
    ['TEAMS_WEBHOOK_URL', 'https://prod-1.westeurope.logic.azure.com/workflows/1/triggers/manual/paths/invoke', /sig/],
    ['ONCALL_TEAMS_WEBHOOK_URL', 'https://prod-1.westeurope.logic.azure.com/workflows/1?sig=', /sig/],
    ['TEAMS_WEBHOOK_URL', '"https://example.com/hook"', /quotes/],
    ['PARTNER_CLIENT_SECRET', "'hush'", /quotes/],
    ['PARTNER_CLIENT_SECRET', GUID, /column Value/],
    ['SMTP_URL', 'smtp://user:p@ss#w/rd@mail.example.com:587', /percent-encoded/],
    ['SMTP_URL', 'smtp://user:p/ss@mail.example.com:587', /percent-encoded/],
    ['SMTP_URL', 'smtp://user:100%sure@mail.example.com:587', /percent-encoded/],
    ['SMTP_URL', 'smtp://user:p?ss@mail.example.com:587', /percent-encoded/],
    ['SMTP_URL', 'smtp.office365.com:587', /smtp:\/\/host.*no longer takes passwords/],
    ['TABLES_URL', 'https://contoso.blob.core.windows.net', /table endpoint/],
    ['REFRESH_TOKEN_FILE', 'C:\\Users\\me\\token', /Windows/],
    ['EMAIL_TO', 'a@example.com; b@example.com', /commas/],
    ['ESCALATION_STEPS', '7d:remind,3d:warn,24h:crit', /reminder, warning, critical/],
    ['POLL_SCHEDULE', '0\t*/5\t*\t*\t*\t*', /tab/],
    ['POLL_SCHEDULE', '00:05:00', /six fields/],
    ['ALERT_LANGUAGE', 'sv', /^must be one of: en, de, fr, es, nl, pl, tr, ja$/],
  ])('%s = %s says why', (name, value, why) => {
    expect(problemsOf({ ...good, ...noClash(name), [name]: value })[name]).toMatch(why);
  });

  test('a Key Vault reference that was not resolved', () => {
    const reference = '@Microsoft.KeyVault(SecretUri=https://v.vault.azure.net/secrets/x)';
    for (const name of ['PARTNER_CLIENT_SECRET', 'TEAMS_WEBHOOK_URL', 'SMTP_URL', 'ONCALL_PAGER_KEY']) {
      expect(problemsOf({ ...good, [name]: reference })[name]).toMatch(/not resolved/);
    }
  });
});

describe('settings that belong together', () => {
  const mail = { EMAIL_TO: 'a@example.com', EMAIL_FROM: 'b@example.com' };
  const bot = { BOT_APP_ID: GUID, BOT_TENANT_ID: GUID };
  const none = { TEAMS_WEBHOOK_URL: '' };
  const cases: [string, Env, string, RegExp][] = [
    ['no channel', none, 'TEAMS_WEBHOOK_URL', /EMAIL_TO and BOT_APP_ID/],
    ['mail without a sender', { EMAIL_TO: 'a@example.com', SMTP_URL: 'smtp://h' }, 'EMAIL_FROM', /EMAIL_TO needs it/],
    ['mail without a carrier', mail, 'SMTP_URL', /ACS_ENDPOINT/],
    ['two carriers', { ...mail, SMTP_URL: 'smtp://h', ACS_ENDPOINT: 'https://h' }, 'SMTP_URL', /ACS_ENDPOINT.*both/],
    [
      'operator mail without a carrier',
      { OPERATOR_EMAIL_TO: 'a@example.com', EMAIL_FROM: 'b@example.com' },
      'SMTP_URL',
      /OPERATOR_EMAIL_TO/,
    ],
    ['no table place', { TABLES_URL: '' }, 'TABLES_URL', /TABLES_CONNECTION_STRING/],
    [
      'two table places',
      { TABLES_CONNECTION_STRING: 'UseDevelopmentStorage=true' },
      'TABLES_URL',
      /TABLES_CONNECTION_STRING.*both/,
    ],
    ['no token place', { REFRESH_TOKEN_SECRET_URL: '' }, 'REFRESH_TOKEN_SECRET_URL', /REFRESH_TOKEN_FILE/],
    ['two token places', { REFRESH_TOKEN_FILE: 'token' }, 'REFRESH_TOKEN_SECRET_URL', /REFRESH_TOKEN_FILE.*both/],
    [
      'two credentials',
      { PARTNER_CLIENT_CERTIFICATE_URL: 'https://v.vault.azure.net/secrets/c' },
      'PARTNER_CLIENT_SECRET',
      /PARTNER_CLIENT_CERTIFICATE_URL.*both/,
    ],
    ['a bot without a tenant', { BOT_APP_ID: GUID }, 'BOT_TENANT_ID', /BOT_APP_ID/],
    ['a bot without its password', { ...bot, BOT_APP_TYPE: 'SingleTenant' }, 'BOT_APP_PASSWORD', /SingleTenant/],
    [
      'a bot password over http',
      { ...bot, BOT_APP_TYPE: 'SingleTenant', BOT_APP_PASSWORD: 'x', ENTRA_AUTHORITY_URL: 'http://127.0.0.1:1' },
      'ENTRA_AUTHORITY_URL',
      /also on loopback/,
    ],
    ['entra without a tenant', { DETAIL_AUTH: 'entra', ENTRA_AUDIENCE: 'api://x' }, 'ENTRA_TENANT_ID', /DETAIL_AUTH/],
    ['entra without an audience', { DETAIL_AUTH: 'entra', ENTRA_TENANT_ID: GUID }, 'ENTRA_AUDIENCE', /DETAIL_AUTH/],
    [
      '51 recipients at once',
      {
        ...mail,
        EMAIL_TO: Array.from({ length: 51 }, (_, i) => `a${i}@example.com`).join(),
        ACS_ENDPOINT: 'https://h',
      },
      'EMAIL_TO',
      /50/,
    ],
  ];
  test.each(cases)('%s', (_, env, name, message) => {
    const problems = problemsOf({ ...good, ...env });
    expect(Object.keys(problems)).toEqual([name]);
    expect(problems[name]).toMatch(message);
  });

  test('the bot alone is a channel, and so is mail', () => {
    expect(wrong({ ...none, ...bot })).toEqual([]);
    expect(wrong({ ...none, ...mail, SMTP_URL: 'smtps://user:pass@smtp.example.com' })).toEqual([]);
  });

  test('a tables connection string follows the https rule', () => {
    const tables = (text: string) => wrong({ TABLES_URL: '', TABLES_CONNECTION_STRING: text });
    const account = 'AccountName=contoso;AccountKey=a2V5==';
    expect(tables(`DefaultEndpointsProtocol=http;${account};TableEndpoint=http://127.0.0.1:10002/contoso;`)).toEqual(
      [],
    );
    expect(tables(`DefaultEndpointsProtocol=https;${account};EndpointSuffix=core.windows.net`)).toEqual([]);
    expect(tables(`DefaultEndpointsProtocol=http;${account}`)).toEqual(['TABLES_CONNECTION_STRING']);
    expect(tables('contoso')).toEqual(['TABLES_CONNECTION_STRING']);
  });

  const LOCAL = 'TableEndpoint=http://127.0.0.1:10002/contoso';
  test.each([
    ['without a protocol', 'AccountName=contoso;AccountKey=a2V5', 'https://contoso.table.core.windows.net'],
    ['without a key', 'DefaultEndpointsProtocol=https;AccountName=contoso', null],
    ['with an empty key', 'DefaultEndpointsProtocol=https;AccountName=contoso;AccountKey=', null],
    ['without a name', 'DefaultEndpointsProtocol=https;AccountKey=a2V5;EndpointSuffix=core.windows.net', null],
    [
      'of another cloud, with blanks',
      ' AccountName = contoso ; AccountKey = a2V5 ; EndpointSuffix = core.x ; ',
      'https://contoso.table.core.x',
    ],
    [
      'with a stray word',
      `DefaultEndpointsProtocol=http;AccountName=a;AccountKey=a2V5;${LOCAL};QueueEndpoint`,
      'http://127.0.0.1:10002/contoso',
    ],
    ['with blanks, of the emulator', 'UseDevelopmentStorage = true ;', 'http://127.0.0.1:10002/devstoreaccount1'],
    [
      'with a signature',
      `${LOCAL};SharedAccessSignature=?sv=1&sig=a%2B`,
      'http://127.0.0.1:10002/contoso?sv=1&sig=a%2B',
    ],
    ['with an endpoint alone', LOCAL, null],
    ['with a signature for nothing', 'SharedAccessSignature=sv=1&sig=a', null],
  ])('a tables connection string %s is what its library takes, or named', (_, text, address) => {
    const env = { ...good, TABLES_URL: '', TABLES_CONNECTION_STRING: text };
    if (address === null) return expect(Object.keys(problemsOf(env))).toEqual(['TABLES_CONNECTION_STRING']);
    const { tables } = settingsOf(env);
    if (tables.kind !== 'connection-string') throw new Error('the tables are somewhere else');
    expect(openTable(tables, 'T').url).toBe(address);
  });
});

test('two settings for one named channel are named, and the first counts', () => {
  const env = {
    ...good,
    TEAMS_WEBHOOK_URL_NORTH: 'https://a.example.com',
    Teams_Webhook_Url_North: 'https://b.example.com',
  };
  expect(problemsOf(env)).toEqual({
    Teams_Webhook_Url_North: 'sets the same channel as TEAMS_WEBHOOK_URL_NORTH: keep one of them',
  });
});

test('every problem is named at once, in the order of the list', () => {
  expect(Object.keys(problemsOf({ POLL_SCHEDULE: 'never', DIGEST_ABOVE: 'x' }))).toEqual([
    'POLL_SCHEDULE',
    'PARTNER_TENANT_ID',
    'PARTNER_CLIENT_ID',
    'REFRESH_TOKEN_SECRET_URL',
    'TABLES_URL',
    'TEAMS_WEBHOOK_URL',
    'DIGEST_ABOVE',
  ]);
});

test('signing in needs only its own settings', () => {
  const { TEAMS_WEBHOOK_URL: _, TABLES_URL: __, ...enough } = good;
  expect(readSignInSettings({ ...enough, POLL_SCHEDULE: 'never' }).partner.clientId).toBe(GUID);
  expect(() => readSignInSettings({ POLL_SCHEDULE: 'never' })).toThrow(
    /^3 settings need.*PARTNER_TENANT_ID.*PARTNER_CLIENT_ID.*REFRESH_TOKEN_SECRET_URL/,
  );
});

test('whatever is set, what is said of it shows no value', () => {
  const marked = fc.string({ maxLength: 30 }).map(text => `Zq9!${text}~7Kx`);
  const strange = fc.oneof(
    marked,
    fc.constantFrom('', ' ', '@Microsoft.KeyVault(Zq9!', 'https://Zq9!@h/', 'Zq9!:critical'),
  );
  const env = fc.dictionary(fc.constantFrom(...SETTING_NAMES), strange);
  fc.assert(
    fc.property(env, settings => {
      expect(JSON.stringify(readSettings(settings).problems)).not.toContain('Zq9!');
    }),
  );
});

describe('a bad setting stops only itself', () => {
  const mail = { EMAIL_TO: 'a@example.com', EMAIL_FROM: 'b@example.com', SMTP_URL: 'smtps://mail.example.com' };
  const reference = '@Microsoft.KeyVault(SecretUri=https://v.vault.azure.net/secrets/x)';

  test.each<[string, Env]>([
    ['no tenant', { PARTNER_TENANT_ID: '' }],
    ['a secret that was not resolved', { PARTNER_CLIENT_SECRET: reference }],
    ['an address of the API that is none', { REFERRALS_API_URL: 'http://api.example.com' }],
    ['an authority that is none', { PARTNER_AUTHORITY_URL: 'login' }],
    ['no place for the token', { REFRESH_TOKEN_SECRET_URL: '' }],
    ['no tables', { TABLES_URL: '' }],
    ['an identity that is none, where it is needed', { AZURE_CLIENT_ID: 'identity' }],
  ])('but not with %s: then there is no poll', (_, env) => {
    const { needed, other, problems } = readSettings({ ...good, ...env });
    expect(needed).toBeNull();
    expect(problems).toMatchObject([{ stopsPoll: true }]);
    expect(other.teamsWebhookUrl).toBe(good.TEAMS_WEBHOOK_URL);
  });

  test.each<[Env, object]>([
    [{ DIGEST_ABOVE: 'ten' }, { digestAbove: 10 }],
    [{ ALERT_TIME_ZONE: 'W. Europe Standard Time' }, { timeZone: 'UTC' }],
    [{ ALERT_LANGUAGE: 'sv' }, { language: 'en' }],
    [{ REFERRAL_WINDOW_DAYS: '0' }, { windowDays: 14 }],
    [{ ESCALATION_STEPS: '7days:reminder' }, { steps: [{ name: '7d' }, { name: '3d' }, { name: '24h' }] }],
    [{ CLAIM_EXPIRES_AFTER: 'soon' }, { claimExpiresAfterMs: 48 * 3_600_000 }],
    [
      { REFERRALS_FILTER: 'direction eq "Incoming"' },
      { referralsFilter: "direction eq 'Incoming' and substatus eq 'Pending'" },
    ],
    [{ REFERRAL_LINK_TEMPLATE: 'http://example.com/{id}' }, { linkTemplate: null }],
    [{ PARTNER_CLIENT_SECRET_EXPIRES_ON: '31.12.2026' }, { clientSecretExpiresOn: null }],
    [
      { ...mail, TEAMS_WEBHOOK_URL: reference },
      { teamsWebhookUrl: null, email: { to: ['a@example.com'] } },
    ],
    [
      { ...mail, EMAIL_FROM: '' },
      { email: null, teamsWebhookUrl: good.TEAMS_WEBHOOK_URL },
    ],
    [{ ...mail, SMTP_URL: 'mail.example.com' }, { email: null }],
    [
      { ...mail, OPERATOR_EMAIL_TO: 'nobody' },
      { operator: { emailTo: [] }, email: { to: ['a@example.com'] } },
    ],
    [{ ONCALL_PAGER_KEY: 'k', ONCALL_PAGER_URL: 'http://pager.example.com' }, { onCall: { pager: null } }],
    [{ BOT_APP_ID: GUID, BOT_TENANT_ID: 'contoso' }, { bot: null }],
    [{ BOT_APP_ID: GUID, BOT_TENANT_ID: GUID, BOT_ADMINS: 'me' }, { bot: { admins: [] } }],
    [{ BOT_APP_ID: GUID, BOT_TENANT_ID: GUID, BOT_SERVICE_HOSTS: 'https://x' }, { bot: { door: null, admins: null } }],
    [{ BOT_APP_ID: GUID, BOT_TENANT_ID: GUID, BOT_OPENID_METADATA_URL: 'x' }, { bot: { door: null } }],
    [{ BOT_APP_ID: GUID, BOT_TENANT_ID: GUID, BOT_TOKEN_ISSUER: 'x' }, { bot: { door: null } }],
    [{ BOT_APP_ID: GUID, BOT_TENANT_ID: GUID, BOT_TOKEN_SCOPE: 'two words' }, { bot: null }],
    [{ DETAIL_AUTH: 'Entra ID' }, { detailAuth: { kind: 'shut' } }],
    [{ DETAIL_AUTH: 'entra', ENTRA_TENANT_ID: GUID }, { detailAuth: { kind: 'shut' } }],
    [
      { DETAIL_AUTH: 'entra', ENTRA_TENANT_ID: GUID, ENTRA_AUDIENCE: 'x', ENTRA_AUTHORITY_URL: 'x' },
      { detailAuth: { kind: 'shut' } },
    ],
  ])('%j', (env, expected) => {
    const { needed, other, problems } = readSettings({ ...good, ...env });
    expect(needed).not.toBeNull();
    expect(other).toMatchObject(expected);
    expect(problems.map(({ stopsPoll }) => stopsPoll)).toEqual([false]);
  });

  test('an identity that is none only matters where it is needed', () => {
    const env = { ...good, AZURE_CLIENT_ID: 'identity', TABLES_URL: '', REFRESH_TOKEN_SECRET_URL: '' };
    const local = { ...env, TABLES_CONNECTION_STRING: 'UseDevelopmentStorage=true', REFRESH_TOKEN_FILE: 'token' };
    expect(readSettings(local)).toMatchObject({
      needed: {},
      problems: [{ setting: 'AZURE_CLIENT_ID', stopsPoll: false }],
    });
  });
});

test('secrets are marked as such', () => {
  expect(SETTING_NAMES.filter(name => settingInfo(name).secret)).toEqual([
    'PARTNER_CLIENT_SECRET',
    'TABLES_CONNECTION_STRING',
    'TEAMS_WEBHOOK_URL',
    'BOT_APP_PASSWORD',
    'SMTP_URL',
    'ONCALL_TEAMS_WEBHOOK_URL',
    'ONCALL_PAGER_KEY',
    'OPERATOR_TEAMS_WEBHOOK_URL',
    'HOLIDAYS_CALENDAR_URL',
    'ONCALL_CALENDAR_URL',
    'HEARTBEAT_URL',
    'REPORT_TEAMS_WEBHOOK_URL',
  ]);
});

test.each([
  [{ REPORT_AT: 'Mon 08:00' }, ['REPORT_EMAIL_TO is missing: REPORT_AT needs it or REPORT_TEAMS_WEBHOOK_URL']],
  [
    { REPORT_EMAIL_TO: 'm@example.com', EMAIL_FROM: 'a@example.com', SMTP_URL: 'smtps://mail.example.com' },
    ['REPORT_AT is missing: REPORT_EMAIL_TO needs it'],
  ],
  [{ SUMMARY_AT: '08:30' }, ['SUMMARY_AT must be days and one time, such as Mon-Fri 08:30 or Mon 08:00']],
])('summary and report: %j', (env, expected) => {
  const { problems, other } = readSettings(env as unknown as Record<string, string>);
  const said = problems.map(({ setting, message }) => `${setting} ${message}`);
  expect(said.filter(text => /^(REPORT|SUMMARY)/.test(text))).toEqual(expected);
  expect(other.summaryAt).toBeNull();
});
