import type { Surroundings } from '../base/given.ts';
import { once } from '../base/once.ts';
import { VERSION } from '../base/version.ts';
import { createDoctorEndpoint } from '../endpoints/doctor.ts';
import { health } from '../endpoints/health.ts';
import type { SettingProblem } from '../model/setting-problem.ts';
import { dueWarnings } from '../partner-center/sign-in/known-ends.ts';
import { createBlindWatch } from '../poll/blind.ts';
import type { Bulletins } from '../poll/bulletins.ts';
import { poll } from '../poll/poll.ts';
import { createPollMemory } from '../poll/poll-deps.ts';
import { readSettings } from '../settings/read-settings.ts';
import type { Environment } from '../settings/reader.ts';
import { scheduleIntervalMs } from '../settings/schedule.ts';
import type { Settings } from '../settings/settings.ts';
import { createWatch } from '../watch/watch.ts';
import type { App, Work } from './app-port.ts';
import { botMessages } from './bot.ts';
import type { BulletinParts } from './bulletins.ts';
import { fetchHeartbeat } from './heartbeat.ts';
import { openParts } from './parts.ts';
import { alertChannels, fixedChannels, operatorChannels, reportChannels } from './registry.ts';
import { createStoppedApp } from './stopped-app.ts';

/** The app that these settings make: one that polls, or one that only says why it cannot. */
export function createApp(env: Environment, around: Surroundings): App {
  const { needed, other, problems } = readSettings(env);
  // At the first call, because the words of the readers' language are loaded then.
  const work = once(() =>
    needed ? createPollingApp({ ...needed, ...other }, problems, around) : createStoppedApp(other, problems, around),
  );
  const source = { env, file: null, trouble: null };
  // Loaded when it is called: a poll and a start need none of it.
  const examine = async () => (await import('./doctor.ts')).examineSettings(source, around, { send: false });
  return {
    poll: async () => (await work()).poll(),
    detail: async call => (await work()).detail(call),
    health: async () => (await work()).health(),
    messages: async call => (await work()).messages(call),
    doctor: createDoctorEndpoint(examine, around.clock),
  };
}

async function createPollingApp(
  settings: Settings,
  problems: readonly SettingProblem[],
  around: Surroundings,
): Promise<Work> {
  const { log, clock, limits } = around;
  const parts = await openParts(settings, around);
  const { signIn, referrals, checkpoints, watchStore, bot, registry } = parts;
  const { windowDays, heartbeatUrl } = settings;
  const operators = operatorChannels(registry);
  const watch = createWatch({
    store: watchStore,
    operators,
    warnings: now => dueWarnings(signIn.ends(), now),
    tidy: now => checkpoints.eraseClosedBefore(now - settings.retentionMs),
    log,
  });
  const bulletins = await bulletinsFor(settings, { checkpoints, watch, channels: reportChannels(registry), log });
  const blind = createBlindWatch(log);
  const memory = createPollMemory();
  // Loaded by the first who asks: a poll needs none of it.
  const detail = once(async () => (await import('./detail.ts')).createDetail(settings, parts));

  return {
    poll: () =>
      poll({
        referrals,
        tokens: signIn.tokens,
        checkpoints,
        watch,
        settingProblems: problems,
        channels: () => alertChannels(registry),
        policy: { steps: settings.steps, digestAbove: settings.digestAbove, windowDays, rules: settings.rules },
        today: now => parts.today.of(now),
        bulletins,
        heartbeat: heartbeatUrl === null ? null : () => fetchHeartbeat(heartbeatUrl),
        fixed: fixedChannels(registry),
        operators,
        blind,
        memory,
        clock,
        limits,
        log,
      }),
    detail: async call => (await detail())(call),
    messages: call => botMessages(bot, call),
    health: () => {
      const pollIntervalMs = scheduleIntervalMs(settings.pollSchedule, clock());
      const endsSoon = dueWarnings(signIn.ends(), clock()).length > 0;
      return health({ watch: watchStore, pollIntervalMs, endsSoon, version: VERSION, clock });
    },
  };
}

/** What tells summaries and reports, loaded where one of them is set. */
async function bulletinsFor(settings: Settings, bulletinParts: BulletinParts): Promise<Bulletins | null> {
  if (settings.summaryAt === null && settings.report.at === null) return null;
  const { bulletinsOf } = await import('./bulletins.ts');
  return bulletinsOf(settings, bulletinParts);
}
