import { type Bot, createBot } from '../channels/bot/bot.ts';
import type { BotRequest } from '../channels/bot/verify-caller.ts';
import type { CardView } from '../channels/card-parts.ts';
import { detailCard } from '../channels/detail-card.ts';
import type { CheckpointStore } from '../checkpoints/checkpoint-store.ts';
import { createConversationStore } from '../checkpoints/conversations.ts';
import { openTable, type TablesLocation } from '../checkpoints/tables.ts';
import { type HttpAnswer, json, problem } from '../http-answer.ts';
import type { Clock } from '../instant.ts';
import type { Log } from '../log.ts';
import type { ReferralsClient } from '../referrals/client.ts';
import { ReferralNotFoundError } from '../referrals/errors.ts';
import type { Settings } from '../settings.ts';
import type { WatchStore } from '../watch/watch-state.ts';

export interface AppBotDeps {
  readonly referrals: Pick<ReferralsClient, 'get'>;
  readonly checkpoints: CheckpointStore;
  readonly watch: Pick<WatchStore, 'read'>;
  readonly tables: TablesLocation;
  readonly view: CardView;
  readonly clock: Clock;
  readonly log: Log;
}

/** The Teams bot, wired to what the rest of the app knows; null when no bot is set. */
export function createAppBot(settings: Settings, deps: AppBotDeps): Bot | null {
  if (!settings.bot) return null;
  const { referrals, checkpoints, view } = deps;
  return createBot({
    ...settings.bot,
    steps: settings.steps,
    claimExpiresAfterMs: settings.claimExpiresAfterMs,
    onCall: settings.onCall.emailTo,
    conversations: createConversationStore(openTable(deps.tables, 'TeamsConversations')),
    checkpoints,
    view,
    async fetchReferral(id) {
      try {
        return await referrals.get(id, { retry: false });
      } catch (error) {
        if (error instanceof ReferralNotFoundError) return null;
        throw error;
      }
    },
    detailCard: (referral, { expiry, deliveries }, now) => detailCard(referral, expiry, deliveries, now, view),
    watch: () => deps.watch.read(),
    clock: deps.clock,
    log: deps.log,
  });
}

/** Answers what Teams sends; without a bot there is nothing here. */
export async function botMessages(bot: Bot | null, call: BotRequest): Promise<HttpAnswer> {
  if (!bot) return problem(404, 'Not found', 'No bot is set up here.');
  const { status, body } = await bot.handle(call);
  if (status === 401)
    return problem(401, 'Not allowed', 'A token of Teams is needed.', { 'www-authenticate': 'Bearer' });
  return json(status, body ?? {});
}
