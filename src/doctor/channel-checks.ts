import type { TokenCredential } from '@azure/identity';
import type { Clock } from '../base/instant.ts';
import { createOperatorAcs } from '../channels/acs-email.ts';
import { testPager } from '../channels/pager.ts';
import { createOperatorSmtp, loginSmtp } from '../channels/smtp-email.ts';
import { createOperatorTeams } from '../channels/teams-webhook.ts';
import { silentLog } from '../commands/output.ts';
import type { CardView } from '../messages/view.ts';
import type { OperatorMessage, Outcome } from '../model/channel.ts';
import type { Environment } from '../settings/reader.ts';
import type { EmailSettings, Settings } from '../settings/settings.ts';
import { type Finding, failed, ok } from './check.ts';
import { reach } from './reach.ts';

/** The checks of channels in their order, each with the setting that switches its channel on. */
export const CHANNELS = {
  'channel:teams': 'TEAMS_WEBHOOK_URL',
  'channel:email': 'EMAIL_TO',
  'channel:bot': 'BOT_APP_ID',
  'channel:oncall-teams': 'ONCALL_TEAMS_WEBHOOK_URL',
  'channel:oncall-email': 'ONCALL_EMAIL_TO',
  'channel:pager': 'ONCALL_PAGER_KEY',
  'channel:operator-teams': 'OPERATOR_TEAMS_WEBHOOK_URL',
  'channel:operator-email': 'OPERATOR_EMAIL_TO',
} as const;

export type ChannelCheck = keyof typeof CHANNELS;

export function channelsSet(env: Environment): readonly ChannelCheck[] {
  return (Object.keys(CHANNELS) as ChannelCheck[]).filter(name => (env[CHANNELS[name]]?.trim() ?? '') !== '');
}

export interface ChannelDeps {
  readonly settings: Settings;
  readonly view: CardView;
  readonly identity: TokenCredential;
  readonly clock: Clock;
  /** Whether each channel gets one message; else nobody is written to. */
  readonly send: boolean;
}

export function checkChannel(name: Exclude<ChannelCheck, 'channel:bot'>, deps: ChannelDeps): Promise<Finding> {
  const { teamsWebhookUrl, email, onCall, operator } = deps.settings;
  switch (name) {
    case 'channel:teams':
      return checkWebhook(name, teamsWebhookUrl ?? '', deps);
    case 'channel:oncall-teams':
      return checkWebhook(name, onCall.teamsWebhookUrl ?? '', deps);
    case 'channel:operator-teams':
      return checkWebhook(name, operator.teamsWebhookUrl ?? '', deps);
    case 'channel:email':
      return checkEmail(name, email as EmailSettings, email?.to ?? [], deps);
    case 'channel:oncall-email':
      return checkEmail(name, email as EmailSettings, onCall.emailTo, deps);
    case 'channel:operator-email':
      return checkEmail(name, email as EmailSettings, operator.emailTo, deps);
    case 'channel:pager':
      return checkPager(deps);
  }
}

async function checkWebhook(name: ChannelCheck, url: string, { view, clock, send }: ChannelDeps): Promise<Finding> {
  const cure = `Create the Workflows webhook of that channel in Teams anew and put its address into ${CHANNELS[name]}.`;
  if (!send) return reached(await reach(url), cure);
  return sent(await createOperatorTeams({ id: name, url, view, clock }).tell(testMessage(clock())), cure);
}

async function checkEmail(
  name: ChannelCheck,
  { from, carrier }: EmailSettings,
  to: readonly string[],
  { view, clock, identity, send }: ChannelDeps,
): Promise<Finding> {
  const common = { id: name, to, from, view, clock, log: silentLog };
  if (carrier.kind === 'smtp') {
    const cure = `Check host, port, user and password in SMTP_URL; then EMAIL_FROM and ${CHANNELS[name]}.`;
    if (send)
      return sent(await createOperatorSmtp({ ...common, smtpUrl: carrier.url }).tell(testMessage(clock())), cure);
    return loginSmtp(carrier.url).then(
      () => ok('the mail server takes our login'),
      (error: Error) => failed(`the mail server does not take our login (${error.message})`, cure),
    );
  }
  const cure = `Check ACS_ENDPOINT, that EMAIL_FROM is one of its senders, and that the identity may send with it.`;
  if (send) {
    const channel = createOperatorAcs({ ...common, endpoint: carrier.endpoint, credential: identity });
    return sent(await channel.tell(testMessage(clock())), cure);
  }
  const reason = await reach(carrier.endpoint);
  if (reason !== null) return reached(reason, cure);
  const token = await identity.getToken('https://communication.azure.com/.default').catch(() => null);
  return token ? ok('the address answers and the identity gives a token') : failed('the identity gives no token', cure);
}

async function checkPager({ settings, clock, send }: ChannelDeps): Promise<Finding> {
  const { url = '', key = '' } = settings.onCall.pager ?? {};
  const cure = 'Check ONCALL_PAGER_KEY, the integration key of an Events API v2 integration, and ONCALL_PAGER_URL.';
  return send ? sent(await testPager({ url, key, clock }), cure) : reached(await reach(url), cure);
}

function testMessage(now: number): OperatorMessage {
  return {
    trouble: 'test',
    phase: 'began',
    title: 'This is only a test',
    text: 'Somebody runs the doctor of Referral Alerts. This test message shows that the channel works; there is nothing to do.',
    since: now,
    now,
  };
}

function reached(reason: string | null, cure: string): Finding {
  if (reason === null) return ok('the address answers; nothing was sent (use --send for a test message)');
  return failed(`the address cannot be reached (${reason})`, cure);
}

function sent(outcome: Outcome, cure: string): Finding {
  if (outcome.state === 'delivered') return ok('a test message was taken');
  const reason = outcome.state === 'accepted' ? 'not yet delivered' : outcome.reason;
  return failed(`the test message was not taken (${reason})`, cure);
}
