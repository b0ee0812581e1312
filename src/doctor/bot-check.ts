import type { Conversation, ConversationStore } from '../model/conversation-store.ts';
import type { BotSettings } from '../settings/settings.ts';
import { type Finding, failed, ok, warning } from './check.ts';

const NOBODY = 'Add the app to a team, mention it in a channel there and write: use this channel.';

/** The bot's own identity and where it speaks. What talks to Teams is loaded only here: it is large. */
export async function checkBot(
  bot: BotSettings,
  conversations: Pick<ConversationStore, 'list'>,
  send: boolean,
): Promise<Finding> {
  const cure =
    bot.credential.kind === 'password'
      ? 'Check BOT_APP_ID, BOT_TENANT_ID and BOT_APP_PASSWORD.'
      : 'Check BOT_APP_ID: it must be the client id of a managed identity of this function app. It is known in Azure only.';
  const { createCredentialsFactory } = await import('../bot/identity.ts');
  const credentials = await createCredentialsFactory(bot).createCredentials(bot.appId, '', '', false);
  try {
    // The SDK's type hides what every credential of an app can do.
    await (credentials as unknown as { getToken(): Promise<string> }).getToken();
  } catch {
    return failed('the bot gets no token for its own identity', cure);
  }
  const bound = (await conversations.list()).filter(conversation => conversation.boundAt !== undefined);
  const count = `${bound.length} ${bound.length === 1 ? 'channel' : 'channels'}`;
  if (bound.length === 0) return warning('the bot has its token, but nobody bound a channel yet', NOBODY);
  if (!send) return ok(`the bot has its token and speaks in ${count}; nothing was sent`);
  const refused = await postToAll(bot, bound);
  return refused === null
    ? ok(`a test message was taken in ${count}`)
    : failed(`a test message was not taken (${refused})`, 'See whether the app is still installed in that team.');
}

async function postToAll(bot: BotSettings, bound: readonly Conversation[]): Promise<string | null> {
  const { createBotAdapter } = await import('../bot/adapter.ts');
  const { createTeamsGateway } = await import('../bot/gateway.ts');
  const teams = createTeamsGateway(createBotAdapter(bot));
  const text = 'This is only a test, sent by the doctor of Referral Alerts. There is nothing to do.';
  try {
    for (const conversation of bound)
      await teams.post(conversation, conversation.channel, { summary: 'This is only a test', text });
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : 'unknown reason';
  }
}
