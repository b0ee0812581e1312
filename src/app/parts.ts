import { openTable } from '../azure/tables.ts';
import type { Surroundings } from '../base/given.ts';
import { isKept } from '../calendars/kept-calendar.ts';
import { areDays, areShifts } from '../calendars/refresh.ts';
import { createReferralsClient } from '../partner-center/client.ts';
import type { Settings } from '../settings/settings.ts';
import { createCheckpointStore } from '../storage/checkpoints.ts';
import { createConversationStore } from '../storage/conversations.ts';
import { createKeptStore } from '../storage/kept-calendars.ts';
import { createWatchStore } from '../storage/watch-state.ts';
import { createAppBot } from './bot.ts';
import { CHECKPOINTS, placeOf } from './kept.ts';
import { openPartnerSignIn } from './partner-sign-in.ts';
import { openRegistry } from './registry.ts';
import { createToday } from './today.ts';
import { viewOf } from './view.ts';

export type Parts = Awaited<ReturnType<typeof openParts>>;

/** Everything that the app and the doctor are made of: each once, so that connections and tokens are kept. */
export async function openParts(settings: Settings, around: Surroundings) {
  const { limits = {} } = around;
  const signIn = openPartnerSignIn(settings, around);
  const { identity, tokens } = signIn;
  const { referralsApiUrl: apiUrl, referralsFilter: filter } = settings;
  const referrals = createReferralsClient({ apiUrl, filter, tokens, ...around, timeoutMs: limits.partnerCenter });

  const place = placeOf(settings.tables, identity);
  const watchTable = openTable(place, 'WatchState', limits.tables);
  const today = createToday(settings, {
    shifts: createKeptStore(watchTable, 'shifts', isKept(areShifts)),
    holidays: createKeptStore(watchTable, 'holidays', isKept(areDays)),
  });
  const view = await viewOf(settings, () => today.workingTime());
  const watchStore = createWatchStore(watchTable);
  const checkpoints = createCheckpointStore(openTable(place, CHECKPOINTS, limits.tables));
  const conversations = createConversationStore(openTable(place, 'TeamsConversations', limits.tables));

  const bot = createAppBot(settings, { referrals, checkpoints, conversations, watch: watchStore, view, ...around });
  const registry = openRegistry(settings, { view, identity, bot, ...around });
  return { settings, signIn, today, view, referrals, watchTable, watchStore, checkpoints, bot, registry, ...around };
}
