import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { TableServiceClient } from '@azure/data-tables';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { examineSettings } from '../../src/app/doctor.ts';
import { doctor as command } from '../../src/commands/doctor.ts';
import type { CheckResult } from '../../src/doctor/verdict.ts';
import { callCommand, runCommand } from '../commands/run-command.ts';
import { type Authority, createAuthority } from '../sandbox/authority/authority.ts';
import { createMailSink, type MailSink } from '../sandbox/mail-sink/mail-sink.ts';
import { createPagerSink, type PagerSink } from '../sandbox/pager-sink/pager-sink.ts';
import { createReferralsApi, type ReferralsApi } from '../sandbox/referrals-api/referrals-api.ts';
import { seedReferrals } from '../sandbox/referrals-api/seed.ts';
import { sandboxSettings } from '../sandbox/settings.ts';
import { createTables, type Tables } from '../sandbox/tables.ts';
import { createTeamsSink, type TeamsSink } from '../sandbox/teams-sink/teams-sink.ts';
import { keepingLog } from '../support/keeping-log.ts';

const ALL = [
  ...['settings', 'schedule', 'escalation', 'routes', 'tables', 'sign-in', 'token', 'referrals', 'role', 'clock'],
  ...['secrets', 'on-call'],
  'channel:teams',
  ...['channel:email', 'channel:oncall-teams', 'channel:oncall-email', 'channel:pager'],
  ...['channel:operator-teams', 'channel:operator-email'],
];

let tables: Tables;
let authority: Authority;
let api: ReferralsApi;
let teams: TeamsSink;
let mail: MailSink;
let pager: PagerSink;
let folder: string;
beforeAll(async () => {
  tables = await createTables();
});
afterAll(() => tables.close());
beforeEach(async () => {
  authority = await createAuthority();
  [api, teams, mail, pager] = await Promise.all([
    createReferralsApi({ referrals: seedReferrals(), readToken: authority.readToken }),
    createTeamsSink(),
    createMailSink(),
    createPagerSink(),
  ]);
  folder = mkdtempSync(join(tmpdir(), 'doctor-'));
  writeFileSync(join(folder, 'refresh-token'), authority.issueRefreshToken());
});
afterEach(async () => {
  await Promise.all([authority, api, teams, mail, pager].map(part => part.close()));
  rmSync(folder, { recursive: true, force: true });
});

function settings(changes: Record<string, string> = {}): Record<string, string> {
  const refreshTokenFile = join(folder, 'refresh-token');
  const around = {
    authority,
    referralsApi: api,
    teams,
    mail,
    pager,
    tables,
    onCallCalendar: null,
    refreshTokenFile,
    consoleUrl: null,
  };
  return { ...sandboxSettings(around, {}), OPERATOR_EMAIL_TO: 'operator@example.com', ...changes };
}

async function doctor(changes: Record<string, string> = {}, { send = false } = {}) {
  const source = { env: settings(changes), file: null, trouble: null };
  const checks = await examineSettings(source, { log: keepingLog(), clock: Date.now }, { send });
  for (const check of checks) {
    if (check.state !== 'skipped') expect(check.found).not.toBe('');
    if (check.state === 'failed' || check.state === 'warning') expect(check.cure).toMatch(/^\S.*\.$/s);
  }
  return { checks, text: JSON.stringify(checks), byName: new Map(checks.map(check => [check.name, check])) };
}

const failedOf = ({ checks }: { checks: readonly CheckResult[] }) =>
  checks.filter(check => check.state === 'failed').map(check => check.name);

describe('a set-up that works', () => {
  test('is all well; nobody is told, and nothing is left in the tables', async () => {
    const report = await doctor();
    expect(report.checks.map(({ name, state }) => [name, state])).toEqual(
      ALL.map(name => [name, name === 'on-call' ? 'skipped' : 'ok']),
    );
    expect(report.byName.get('schedule')?.found).toMatch(
      /^0 \*\/15 \* \* \* \*: next \S+:(00|15|30|45):00Z, \S+Z, \S+Z$/,
    );
    expect(report.byName.get('referrals')?.found).toBe('7 pending referrals, all on one page');
    expect([teams.state.posts.length, mail.state.mails.length, pager.state.events.length]).toEqual([0, 0, 0]);
    expect(readFileSync(join(folder, 'refresh-token'), 'utf8').trim()).toBe(authority.newestRefreshToken());
    expect(statSync(join(folder, 'refresh-token')).mode & 0o777).toBe(0o600);

    const service = TableServiceClient.fromConnectionString(tables.connectionString, { allowInsecureConnection: true });
    const names: (string | undefined)[] = [];
    for await (const table of service.listTables()) names.push(table.name);
    expect(names).toEqual(['WatchState']);
    for (const secret of [teams.webhookUrl('sales'), pager.routingKey, 'sandbox-client-secret', '@contoso']) {
      expect(report.text).not.toContain(secret);
    }
    expect(report.text).not.toMatch(/eyJ/);
  });

  test('with --send each channel gets one message with the word test, and the test incident is resolved', async () => {
    const report = await doctor({}, { send: true });
    expect(failedOf(report)).toEqual([]);
    for (const channel of ['sales', 'oncall', 'operator']) {
      expect(teams.posts(channel).map(post => JSON.stringify(post).includes('test'))).toEqual([true]);
    }
    expect(mail.state.mails).toHaveLength(3);
    expect(JSON.stringify(mail.state.mails)).toContain('test');
    expect(pager.state.events).toHaveLength(2);
    expect([...pager.state.incidents.values()]).toMatchObject([{ resolved: true }]);
  });

  test('--json prints the same alone', async () => {
    const { code, stdout, stderr } = await callCommand(command, ['--json'], settings(), folder).ended();
    const report = JSON.parse(stdout) as { ok: boolean; checks: CheckResult[] };
    expect([code, stderr, report.ok]).toEqual([0, '', true]);
    expect(report.checks.map(({ name }) => name)).toEqual(ALL);
  });

  test('plain: a line per check with its mark, exit 0', async () => {
    const { code, stdout } = await runCommand('doctor', [], settings(), folder).ended();
    expect(code).toBe(0);
    for (const name of ALL) expect(stdout).toMatch(new RegExp(`^${name === 'on-call' ? '–' : '✓'} ${name} `, 'm'));
    expect(stdout).toContain('All is well.');
  });

  test('the settings file stands in for what the environment lacks', async () => {
    const file = join(folder, 'my.settings.json');
    writeFileSync(file, JSON.stringify({ Values: settings() }));
    const { code } = await callCommand(command, ['--settings', file, '--json'], {}, folder).ended();
    expect(code).toBe(0);
    const none = await callCommand(command, ['--settings', 'none.json', '--json'], {}, folder).ended();
    expect([none.code, JSON.parse(none.stdout).checks[0].found]).toEqual([1, expect.stringContaining('none.json')]);
  });
});

/** A port of loopback that nobody listens on. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise(resolve => server.close(resolve));
  return port;
}

describe('ten planted faults each turn their own row, with a cure that names the way out', () => {
  const partner = ['token', 'referrals', 'role', 'clock'];

  test.each<[string, string, () => Promise<Record<string, string>> | Record<string, string>, RegExp, string[]]>([
    [
      'wrong tenant',
      'sign-in',
      () => ({ PARTNER_TENANT_ID: '00000000-0000-4000-8000-000000000000' }),
      /PARTNER_TENANT_ID/,
      partner,
    ],
    ['bad secret', 'sign-in', () => ({ PARTNER_CLIENT_SECRET: 'wrong' }), /PARTNER_CLIENT_SECRET/, partner],
    [
      'expired refresh token',
      'sign-in',
      () => {
        authority.setFaults({ inactive: true });
        return {};
      },
      /npm run sign-in/,
      partner,
    ],
    [
      '403 role',
      'referrals',
      () => {
        api.setFaults({ forbidden: true });
        return {};
      },
      /Referrals admin/,
      ['role', 'clock'],
    ],
    [
      'tables unreachable',
      'tables',
      async () => ({
        TABLES_CONNECTION_STRING: tables.connectionString.replace(new URL(tables.url).port, String(await closedPort())),
      }),
      /TABLES_CONNECTION_STRING/,
      [],
    ],
    [
      'webhook 404',
      'channel:teams',
      () => {
        teams.setFaults({ gone: true }, 'sales');
        return {};
      },
      /TEAMS_WEBHOOK_URL/,
      [],
    ],
    [
      'SMTP refused',
      'channel:email',
      async () => ({ SMTP_URL: `smtp://127.0.0.1:${await closedPort()}` }),
      /SMTP_URL/,
      ['channel:oncall-email', 'channel:operator-email'],
    ],
    ['bad schedule', 'schedule', () => ({ POLL_SCHEDULE: 'every 5 minutes' }), /POLL_SCHEDULE/, []],
    [
      'clock 10 minutes off',
      'clock',
      () => {
        api.setFaults({ dateSkewMinutes: 10 });
        return {};
      },
      /clock/,
      [],
    ],
    [
      'connector URL of the ended service',
      'settings',
      () => ({ TEAMS_WEBHOOK_URL: 'https://contoso.webhook.office.com/webhookb2/x' }),
      /Workflows webhook/,
      ['channel:teams'],
    ],
  ])('%s', async (_, row, plant, cure, skippedRows) => {
    const report = await doctor(await plant(), { send: true });
    expect(report.checks.map(check => check.name)).toEqual(ALL);
    expect(failedOf(report)).toEqual([row]);
    expect(report.byName.get(row)?.cure).toMatch(cure);
    const skipped = report.checks.filter(({ name, state }) => state === 'skipped' && name !== 'on-call');
    expect(skipped.map(check => check.name)).toEqual(skippedRows);
  });

  test('several bad settings are named all at once', async () => {
    const report = await doctor({ PARTNER_CLIENT_ID: 'x', EMAIL_FROM: '', DIGEST_ABOVE: 'many', POLL_SCHEDULE: '*' });
    expect(failedOf(report)).toEqual(['settings', 'schedule']);
    for (const name of ['PARTNER_CLIENT_ID', 'EMAIL_FROM', 'DIGEST_ABOVE']) {
      expect(report.byName.get('settings')?.found).toContain(name);
    }
    expect(report.byName.get('settings')?.found).not.toContain('POLL_SCHEDULE');
  });
});

describe('more that a set-up can lack', () => {
  test('no MFA is the token’s, and Partner Center is not asked', async () => {
    authority.setFaults({ noMfa: true });
    const report = await doctor();
    expect(failedOf(report)).toEqual(['token']);
    expect(api.requests).toEqual([]);
  });

  test('another audience', async () => {
    const scope = 'https://graph.example.com/User.Read offline_access';
    expect(failedOf(await doctor({ PARTNER_SCOPE: scope }))).toEqual(['token']);
  });

  test('a role that sees nothing is a warning; a secret that ends soon too', async () => {
    api.setFaults({ listHidden: true });
    const soon = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10);
    const report = await doctor({ PARTNER_CLIENT_SECRET_EXPIRES_ON: soon });
    expect(failedOf(report)).toEqual([]);
    expect(report.checks.filter(check => check.state === 'warning').map(check => check.name)).toEqual([
      'role',
      'secrets',
    ]);
    expect(report.byName.get('secrets')?.cure).toContain('PARTNER_CLIENT_SECRET');
  });

  test('without a secret the sign-in is skipped outside Azure, and says who can check it', async () => {
    const report = await doctor({ PARTNER_CLIENT_SECRET: '' });
    expect(failedOf(report)).toEqual([]);
    expect(report.byName.get('sign-in')).toMatchObject({
      state: 'skipped',
      found: expect.stringContaining('--app URL'),
    });
    expect(report.byName.get('tables')?.state).toBe('ok');
    const { code, stdout } = await callCommand(command, [], settings({ PARTNER_CLIENT_SECRET: '' }), folder).ended();
    expect(code).toBe(0);
    expect(stdout).not.toContain('All is well.');
    expect(stdout).toMatch(/^– referrals +not looked at: it needs one that failed or was not looked at itself$/m);
    expect(stdout).toMatch(/No fault was found, but what – stands at was not looked at\.\n$/);
  });

  test('a calendar of holidays and an outside watch that are away are warned of, and nothing of their addresses is shown', async () => {
    const away = 'http://127.0.0.1:1/very-secret';
    const report = await doctor({
      ...{ HOLIDAYS_CALENDAR_URL: away, HEARTBEAT_URL: away },
      WORKING_HOURS: 'Mon-Fri 09:00-17:00',
    });
    const { state, found, cure } = report.byName.get('escalation') ?? {};
    expect(state).toBe('warning');
    expect(found).toMatch(/calendar of holidays cannot be read.*outside watch cannot be reached/);
    expect(cure).toMatch(/HOLIDAYS_CALENDAR_URL.*HEARTBEAT_URL/);
    expect(report.text).not.toContain('very-secret');
  });

  test('a client secret whose day has passed has ended', async () => {
    const report = await doctor({ PARTNER_CLIENT_SECRET_EXPIRES_ON: '2026-01-31' });
    expect(failedOf(report)).toEqual(['secrets']);
    expect(report.byName.get('secrets')).toMatchObject({
      found: expect.stringContaining('ended'),
      cure: expect.stringContaining('PARTNER_CLIENT_SECRET'),
    });
  });

  test('a refresh token that cannot be saved', async () => {
    const report = await doctor({ REFRESH_TOKEN_FILE: join(folder, 'refresh-token', 'beneath-a-file') });
    expect(failedOf(report)).toEqual(['sign-in']);
  });

  test('a reader that goes away early hears no complaint', async () => {
    const script = new URL('../../src/commands/doctor.ts', import.meta.url).pathname;
    const pipe = `"${process.execPath}" "${script}" --settings nowhere.json | true`;
    expect((await promisify(execFile)('sh', ['-c', pipe])).stderr).toBe('');
  });

  test('an unknown option says so', async () => {
    const { code, stderr } = await callCommand(command, ['--jason'], settings(), folder).ended();
    expect([code, stderr]).toEqual([1, expect.stringContaining('--jason')]);
  });
});
