import { describe, expect, test } from 'vitest';
import { compiler, evaluate } from './compiler.ts';

const IDS = {
  PARTNER_TENANT_ID: '11111111-0000-4000-8000-000000000001',
  PARTNER_CLIENT_ID: '11111111-0000-4000-8000-000000000002',
};
type Env = Readonly<Record<string, string>>;

/** What is said against an environment, a sentence a line; nothing when it would be deployed. */
async function refusals(env: Env, routes: unknown = []): Promise<string[]> {
  const { prediction, problems } = await evaluate(env, routes);
  const said = problems.flatMap(({ message }) =>
    message.replace(/^.*Failed to evaluate parameter "settings": /s, '').split('\n'),
  );
  expect(prediction === null, said.join('\n')).toBe(said.length > 0);
  return said;
}

describe.skipIf(!compiler)('what cannot work is refused by its name, before anything is created', () => {
  // Faults that do not touch each other share an environment: each still has its sentence.
  const cases: [string, Env, unknown, RegExp[]][] = [
    [
      'no id',
      { PARTNER_TENANT_ID: '', PARTNER_CLIENT_ID: ' ' },
      [],
      [/^PARTNER_TENANT_ID is missing/, /^PARTNER_CLIENT_ID is missing/],
    ],
    [
      'ids that are none',
      { PARTNER_TENANT_ID: 'contoso.onmicrosoft.com', PARTNER_CLIENT_ID: '{11111111-0000-4000-8000-000000000002}' },
      [],
      [/^PARTNER_TENANT_ID must be a GUID/, /^PARTNER_CLIENT_ID must be a GUID/],
    ],
    [
      'ids, addresses and names in another form',
      {
        PARTNER_TENANT_ID: '00000000-0000-0000-0000-000000000000',
        PARTNER_CLIENT_ID: IDS.PARTNER_CLIENT_ID,
        AZURE_PRINCIPAL_ID: 'me@example.com',
        EASY_AUTH_CLIENT_ID: 'api://11111111-0000-4000-8000-000000000003',
        DETAIL_AUTH: 'entra',
        ENTRA_AUDIENCE: 'api://x',
        ALARM_EMAIL_TO: 'a@example.com; b@example.com',
        OPERATOR_IP_ADDRESS: '192.168.1.7',
        PARTNER_CERTIFICATE_NAME: 'https://kv.vault.azure.net/certificates/partner',
        EMAIL_CARRIER: 'acs',
        EMAIL_DOMAIN: 'https://mail.example.com',
      },
      [],
      [
        /^PARTNER_TENANT_ID is only a placeholder/,
        /^AZURE_PRINCIPAL_ID must be a GUID/,
        /^EASY_AUTH_CLIENT_ID must be a GUID/,
        /^OPERATOR_IP_ADDRESS is a private address/,
        /^ALARM_EMAIL_TO must be plain email addresses/,
        /^PARTNER_CERTIFICATE_NAME must be the name alone/,
        /^EMAIL_DOMAIN must be the name alone, such as mail\.example\.com/,
      ],
    ],
    [
      'an address that is none, and an operator who is no mailbox',
      { ...IDS, OPERATOR_IP_ADDRESS: '203.0.113', OPERATOR_EMAIL_TO: 'operator', EMAIL_CARRIER: 'acs' },
      [],
      [/^OPERATOR_IP_ADDRESS must be an IPv4 address/, /^OPERATOR_EMAIL_TO must be plain email addresses/],
    ],
    [
      'words that are none of the choices',
      {
        ...IDS,
        BOT: 'yes',
        PRIVATE_NETWORKING: '1',
        EMAIL_CARRIER: 'sendgrid',
        SILENCE_MINUTES: '720',
        AZURE_PRINCIPAL_TYPE: 'Person',
        INSTANCE_MEMORY_MB: '1024',
        DETAIL_AUTH: 'Entra ID',
        LOG_RETENTION_DAYS: 'a month',
        RUNBOOK_URL: 'docs/runbook.md',
      },
      [],
      [
        /^PRIVATE_NETWORKING must be true or false, not "1"/,
        /^BOT must be true or false, not "yes"/,
        /^EMAIL_CARRIER must be one of none, smtp, acs, not "sendgrid"/,
        /^SILENCE_MINUTES must be one of .*, not "720"/,
        /^AZURE_PRINCIPAL_TYPE must be one of/,
        /^INSTANCE_MEMORY_MB must be one of/,
        /^DETAIL_AUTH must be one of key, entra/,
        /^LOG_RETENTION_DAYS must be a whole number/,
        /^RUNBOOK_URL must be an https address/,
      ],
    ],
    [
      'names in SETTINGS_IN_VAULT that are no setting',
      {
        ...IDS,
        SETTINGS_IN_VAULT: 'TEAMS_WEBHOK_URL, teams-webhook-url ,oncall_pager_key,EMAIL_TO_nordics,TABLES_URL',
      },
      [],
      [
        /"TEAMS_WEBHOK_URL", which is no setting\. The secrets are .*TEAMS_WEBHOOK_URL/,
        /"teams-webhook-url", which is no setting: write TEAMS_WEBHOOK_URL/,
        /"oncall_pager_key", which is no setting: write ONCALL_PAGER_KEY/,
        /"EMAIL_TO_nordics", which is no setting: write EMAIL_TO_NORDICS/,
        /names TABLES_URL, which cannot come from the vault/,
      ],
    ],
    [
      'a channel that only the rules name',
      { ...IDS, SETTINGS_IN_VAULT: 'TEAMS_WEBHOOK_URL' },
      [
        { name: 'Nordics', when: { country: 'SE' }, channels: ['teams:big-deals', 'sms'], onCall: ['pager'] },
        { name: 'rest', channels: ['teams', 'email:nordics', 'bot'] },
      ],
      [
        /rule "Nordics" names teams:big-deals, .*TEAMS_WEBHOOK_URL_BIG_DEALS is missing/,
        /rule "Nordics" names sms, which is no channel/,
        /rule "Nordics" names pager, .*ONCALL_PAGER_KEY is missing/,
        /rule "rest" names email:nordics, .*EMAIL_TO_NORDICS is missing/,
        /rule "rest" names bot, .*BOT_APP_ID is missing/,
      ],
    ],
    [
      'recipients without a carrier',
      { ...IDS, EMAIL_TO: 'a@example.com', EMAIL_FROM: 'b@example.com' },
      [],
      [/^EMAIL_TO needs somebody who carries mail/],
    ],
    [
      'SMTP without server and sender',
      { ...IDS, EMAIL_CARRIER: 'smtp', ONCALL_EMAIL_TO: 'a@example.com' },
      [],
      [
        /^EMAIL_CARRIER is smtp, but SETTINGS_IN_VAULT does not name SMTP_URL/,
        /^EMAIL_FROM is missing: ONCALL_EMAIL_TO needs/,
      ],
    ],
    [
      'two carriers, and a sender nobody may use',
      {
        ...IDS,
        EMAIL_CARRIER: 'acs',
        SETTINGS_IN_VAULT: 'SMTP_URL',
        EMAIL_FROM: 'leads@other.example.com',
        EMAIL_DOMAIN_VERIFIED: 'true',
      },
      [],
      [
        /^SMTP_URL .* EMAIL_CARRIER acs both carry mail/,
        /EMAIL_DOMAIN names no domain/,
        /^EMAIL_FROM is an address of other\.example\.com/,
      ],
    ],
    [
      'a bot made twice, and one made by halves',
      { ...IDS, BOT: 'true', BOT_APP_ID: IDS.PARTNER_CLIENT_ID, BOT_APP_TYPE: 'SingleTenant' },
      [],
      [
        /^BOT_APP_ID is for a bot made by hand, but BOT is true/,
        /^BOT_APP_TYPE is for a bot made by hand/,
        /^BOT_TENANT_ID is missing/,
        /does not name BOT_APP_PASSWORD/,
      ],
    ],
    [
      'things given twice',
      {
        ...IDS,
        EMAIL_TO: 'a@example.com',
        EMAIL_CARRIER: 'acs',
        SETTINGS_IN_VAULT: 'EMAIL_TO,PARTNER_CLIENT_SECRET',
        PARTNER_CERTIFICATE_NAME: 'partner',
        ALERT_ROUTES: '[]',
      },
      [],
      [
        /^EMAIL_TO is given as a value and named in SETTINGS_IN_VAULT/,
        /^PARTNER_CLIENT_SECRET .* and a certificate/,
        /^ALERT_ROUTES does not come from the environment/,
      ],
    ],
    [
      'a schedule of five fields',
      { ...IDS, POLL_SCHEDULE: '*/5 * * * *' },
      [],
      [/^POLL_SCHEDULE must have six fields/],
    ],
    [
      'a schedule slower than its alarm',
      { ...IDS, POLL_SCHEDULE: '0 */15 * * * *' },
      [],
      [/^SILENCE_MINUTES is 15, but POLL_SCHEDULE rests for up to 15 minutes.*60 or more/],
    ],
    [
      'a list of minutes',
      { ...IDS, POLL_SCHEDULE: '0 0,10,50 * * * *', SILENCE_MINUTES: '60' },
      [],
      [/rests for up to 40 minutes.*120 or more/],
    ],
    [
      'a schedule that no window covers',
      { ...IDS, POLL_SCHEDULE: '0 30 6 * * *', SILENCE_MINUTES: '1440' },
      [],
      [/rests for up to 1440 minutes.*poll more often/],
    ],
    [
      'Easy Auth without tokens, tokens without an audience',
      { ...IDS, DETAIL_AUTH: 'entra' },
      [],
      [/^ENTRA_AUDIENCE is missing/],
    ],
  ];
  test.each(cases)('%s', async (_, env, routes, sentences) => {
    const said = await refusals(env, routes);
    for (const sentence of sentences)
      expect(
        said.filter(one => sentence.test(one)),
        `${sentence}\n${said.join('\n')}`,
      ).toHaveLength(1);
    expect(said).toHaveLength(sentences.length);
  });

  test('a secret given as a value, without repeating it', async () => {
    const secrets = ['TEAMS_WEBHOOK_URL', 'SMTP_URL', 'ONCALL_PAGER_KEY', 'PARTNER_CLIENT_SECRET', 'BOT_APP_PASSWORD'];
    const said = await refusals({ ...IDS, ...Object.fromEntries(secrets.map(name => [name, 'very-secret'])) });
    expect(said.toSorted()).toEqual(
      secrets.toSorted().map(name => expect.stringMatching(`^${name} is a secret and was given as a value`)),
    );
    expect(said.join()).not.toContain('very-secret');
  });

  test.each([
    [
      'blanks and capitals',
      {
        BOT: ' TRUE ',
        SETTINGS_IN_VAULT: ' TEAMS_WEBHOOK_URL , TEAMS_WEBHOOK_URL_BIG_DEALS,, ',
        EMAIL_CARRIER: ' none',
      },
    ],
    ['a schedule that cannot be judged', { POLL_SCHEDULE: '0 */5 8-18 * * 1-5' }],
    ['a slower schedule with its window', { POLL_SCHEDULE: '0 0 */2 * * *', SILENCE_MINUTES: '360' }],
    [
      'a range of addresses, several who hear alarms, a certificate by its name',
      {
        OPERATOR_IP_ADDRESS: '203.0.113.0/24',
        ALARM_EMAIL_TO: ' a@example.com, b.c+d@mail.example.com ,',
        PARTNER_CERTIFICATE_NAME: 'Partner-2026',
      },
    ],
    [
      'a mail service of one’s own',
      {
        EMAIL_TO: 'a@example.com',
        EMAIL_FROM: 'b@example.com',
        ACS_ENDPOINT: 'https://mine.communication.azure.com',
      },
    ],
  ])('but not %s', async (_, env) => {
    expect(await refusals({ ...IDS, ...env })).toEqual([]);
  });
});
