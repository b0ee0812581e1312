import type { AzureIdentity } from '../azure/identity.ts';
import type { Bot } from '../bot/bot.ts';
import { loginSmtp } from '../channels/smtp-email.ts';
import { reach } from '../doctor/reach.ts';
import { failed, ok, type Verdict, warning } from '../doctor/verdict.ts';
import { isKnownWebhookHost } from '../settings/address-readers.ts';
import type { MailCarrier } from '../settings/settings.ts';

const NOTHING_SENT = 'nothing was sent (a test message: --send, or in Azure npm run azure -- test)';

/** Name, connection and certificate of a webhook; no request goes out. */
export async function probeWebhook(url: string): Promise<Verdict> {
  const trouble = await reach(url);
  if (trouble !== null) return unreachable(trouble);
  if (isKnownWebhookHost(url)) return ok(`the address answers; ${NOTHING_SENT}`);
  return warning(
    'the address answers, but Workflows is not known to have webhooks there',
    'Compare it with the address that the Workflows trigger shows, and see whether a test message arrives: --send, or in Azure npm run azure -- test.',
  );
}

export async function probePager(url: string): Promise<Verdict> {
  const trouble = await reach(url);
  return trouble === null ? ok(`the address answers; ${NOTHING_SENT}`) : unreachable(trouble);
}

/** The login at the mail server, or address and token for Azure Communication Services. */
export async function probeMail(carrier: MailCarrier, identity: AzureIdentity): Promise<Verdict> {
  if (carrier.kind === 'smtp') {
    return loginSmtp(carrier.url).then(
      () => ok('the mail server takes our login'),
      (error: Error) => failed(`the mail server does not take our login (${error.message})`, ''),
    );
  }
  const trouble = await reach(carrier.endpoint);
  if (trouble !== null) return unreachable(trouble);
  const token = await identity.getToken('https://communication.azure.com/.default').catch(() => null);
  return token ? ok('the address answers and the identity gives a token') : failed('the identity gives no token', '');
}

/** The bot's own identity, and where it speaks. */
export async function probeBot(bot: Bot): Promise<Verdict> {
  if (!(await bot.hasIdentity())) return failed('the bot gets no token for its own identity', '');
  const bound = (await bot.channels()).length;
  if (bound === 0) {
    return warning(
      'the bot has its token, but nobody bound a channel yet',
      'Add the app to a team, mention it in a channel there and write: use this channel.',
    );
  }
  return ok(`the bot has its token and speaks in ${bound} ${bound === 1 ? 'channel' : 'channels'}; ${NOTHING_SENT}`);
}

function unreachable(trouble: string): Verdict {
  return failed(`the address cannot be reached (${trouble})`, '');
}
