import type { Outcome } from '../model/channel.ts';
import type { Environment } from '../settings/reader.ts';
import type { ChannelUnderTest } from './set-up.ts';
import { failed, ok, type Verdict, warning } from './verdict.ts';

interface Advice {
  /** The setting that switches the channel on. */
  readonly setting: string;
  readonly cure: string;
}

const webhook = (setting: string): Advice => ({
  setting,
  cure: `Create the Workflows webhook of that channel in Teams anew and put its address into ${setting}.`,
});
const mail = (setting: string): Advice => ({
  setting,
  cure: `Check SMTP_URL (host, port, user, password), or ACS_ENDPOINT and the identity's right to send with it; then EMAIL_FROM and ${setting}.`,
});

/** The checks of channels in their order. */
const ADVICE: Readonly<Record<string, Advice>> = {
  teams: webhook('TEAMS_WEBHOOK_URL'),
  email: mail('EMAIL_TO'),
  bot: {
    setting: 'BOT_APP_ID',
    cure: 'Check BOT_APP_ID: it must be the client id of a managed identity of this function app, which is known in Azure only; with BOT_APP_TYPE SingleTenant check BOT_TENANT_ID and BOT_APP_PASSWORD too. Then see whether the app is still installed in that team.',
  },
  'oncall-teams': webhook('ONCALL_TEAMS_WEBHOOK_URL'),
  'oncall-email': mail('ONCALL_EMAIL_TO'),
  pager: {
    setting: 'ONCALL_PAGER_KEY',
    cure: 'Check ONCALL_PAGER_KEY, the integration key of an Events API v2 integration, and ONCALL_PAGER_URL.',
  },
  'operator-teams': webhook('OPERATOR_TEAMS_WEBHOOK_URL'),
  'operator-email': mail('OPERATOR_EMAIL_TO'),
};

/** The channels that somebody wanted, whether or not their settings are well. */
export function channelsSet(env: Environment): readonly string[] {
  return Object.entries(ADVICE).flatMap(([id, { setting }]) => ((env[setting]?.trim() ?? '') === '' ? [] : [id]));
}

/** The channels that nobody wanted. */
export function channelsNotSet(env: Environment): readonly string[] {
  const set = channelsSet(env);
  return Object.keys(ADVICE).filter(id => !set.includes(id));
}

export async function checkChannel(channel: ChannelUnderTest, send: boolean): Promise<Verdict> {
  const looked = await channel.probe();
  const verdict = send && looked.state !== 'failed' ? sent(await channel.send(), looked) : looked;
  if (verdict.state !== 'failed' || verdict.cure !== '') return verdict;
  return { ...verdict, cure: cureOf(channel.id, verdict.found) };
}

const NO_PASSWORDS = /5\.7\.139|5\.7\.30\b/;

function cureOf(id: string, found: string): string {
  if (NO_PASSWORDS.test(found)) {
    return 'Microsoft no longer takes passwords here: send through Azure Communication Services (ACS_ENDPOINT), or through a relay that takes mail from this app.';
  }
  return ADVICE[id]?.cure ?? '';
}

function sent(outcomes: readonly Outcome[], looked: Verdict): Verdict {
  // A bot that is bound nowhere has nowhere to send to.
  if (outcomes.length === 0) return looked;
  for (const outcome of outcomes) {
    if (outcome.state === 'accepted')
      return warning('the test message is on its way, its end is not known yet', 'See whether it arrives.');
    if (outcome.state !== 'delivered') return failed(`the test message was not taken (${outcome.reason})`, '');
  }
  return ok(
    outcomes.length === 1 ? 'a test message was taken' : `a test message was taken in ${outcomes.length} places`,
  );
}
