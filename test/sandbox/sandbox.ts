import { mkdir, mkdtemp, rm, rmdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildAppFolder } from './app-folder.ts';
import { type Authority, createAuthority } from './authority/authority.ts';
import { createSandboxBot, type SandboxBot } from './bot-connector/sandbox-bot.ts';
import { createSandboxClock, type SandboxClock } from './clock.ts';
import { createDriver, type Driver } from './driver.ts';
import { createFunctionsHost, type FunctionsHost, type TimerOutcome } from './host/host.ts';
import { parseSchedule } from './host/schedule.ts';
import { createListeners } from './listeners.ts';
import { createMailSink, type MailSink } from './mail-sink/mail-sink.ts';
import { createOnCallCalendar } from './on-call-calendar.ts';
import { createPagerSink, type PagerSink } from './pager-sink/pager-sink.ts';
import { createReferralsApi, type ReferralsApi } from './referrals-api/referrals-api.ts';
import { seedReferrals } from './referrals-api/seed.ts';
import { sandboxSettings } from './settings.ts';
import { type CheckpointRow, readCheckpoints } from './table-rows.ts';
import { createTables } from './tables.ts';
import { createTeamsSink, type TeamsSink } from './teams-sink/teams-sink.ts';
import { readUsualAddresses } from './usual-addresses.ts';

const POLL = 'pollReferrals';
/** While polls follow each other, the table is read for the page no oftener than this. */
const READ_EVERY_MS = 400;
const root = fileURLToPath(new URL('../..', import.meta.url));

/** One run of the poll, as the host saw it. */
export interface PollRun extends TimerOutcome {
  readonly id: string;
  readonly at: number;
}

export interface StartOptions {
  /** Address of the page that cards link to; null when nobody looks. */
  readonly consoleUrl: string | null;
  /** An app that is built already; otherwise the sources are built. */
  readonly appFolder?: string;
}

/** Everything that is not Azure or Teams, in this process and on loopback. */
export interface Sandbox {
  /** The environment before the sandbox laid its settings over it. */
  readonly given: Readonly<NodeJS.ProcessEnv>;
  readonly clock: SandboxClock;
  readonly referralsApi: ReferralsApi;
  readonly authority: Authority;
  readonly teams: TeamsSink;
  readonly mail: MailSink;
  readonly pager: PagerSink;
  /** Teams with the bot in it; null when the sales channel is a webhook. */
  readonly bot: SandboxBot | null;
  readonly polls: readonly PollRun[];
  /** Ports of the settings file that somebody else held, so that free ones stand in for them. */
  readonly takenPorts: readonly number[];
  /** Turns the clock; there once the app is started. */
  readonly driver: Driver | null;
  readonly host: FunctionsHost | null;
  /** Rows of the checkpoint table as they stood when the clock last came to rest, or not long ago. */
  readonly checkpoints: readonly CheckpointRow[];
  /** Loads the built functions and points them at the sandbox. Rejects when they do not load. */
  startApp(options: StartOptions): Promise<{ driver: Driver; host: FunctionsHost }>;
  /** Calls back after every change that somebody could see. */
  onChange(listener: () => void): () => void;
  /** Stops and removes everything. Harmless when repeated. */
  close(): Promise<void>;
}

/** A folder of this sandbox's own, where git does not look. */
async function makeFolder(): Promise<string> {
  await mkdir(path.join(root, '.sandbox'), { recursive: true });
  return await mkdtemp(path.join(root, '.sandbox', `run-${process.pid}-`));
}

export interface SandboxOptions {
  readonly bot?: boolean;
  /** Listen where this settings file says, so that commands in another terminal find the sandbox. */
  readonly settingsFile?: string | URL;
  /** Where the clock stands, and stays while polls run; the real time, and passing, unless given. */
  readonly still?: number;
}

/** Starts the emulators on loopback, on free ports unless asked otherwise, and takes over the clock of this process. */
export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const given = { ...process.env };
  const clock = createSandboxClock(options.still);
  const folder = await makeFolder();
  const usual = options.settingsFile ? await readUsualAddresses(options.settingsFile) : null;
  const takenPorts: number[] = [];

  async function listen<T>(port: number | undefined, create: (port: number) => Promise<T>): Promise<T> {
    try {
      return await create(port ?? 0);
    } catch (error) {
      if (port === undefined || (error as { code?: string }).code !== 'EADDRINUSE') throw error;
      takenPorts.push(port);
      return await create(0);
    }
  }

  const authority = await listen(usual?.ports.authority, port => createAuthority({ port }));
  const [referralsApi, teams, mail, pager, onCallCalendar, tables] = await Promise.all([
    listen(usual?.ports.referralsApi, port =>
      // Small pages, so that a broken page has something to break.
      createReferralsApi({ port, referrals: seedReferrals(), pageSize: 5, readToken: authority.readToken }),
    ),
    listen(usual?.ports.teams, port => createTeamsSink({ port, ...(usual ? { queries: usual.webhookQueries } : {}) })),
    listen(usual?.ports.mail, port => createMailSink({ port })),
    listen(usual?.ports.pager, port => createPagerSink({ port, ...(usual ? { routingKey: usual.pagerKey } : {}) })),
    createOnCallCalendar(),
    listen(usual?.ports.tables, port => createTables(port)),
  ]);
  const bot = options.bot ? await createSandboxBot() : null;
  const refreshTokenFile = path.join(folder, 'refresh-token');
  await writeFile(refreshTokenFile, authority.issueRefreshToken(), { mode: 0o600 });

  const listeners = createListeners();
  for (const part of [authority, referralsApi, teams, mail, pager]) part.onChange(listeners.changed);
  bot?.onChange(listeners.changed);
  const polls: PollRun[] = [];
  let checkpoints: readonly CheckpointRow[] = [];
  let stale = false;
  let readAt = 0;
  let app: { driver: Driver; host: FunctionsHost } | null = null;

  async function runPoll(host: FunctionsHost): Promise<void> {
    const at = clock.now();
    const outcome = await host.invokeTimer(POLL);
    referralsApi.expireDue();
    polls.push({ ...outcome, id: String(polls.length + 1), at });
    stale = true;
    if (performance.now() - readAt > READ_EVERY_MS) await refresh();
    listeners.changed();
  }

  async function refresh(): Promise<void> {
    if (!stale) return;
    stale = false;
    checkpoints = await readCheckpoints(tables.connectionString);
    readAt = performance.now();
  }

  async function start({ appFolder, consoleUrl }: StartOptions) {
    const built = path.join(folder, 'app');
    if (!appFolder) await buildAppFolder(built);
    const around = {
      authority,
      referralsApi,
      teams,
      mail,
      pager,
      onCallCalendar,
      tables,
      refreshTokenFile,
      consoleUrl,
    };
    const host = await createFunctionsHost({
      appFolder: appFolder ?? built,
      env: { ...sandboxSettings(around, given), ...bot?.settings },
    });
    await bot?.begin(host.url);
    const schedule = host.functions.find(({ name }) => name === POLL)?.schedule;
    if (!schedule) throw new Error(`The app has no timer named ${POLL}.`);
    const driver = createDriver({
      clock,
      schedule: parseSchedule(schedule),
      runPoll: () => runPoll(host),
      settle: refresh,
      onChange: listeners.changed,
    });
    app = { driver, host };
    return app;
  }

  async function shutDown(): Promise<void> {
    // A build under way would write into the folder after it was removed.
    await starting.catch(() => {});
    app?.driver.stop();
    await app?.host.close({ graceMs: 2_000 });
    const parts = [authority, referralsApi, teams, mail, pager, onCallCalendar, tables, bot];
    await Promise.allSettled(parts.map(part => part?.close()));
    clock.restore();
    await rm(folder, { recursive: true, force: true });
    await rmdir(path.dirname(folder)).catch(() => {});
  }

  let starting: Promise<unknown> = Promise.resolve();
  let closing: Promise<void> | undefined;
  return {
    given,
    clock,
    authority,
    referralsApi,
    teams,
    mail,
    pager,
    bot,
    polls,
    takenPorts,
    get driver() {
      return app?.driver ?? null;
    },
    get host() {
      return app?.host ?? null;
    },
    get checkpoints() {
      return checkpoints;
    },
    startApp(options) {
      const started = start(options);
      starting = started;
      return started;
    },
    onChange: listeners.onChange,
    close() {
      closing ??= shutDown();
      return closing;
    },
  };
}
