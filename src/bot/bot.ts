import { once } from '../base/once.ts';
import { boundOf } from '../model/conversation-store.ts';
import type { BoundChannel } from './bot-channel.ts';
import type { BotOptions } from './ports.ts';
import type { BotAnswer, BotRuntime } from './runtime.ts';
import type { BotRequest } from './verify-caller.ts';

export interface Bot {
  /** Answers `POST /api/messages`. Nothing of the bot runs for a caller that is refused. */
  handle(request: BotRequest): Promise<BotAnswer>;
  /** One channel for each conversation that is bound and not deleted, as they stand now; none: nobody hears of it. */
  channels(): Promise<BoundChannel[]>;
  /** Whether it gets a token for its own identity. */
  hasIdentity(): Promise<boolean>;
}

/** The Teams bot. Costs next to nothing until the first message comes in or goes out. */
export function createBot(options: BotOptions): Bot {
  const callerCheck = once(async () => {
    const { createTeamsCallerCheck } = await import('./verify-caller.ts');
    return createTeamsCallerCheck(options);
  });
  const runtime = once(async (): Promise<BotRuntime> => {
    const { createBotRuntime } = await import('./runtime.ts');
    return createBotRuntime(options);
  });
  const channelDeps = {
    onCall: options.onCall,
    steps: options.steps,
    view: options.view,
    gateway: async () => (await runtime()).gateway,
    handlingOf: async (referralId: string) => (await options.checkpoints.find(referralId)) ?? {},
  };

  return {
    async handle(request) {
      const verify = await callerCheck();
      const caller = await verify(request);
      if (!caller.ok) {
        options.log.warn('bot.caller-refused', { status: caller.status, reason: caller.reason });
        return { status: caller.status };
      }
      return await (await runtime()).answer(caller.activity);
    },
    async channels() {
      const [conversations, { createBotChannel }] = await Promise.all([
        options.conversations.list(),
        import('./bot-channel.ts'),
      ]);
      return boundOf(conversations).map(conversation => createBotChannel(conversation, channelDeps));
    },
    async hasIdentity() {
      const { getsToken } = await import('./identity.ts');
      return getsToken(options);
    },
  };
}
