import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createApp } from '../../src/app/app.ts';
import type { App } from '../../src/app/app-port.ts';
import { openTable } from '../../src/azure/tables.ts';
import type { TimeLimits } from '../../src/base/given.ts';
import { createAuthority } from '../sandbox/authority/authority.ts';
import { createSandboxClock } from '../sandbox/clock.ts';
import { createMailSink } from '../sandbox/mail-sink/mail-sink.ts';
import { createPagerSink } from '../sandbox/pager-sink/pager-sink.ts';
import { createReferralsApi, type ReferralsApiOptions } from '../sandbox/referrals-api/referrals-api.ts';
import { createTables } from '../sandbox/tables.ts';
import { createTeamsSink } from '../sandbox/teams-sink/teams-sink.ts';
import { keepingLog } from './keeping-log.ts';

/** In memory where there is such a folder: a saved refresh token waits for the disk, and a story saves one for each of its hours. */
const FOLDERS = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

export interface WorldOptions extends Pick<ReferralsApiOptions, 'pageSize' | 'nextLink'> {
  /** Asked when the clock stands right: referrals are made relative to it. */
  readonly referrals?: () => ReferralsApiOptions['referrals'] & object;
  /** Where the clock starts, as ISO text, not before today. A Monday morning unless given. */
  readonly now?: string;
  /** Settings over those that point at the world; an empty one means none. */
  readonly settings?: Readonly<Record<string, string>>;
}

/**
 * The whole app between real servers on loopback, with a clock that the test turns.
 * `Date` of this process belongs to the world until it is closed.
 */
export async function createWorld(options: WorldOptions = {}) {
  const time = createSandboxClock();
  time.moveTo(Date.parse(options.now ?? '2027-03-01T09:00:00Z'));
  const folder = await mkdtemp(path.join(FOLDERS, 'referral-alerts-'));
  const authority = await createAuthority();
  const { pageSize, nextLink } = options;
  const [api, teams, mail, pager, tables] = await Promise.all([
    createReferralsApi({
      referrals: options.referrals?.() ?? [],
      readToken: authority.readToken,
      ...(pageSize !== undefined && { pageSize }),
      ...(nextLink && { nextLink }),
    }),
    createTeamsSink(),
    createMailSink(),
    createPagerSink(),
    createTables(),
  ]);
  const refreshTokenFile = path.join(folder, 'refresh-token');
  await writeFile(refreshTokenFile, authority.issueRefreshToken(), { mode: 0o600 });
  const log = keepingLog();

  const env: Record<string, string> = {
    POLL_SCHEDULE: '0 */5 * * * *',
    REFERRALS_API_URL: api.baseUrl,
    PARTNER_TENANT_ID: authority.tenantId,
    PARTNER_CLIENT_ID: authority.state.clients[0]?.clientId ?? '',
    PARTNER_CLIENT_SECRET: authority.state.clients[0]?.secret ?? '',
    PARTNER_AUTHORITY_URL: authority.url,
    REFRESH_TOKEN_FILE: refreshTokenFile,
    TABLES_CONNECTION_STRING: tables.connectionString,
    TEAMS_WEBHOOK_URL: teams.webhookUrl('sales'),
    ONCALL_TEAMS_WEBHOOK_URL: teams.webhookUrl('oncall'),
    OPERATOR_TEAMS_WEBHOOK_URL: teams.webhookUrl('operator'),
    EMAIL_TO: 'sales@contoso.example.com',
    EMAIL_FROM: 'referral-alerts@contoso.example.com',
    SMTP_URL: mail.url,
    ...options.settings,
  };
  /** A new process's worth of the app: nothing remembered but what is in the tables. */
  const startApp = (over: Readonly<Record<string, string>> = {}, limits: TimeLimits = {}): App =>
    createApp({ ...env, ...over }, { log, clock: () => Date.now(), limits });
  let app = startApp();

  return {
    api,
    authority,
    teams,
    mail,
    pager,
    tables,
    log,
    env,
    startApp,
    get app() {
      return app;
    },
    restart(over: Readonly<Record<string, string>> = {}, limits: TimeLimits = {}) {
      app = startApp(over, limits);
    },
    advance(milliseconds: number) {
      time.moveTo(Date.now() + milliseconds);
    },
    moveTo(instant: string) {
      time.moveTo(Date.parse(instant));
    },
    /** One poll; the error it failed with, or null. */
    async poll(): Promise<Error | null> {
      try {
        await time.hurry(() => app.poll());
        return null;
      } catch (error) {
        return error as Error;
      }
    },
    /** All rows of all tables of the app, as text. */
    async tableText(): Promise<string> {
      const rows: unknown[] = [];
      for (const name of ['ReferralCheckpoints', 'WatchState']) {
        const table = openTable({ connectionString: tables.connectionString }, name);
        for await (const row of table.listEntities()) rows.push(row);
      }
      return JSON.stringify(rows);
    },
    async close() {
      await Promise.allSettled([authority, api, teams, mail, pager, tables].map(part => part.close()));
      time.restore();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type World = Awaited<ReturnType<typeof createWorld>>;
