import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { HOUR } from '../../../src/base/instant.ts';
import { SETTING_NAMES } from '../../../src/settings/definitions.ts';
import { readSettings } from '../../../src/settings/read-settings.ts';
import { appSettingsOf } from '../../../tools/check-infra/app-settings.ts';
import { everything } from '../../../tools/check-infra/configurations.ts';
import { knownSettings } from '../../../tools/check-infra/known-settings.ts';
import { readWaysIn } from '../../../tools/check-infra/ways-in.ts';
import { type Acs, createAcs } from '../../sandbox/acs/acs.ts';
import { PEOPLE } from '../../sandbox/bot-connector/world.ts';
import { createOnCallCalendar } from '../../sandbox/on-call-calendar.ts';
import { makeReferral } from '../../sandbox/referrals-api/make-referral.ts';
import { type BotWorld, createBotWorld, LEADS } from '../../support/bot-world.ts';
import { compiler, evaluate } from './compiler.ts';
import { type Block, blocksOf, commandProblems, environmentOf, type Known } from './guide.ts';

const DOCUMENTS = ['docs/deploy.md', 'docs/teams.md', 'docs/channels.md'];
const blocks = DOCUMENTS.flatMap(file => blocksOf(file));
const setters = blocks.filter(block => block.commands.some(words => words[2] === 'set' && words[0] === 'azd'));
const first = setters.find(block => block.commands.some(words => words.join(' ').startsWith('azd env new'))) as Block;
/** What stands for something of the reader's own. */
const YOURS: Readonly<Record<string, string>> = {
  TENANT_ID: '11111111-0000-4000-8000-000000000001',
  APPLICATION_ID: '11111111-0000-4000-8000-000000000002',
};

async function known(): Promise<Known> {
  const outputs = [...readFileSync('infra/main.bicep', 'utf8').matchAll(/^output (\w+)/gm)].map(
    match => match[1] ?? '',
  );
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
  const steps = [...readFileSync('tools/azure.ts', 'utf8').matchAll(/npm run(?: -s)? azure -- (\w[\w-]*)/g)].map(
    match => match[1] ?? '',
  );
  return {
    ways: await readWaysIn(process.cwd()),
    names: [...outputs, ...Object.keys(YOURS), 'AZURE_SUBSCRIPTION_ID'],
    scripts: Object.keys(scripts),
    steps,
  };
}

describe('the commands of the documents', () => {
  test('are the same in bash and PowerShell, and name what exists', async () => {
    const all = await known();
    expect(blocks.length).toBeGreaterThan(15);
    expect(blocks.flatMap(block => commandProblems(block, all))).toEqual([]);
  });

  test.each([
    ['a setting', 'azd env set EMAIL_CARRIER', 'azd env set EMAIL_CARIER', /EMAIL_CARIER is read by nobody/],
    ['a secret as a value', 'azd env set EMAIL_TO sales', 'azd env set SMTP_URL sales', /SMTP_URL is a secret/],
    ['an output', '--name FUNCTION_APP_NAME', '--name FUNCTION_APP', /nothing says what FUNCTION_APP stands for/],
    ['a script', 'npm run package', 'npm run pack', /there is no script pack/],
    ['a step', 'azure -- trust', 'azure -- thrust', /there is no step thrust/],
    ['a line for bash alone', 'azd auth login', 'azd auth login && azd env list', /"&" is not the same/],
  ])('are red with a fault: %s', async (_, from, to, message) => {
    const text = readFileSync('docs/deploy.md', 'utf8');
    expect(text).toContain(from);
    const all = await known();
    const problems = blocksOf('docs/deploy.md', text.replace(from, to)).flatMap(block => commandProblems(block, all));
    expect(problems.join('\n')).toMatch(message);
  });
});

let story: BotWorld | null = null;
let acs: Acs | null = null;

const CUSTOMER = 'Wide World Importers';
type Settings = Readonly<Record<string, string>>;

/** The app settings that a block's commands lead to, as the template states them. */
async function settingsOf(block: Block): Promise<Settings> {
  const before = environmentOf(first);
  const env = Object.entries(environmentOf(block, before)).map(([name, text]) => [name, YOURS[text] ?? text]);
  const { prediction, problems } = await evaluate(Object.fromEntries(env));
  expect(problems).toEqual([]);
  return appSettingsOf(prediction as NonNullable<typeof prediction>) as Settings;
}

/** What the platform would hand to the app: references resolved, and what only Azure knows. */
function inAzure(settings: Settings, vault: Settings): Settings {
  const azure: Settings = {
    AZURE_CLIENT_ID: '3f0c2a1e-1111-4222-8333-444455556666',
    BOT_APP_ID: '3f0c2a1e-1111-4222-8333-444455556666',
    TABLES_URL: 'https://st0.table.core.windows.net/',
    REFRESH_TOKEN_SECRET_URL: 'https://kv-0.vault.azure.net/secrets/refresh-token',
    EMAIL_FROM: 'DoNotReply@0.azurecomm.net',
    ACS_ENDPOINT: acs?.url ?? '',
  };
  return Object.fromEntries(
    Object.entries(settings).map(([name, text]) => {
      const secret = /^@Microsoft\.KeyVault\(VaultName=[\w-]+;SecretName=([\w-]+)\)$/.exec(text)?.[1];
      if (secret) return [name, vault[secret.toUpperCase().replaceAll('-', '_')] ?? ''];
      return [name, text.startsWith('[') && !text.startsWith('[{') ? (azure[name] ?? text) : text];
    }),
  );
}

/** The settings in front of the stand-ins: only addresses that lie in the internet are changed. */
function onLoopback(settings: Settings, { world, settings: bot }: BotWorld): Settings {
  const ofTheWorld = [
    'REFERRALS_API_URL',
    'PARTNER_TENANT_ID',
    'PARTNER_CLIENT_ID',
    'PARTNER_CLIENT_SECRET',
    'PARTNER_AUTHORITY_URL',
    'REFRESH_TOKEN_FILE',
    'TABLES_CONNECTION_STRING',
  ];
  return {
    ...Object.fromEntries(SETTING_NAMES.map(name => [name, ''])),
    ...settings,
    ...Object.fromEntries(ofTheWorld.map(name => [name, world.env[name] ?? ''])),
    TABLES_URL: '',
    REFRESH_TOKEN_SECRET_URL: '',
    ONCALL_PAGER_URL: world.pager.enqueueUrl,
    ...(settings.BOT_APP_ID ? bot : {}),
  };
}

describe.skipIf(!compiler)('from the documents’ own commands to a told lead', () => {
  afterEach(async () => {
    await Promise.all([story?.close(), acs?.close()]);
    story = acs = null;
  });

  test.each(setters.map(block => [`${block.file}, ${block.heading}: ${environmentLine(block)}`, block] as const))(
    '%s',
    async (_, block) => {
      const settings = await settingsOf(block);
      acs = await createAcs();
      story = await createBotWorld({
        referrals: () => [makeReferral({ customer: CUSTOMER, createdAt: Date.now() - 13.1 * 24 * HOUR })],
      });
      const { world, connector, cardOf } = story;
      const vault: Settings = {
        TEAMS_WEBHOOK_URL: world.teams.webhookUrl('sales'),
        ONCALL_TEAMS_WEBHOOK_URL: world.teams.webhookUrl('oncall'),
        OPERATOR_TEAMS_WEBHOOK_URL: world.teams.webhookUrl('operator'),
        ONCALL_PAGER_KEY: world.pager.routingKey,
        SMTP_URL: world.mail.url,
        BOT_APP_PASSWORD: 'a password',
      };
      const resolved = inAzure(settings, vault);
      expect(
        Object.entries(resolved).filter(
          ([name, text]) =>
            SETTING_NAMES.includes(name as never) && /^\[|^@Micro/.test(text) && name !== 'ALERT_ROUTES',
        ),
      ).toEqual([]);
      expect(readSettings(resolved).problems, 'no problem is named').toEqual([]);
      // A bot with a password gets its token from Entra, over https: test/functions/bot-process.test.ts goes on from here.
      const byHand = settings.BOT_APP_TYPE === 'SingleTenant';
      world.restart(
        onLoopback(byHand ? { ...resolved, BOT_APP_ID: '', BOT_APP_TYPE: '', BOT_APP_PASSWORD: '' } : resolved, story),
      );
      if (settings.BOT_APP_ID && !byHand) {
        await connector.install(LEADS);
        await connector.say('use this channel', LEADS);
      }
      expect(await world.poll()).toBeNull();
      const told = {
        TEAMS_WEBHOOK_URL: () => JSON.stringify(world.teams.posts('sales')),
        ONCALL_TEAMS_WEBHOOK_URL: () => JSON.stringify(world.teams.posts('oncall')),
        ONCALL_PAGER_KEY: () => JSON.stringify(world.pager.state.events),
        EMAIL_TO: () => mails(world, settings.EMAIL_TO ?? ''),
        ONCALL_EMAIL_TO: () => mails(world, settings.ONCALL_EMAIL_TO ?? ''),
        ...(byHand ? {} : { BOT_APP_ID: () => JSON.stringify(cardOf(CUSTOMER) ?? null) }),
      };
      for (const [name, heard] of Object.entries(told)) {
        expect(heard().includes(CUSTOMER), `${name} heard of the lead`).toBe(settings[name] !== undefined);
      }
    },
  );

  test('everything at once starts the app, and each lead goes its way', async () => {
    const known = await knownSettings(process.cwd());
    const { env, routes } = everything(known.filter(({ way }) => way === 'environment'));
    const { prediction, problems } = await evaluate(env, routes);
    expect(problems).toEqual([]);
    const settings = appSettingsOf(prediction as NonNullable<typeof prediction>) as Settings;
    acs = await createAcs();
    story = await createBotWorld({
      referrals: () => [
        makeReferral({ customer: 'Adatum', country: 'SE', createdAt: Date.now() - 13.1 * 24 * HOUR }),
        makeReferral({ customer: 'Fabrikam', country: 'DE', createdAt: Date.now() - 13.1 * 24 * HOUR }),
      ],
    });
    const { world, connector, cardOf } = story;
    const onCall = await createOnCallCalendar();
    const vault: Record<string, string> = {
      TEAMS_WEBHOOK_URL: world.teams.webhookUrl('sales'),
      TEAMS_WEBHOOK_URL_BIG_DEALS: world.teams.webhookUrl('nordics'),
      EMAIL_TO_NORDICS: 'nordics@example.com',
      ONCALL_TEAMS_WEBHOOK_URL: world.teams.webhookUrl('oncall'),
      OPERATOR_TEAMS_WEBHOOK_URL: world.teams.webhookUrl('operator'),
      REPORT_TEAMS_WEBHOOK_URL: world.teams.webhookUrl('benelux'),
      ONCALL_PAGER_KEY: world.pager.routingKey,
      ONCALL_CALENDAR_URL: onCall.calendarUrl,
      HOLIDAYS_CALENDAR_URL: onCall.calendarUrl,
      HEARTBEAT_URL: onCall.calendarUrl,
    };
    const resolved = inAzure(settings, vault);
    expect(
      SETTING_NAMES.filter(name => /^@Micro|^\[[^{]/.test(resolved[name] ?? '')),
      'nothing is left unresolved',
    ).toEqual([]);
    expect(readSettings(resolved).problems, 'no problem is named').toEqual([]);
    world.restart({
      ...onLoopback(resolved, story),
      PARTNER_CLIENT_CERTIFICATE_URL: '',
      BOT_ADMINS: PEOPLE[0]?.objectId ?? '',
    });
    await connector.install(LEADS);
    await connector.say('use this channel', LEADS);
    expect(await world.poll()).toBeNull();
    const heard = (place: string) => JSON.stringify(world.teams.posts(place));
    expect(heard('nordics')).toContain('Adatum');
    expect(mails(story.world, 'nordics@example.com')).toContain('Adatum');
    expect(heard('nordics')).not.toContain('Fabrikam');
    expect(heard('sales')).toContain('Fabrikam');
    expect(mails(story.world, env.EMAIL_TO ?? '')).toContain('Fabrikam');
    expect(JSON.stringify(cardOf('Fabrikam') ?? null)).toContain('Fabrikam');
    expect(heard('sales')).not.toContain('Adatum');
    expect(JSON.stringify(world.pager.state.events)).toContain('Adatum');
    await onCall.close();
  });
});

function environmentLine(block: Block): string {
  return Object.entries(environmentOf(block))
    .map(([name, text]) => `${name}=${text}`)
    .join(' ');
}

/** Everything that was mailed to somebody, by either carrier. */
function mails({ mail }: BotWorld['world'], to: string): string {
  const sent = [...(acs?.operations.values() ?? [])].map(({ message }) => message);
  return [...mail.state.mails, ...sent]
    .map(one => JSON.stringify(one))
    .filter(text => to !== '' && text.includes(to))
    .join('\n');
}
