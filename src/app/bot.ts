import type { Clock } from '../base/instant.ts';
import type { Log } from '../base/log.ts';
import { type Bot, createBot } from '../bot/bot.ts';
import type { BotRequest } from '../bot/verify-caller.ts';
import { type HttpAnswer, json, noBot, problem } from '../endpoints/answer.ts';
import type { CardView } from '../messages/view.ts';
import type { CheckpointStore } from '../model/checkpoint-store.ts';
import type { ConversationStore } from '../model/conversation-store.ts';
import { ReferralNotFoundError } from '../model/errors.ts';
import type { ReferralsClient } from '../model/referral-source.ts';
import type { WatchStore } from '../model/watch-state.ts';
import type { Settings } from '../settings/settings.ts';

export interface AppBotDeps {
  readonly referrals: Pick<ReferralsClient, 'get'>;
  readonly checkpoints: CheckpointStore;
  readonly watch: Pick<WatchStore, 'read'>;
  readonly conversations: ConversationStore;
  readonly view: CardView;
  readonly clock: Clock;
  readonly log: Log;
}

/** The Teams bot, wired to what the rest of the app knows; null when no bot is set. */
export function createAppBot(settings: Settings, deps: AppBotDeps): Bot | null {
  if (!settings.bot) return null;
  const { referrals, checkpoints, view } = deps;
  const { door, ...identity } = settings.bot;
  const bot = createBot({
    ...identity,
    ...(door ?? { openIdMetadataUrl: '', issuer: '', serviceHosts: [] }),
    steps: settings.steps,
    claimExpiresAfterMs: settings.claimExpiresAfterMs,
    onCall: settings.onCall.emailTo,
    conversations: deps.conversations,
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
    async detailCard(referral, known, now) {
      const { detailCard } = await import('../messages/detail-card.ts');
      return detailCard(referral, known, now, view);
    },
    lastPoll: () => deps.watch.read(),
    clock: deps.clock,
    log: deps.log,
  });
  // A door that cannot be checked stays shut; the bot still speaks.
  return door ? bot : { ...bot, handle: async () => ({ status: 503 }) };
}

/** Answers what Teams sends; without a bot there is nothing here. */
export async function botMessages(bot: Bot | null, call: BotRequest): Promise<HttpAnswer> {
  if (!bot) return noBot();
  const { status, body } = await bot.handle(call);
  if (status === 401)
    return problem(401, 'Not allowed', 'A token of Teams is needed.', { 'www-authenticate': 'Bearer' });
  if (status === 503) return problem(503, 'Not set up', 'The bot cannot check who is calling.');
  return json(status, body ?? {});
}
