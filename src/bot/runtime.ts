import type { TurnState } from '@microsoft/teams-ai';
// Its index brings along what asks language models: a fifth of the time that loading it takes.
import { Application } from '@microsoft/teams-ai/lib/Application.js';
import type { TurnContext } from 'botbuilder';
import { inTime } from '../base/in-time.ts';
import type { IncomingActivity } from './activity.ts';
import { createBotAdapter } from './adapter.ts';
import { createCommands, greeting } from './commands.ts';
import { isRefusal, reasonOf } from './connector-error.ts';
import { createTeamsGateway, guarded, type Post, type TeamsGateway, toActivity } from './gateway.ts';
import { createInstalls } from './installs.ts';
import { isForBot, isFromBot, placeOf, threadFor } from './place-of.ts';
import type { BotOptions } from './ports.ts';
import { type Answer, type ButtonData, createVerbs, VERBS } from './verbs.ts';

type Incoming = IncomingActivity & { readonly serviceUrl: string };

export interface BotAnswer {
  readonly status: number;
  readonly body?: unknown;
}

/** Everything of the bot that needs the Teams SDK. Loading it takes half a second, so it is loaded at first use. */
export interface BotRuntime {
  readonly gateway: TeamsGateway;
  /** Answers an activity whose caller was verified. */
  answer(activity: Incoming): Promise<BotAnswer>;
}

/** Teams tells whoever pressed a button that the app cannot be reached, after ten to fifteen seconds. */
const ANSWER_MS = 9_000;

export function createBotRuntime(options: BotOptions): BotRuntime {
  const { answerMs = ANSWER_MS } = options;
  const adapter = createBotAdapter(options, options.deliveryMs);
  const gateway = createTeamsGateway(adapter);
  const commands = createCommands(options);
  const installs = createInstalls(options);
  const verbs = createVerbs(options, gateway);
  const app = new Application<TurnState>({
    adapter: adapter.sdk,
    botAppId: options.appId,
    startTypingTimer: false,
    removeRecipientMention: false,
  });

  /** Whoever asked is answered also when the tables are away. */
  function notNow({ type }: Incoming, error: unknown): string {
    options.log.error('bot.turn-failed', { type, reason: reasonOf(error) });
    return options.view.words.bot.didNotWork();
  }

  /** In the thread of what was said; beside it where its channel lets nobody reply. */
  async function answerTo(context: TurnContext, answer: Post): Promise<void> {
    const { conversation } = context.activity;
    const place = placeOf(incoming(context));
    try {
      await guarded(() => context.sendActivity(toActivity(answer)));
    } catch (error) {
      if (!isRefusal(error) || conversation.id === place.channel) throw error;
      await gateway.post(place, place.channel, answer);
    }
  }

  // Teams tells of an edited message as an update of it.
  app.activity(['message', 'messageUpdate'], async context => {
    const activity = incoming(context);
    const { text } = activity as { text?: unknown };
    if (typeof text !== 'string' || !isForBot(activity) || isFromBot(activity)) return;
    const said = { text, by: personOf(activity).id, place: placeOf(activity) };
    const answer = await commands.answer(said).catch(error => {
      const sorry = notNow(activity, error);
      return { text: sorry, summary: sorry };
    });
    await answerTo(context, answer);
  });

  /** What a press brings to the one who pressed; the SDK's types know cards by their interface only. */
  async function answering(activity: Incoming, work: () => Promise<Answer>): Promise<string> {
    try {
      return (await inTime(answerMs, work)) as string;
    } catch (error) {
      return notNow(activity, error);
    }
  }

  for (const verb of VERBS) {
    app.adaptiveCards.actionExecute(verb, async (context, _, data) => {
      const activity = incoming(context);
      const { replyToId } = activity as { replyToId?: unknown };
      const activityId = typeof replyToId === 'string' && replyToId !== '' ? replyToId : null;
      const clicker = { ...personOf(activity), conversationId: placeOf(activity).channel, activityId };
      return await answering(activity, () => verbs.press(verb, (data ?? {}) as ButtonData, clicker));
    });
  }
  app.adaptiveCards.actionExecute('list', (context, _, data) =>
    answering(incoming(context), () => commands.pageCard(Number((data as { page?: unknown } | null)?.page))),
  );

  return {
    gateway,
    async answer(activity) {
      const turn = { ...activity, ...accounts(activity), ...(/^message/.test(activity.type) && inThread(activity)) };
      let failed = false;
      const failing = (error: unknown) => {
        failed = true;
        options.log.error('bot.turn-failed', { type: activity.type, reason: reasonOf(error) });
      };
      const answer = await adapter.answer(turn, async context => {
        const following = () => installs.follow(activity);
        const [greets] = await Promise.all([
          (activity.type === 'invoke' ? inTime(answerMs, following) : following()).catch(failing),
          app.run(context).catch(failing),
        ]);
        if (greets) await guarded(() => context.sendActivity(toActivity(greeting(options.view.words)))).catch(failing);
      });
      if (failed && answer?.body === undefined) return { status: 500 };
      return { status: answer?.status ?? 200, ...(answer?.body !== undefined && { body: answer.body }) };
    },
  };
}

function incoming(context: TurnContext): Incoming {
  return context.activity as unknown as Incoming;
}

function personOf({ from }: Incoming): { id: string; name: string } {
  return { id: from?.aadObjectId ?? from?.id ?? '', name: from?.name ?? '' };
}

/** The SDK takes an activity only with both parties in it. */
function accounts({ from, recipient }: Incoming) {
  return { from: { ...from, id: from?.id ?? 'nobody' }, recipient: { ...recipient, id: recipient?.id ?? 'bot' } };
}

function inThread(activity: Incoming) {
  return { conversation: { ...activity.conversation, id: threadFor(activity) } };
}
