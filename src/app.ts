import { ClientSecretPost } from 'openid-client';
import { botMessages, createAppBot } from './app/bot.ts';
import { createChannels } from './app/channels.ts';
import type { BotRequest } from './channels/bot/verify-caller.ts';
import { fillLink } from './channels/link.ts';
import { createCheckpointStore } from './checkpoints/table-store.ts';
import { openTable, type TablesLocation } from './checkpoints/tables.ts';
import { referralDetail } from './detail.ts';
import { health } from './health.ts';
import type { HttpAnswer } from './http-answer.ts';
import { managedIdentity } from './identity.ts';
import type { Clock } from './instant.ts';
import type { Log } from './log.ts';
import type { PollReport } from './poll/report.ts';
import { poll } from './poll.ts';
import { createReferralsClient } from './referrals/client.ts';
import { createFileTokenStore } from './referrals/file-token-store.ts';
import { createAccessTokens } from './referrals/sign-in.ts';
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

export interface Surroundings {
  readonly log: Log;
  readonly clock: Clock;
}

/** The one place where clients are made and wired: each once, so that their connections and tokens are kept. */
export function createApp(settings: Settings, { log, clock }: Surroundings): App {
  const identity = managedIdentity(settings.identityClientId);
  const { apiUrl, filter, linkTemplate, windowDays } = settings.referrals;
  const view = {
    timeZone: settings.timeZone,
    linkFor: (id: string, engagementId: string | null) => fillLink(linkTemplate, id, engagementId),
  };

  const tokens = createAccessTokens({
    ...settings.partner,
    clientAuth: ClientSecretPost(
      settings.partner.credential.kind === 'secret' ? settings.partner.credential.secret : '',
    ),
    store: createFileTokenStore(settings.refreshToken.kind === 'file' ? settings.refreshToken.path : ''),
    log,
    clock,
  });
  const referrals = createReferralsClient({ apiUrl, filter, tokens, log, clock });

  const tables = tablesLocation(settings, identity);
  const checkpoints = createCheckpointStore(openTable(tables, 'ReferralCheckpoints'));
  const watchStore = createWatchStore(openTable(tables, 'WatchState'));

  const { channels, operators } = createChannels(settings, { view, log, clock, identity });
  const bot = createAppBot(settings, { referrals, checkpoints, watch: watchStore, tables, view, log, clock });
  const watch = createWatch({
    store: watchStore,
    operators,
    tidy: now => checkpoints.eraseClosedBefore(now - settings.retentionMs),
    log,
  });

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
    detail: ({ id, accept }) => referralDetail(id, accept, { referrals, checkpoints, windowDays, view, clock, log }),
    messages: call => botMessages(bot, call),
    health: () => {
      const pollIntervalMs = scheduleIntervalMs(settings.pollSchedule, clock());
      return health({ watch: watchStore, pollIntervalMs, version: VERSION, clock });
    },
  };
}

function tablesLocation({ tables }: Settings, credential: ReturnType<typeof managedIdentity>): TablesLocation {
  if (tables.kind === 'connection-string') return { connectionString: tables.connectionString };
  return { url: tables.url, credential };
}
