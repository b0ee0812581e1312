import type { TokenCredential } from '@azure/identity';
import { botMessages, createAppBot } from './app/bot.ts';
import { createChannels } from './app/channels.ts';
import { openPartnerSignIn } from './app/partner-sign-in.ts';
import type { Surroundings } from './app/surroundings.ts';
import type { BotRequest } from './channels/bot/verify-caller.ts';
import { fillLink } from './channels/link.ts';
import { createCheckpointStore } from './checkpoints/table-store.ts';
import { openTable, type TablesLocation } from './checkpoints/tables.ts';
import { referralDetail } from './detail.ts';
import { createCallerCheck } from './entra-auth.ts';
import { health } from './health.ts';
import { type HttpAnswer, problem } from './http-answer.ts';
import type { PollReport } from './poll/report.ts';
import { poll } from './poll.ts';
import { createReferralsClient } from './referrals/client.ts';
import { dueWarnings } from './referrals/known-ends.ts';
import { scheduleIntervalMs } from './settings/schedule.ts';
import type { Settings } from './settings.ts';
import { VERSION } from './version.ts';
import { createWatch } from './watch/watch.ts';
import { createWatchStore } from './watch/watch-table.ts';

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
        policy: { steps: settings.steps, digestAbove: settings.digestAbove, windowDays },
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
