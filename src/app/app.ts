import type { TokenCredential } from '@azure/identity';
import { openTable, type TablesLocation } from '../azure/tables.ts';
import type { Surroundings } from '../base/given.ts';
import { VERSION } from '../base/version.ts';
import type { BotRequest } from '../bot/verify-caller.ts';
import { createCallerCheck } from '../callers/entra.ts';
import { type HttpAnswer, problem } from '../endpoints/answer.ts';
import { referralDetail } from '../endpoints/detail.ts';
import { health } from '../endpoints/health.ts';
import { fillLink } from '../messages/link.ts';
import { en } from '../messages/words/en.ts';
import { createReferralsClient } from '../partner-center/client.ts';
import { dueWarnings } from '../partner-center/sign-in/known-ends.ts';
import { createBlindWatch } from '../poll/blind.ts';
import { poll } from '../poll/poll.ts';
import type { PollReport } from '../poll/report.ts';
import { scheduleIntervalMs } from '../settings/schedule.ts';
import type { Settings } from '../settings/settings.ts';
import { createCheckpointStore } from '../storage/checkpoints.ts';
import { createWatchStore } from '../storage/watch-state.ts';
import { createWatch } from '../watch/watch.ts';
import { botMessages, createAppBot } from './bot.ts';
import { openPartnerSignIn } from './partner-sign-in.ts';
import { createChannels } from './registry.ts';

export interface DetailCall {
  readonly id: string;
  readonly accept: string;
  readonly authorization: string | null;
}

/** What the functions can ask for. */
export interface App {
  poll(): Promise<PollReport>;
  detail(call: DetailCall): Promise<HttpAnswer>;
  health(): Promise<HttpAnswer>;
  /** What Teams sends to the bot. */
  messages(call: BotRequest): Promise<HttpAnswer>;
}

/** The one place where clients are made and wired: each once, so that their connections and tokens are kept. */
export function createApp(settings: Settings, { log, clock }: Surroundings): App {
  const { identity, tokens, ends } = openPartnerSignIn(settings, { log, clock });
  const { apiUrl, filter, linkTemplate, windowDays } = settings.referrals;
  const view = {
    words: en,
    timeZone: settings.timeZone,
    linkFor: (id: string, engagementId: string | null) => fillLink(linkTemplate, id, engagementId),
  };

  const referrals = createReferralsClient({ apiUrl, filter, tokens, log, clock });

  const tables = tablesLocation(settings, identity);
  const checkpoints = createCheckpointStore(openTable(tables, 'ReferralCheckpoints'));
  const watchStore = createWatchStore(openTable(tables, 'WatchState'));

  const { channels, operators } = createChannels(settings, { view, log, clock, identity });
  const bot = createAppBot(settings, { referrals, checkpoints, watch: watchStore, tables, view, log, clock });
  const watch = createWatch({
    store: watchStore,
    operators,
    warnings: now => dueWarnings(ends(), now),
    tidy: now => checkpoints.eraseClosedBefore(now - settings.retentionMs),
    log,
  });

  const blind = createBlindWatch(log);
  const askedAt = new Map<string, number>();
  const callers =
    settings.detailAuth.kind === 'entra' ? createCallerCheck({ ...settings.detailAuth, log, clock }) : null;

  async function detail({ id, accept, authorization }: DetailCall): Promise<HttpAnswer> {
    const verdict = callers ? await callers.check(authorization) : null;
    if (verdict && !verdict.ok) return problem(verdict.status, verdict.title, verdict.detail, verdict.headers);
    return referralDetail(id, accept, { referrals, checkpoints, windowDays, view, clock, log });
  }

  return {
    poll: () =>
      poll({
        referrals,
        tokens,
        checkpoints,
        watch,
        channels: async () => [...channels, ...((await bot?.channels()) ?? [])],
        policy: { steps: settings.steps, digestAbove: settings.digestAbove, windowDays, rules: null },
        today: async () => ({ workingTime: null, stamp: '', findings: [] }),
        fixed: channels,
        operators,
        blind,
        askedAt,
        clock,
        log,
      }),
    detail,
    messages: call => botMessages(bot, call),
    health: () => {
      const pollIntervalMs = scheduleIntervalMs(settings.pollSchedule, clock());
      return health({ watch: watchStore, pollIntervalMs, version: VERSION, clock });
    },
  };
}

function tablesLocation({ tables }: Settings, credential: TokenCredential): TablesLocation {
  if (tables.kind === 'connection-string') return { connectionString: tables.connectionString };
  return { url: tables.url, credential };
}
