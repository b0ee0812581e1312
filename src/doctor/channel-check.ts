import type { Outcome } from '../model/channel.ts';
import { channelIdOf, namedSettings } from '../settings/named-channels.ts';
import { isGiven } from '../settings/reader.ts';
import type { ChannelKindUnderTest, ChannelUnderTest, SetUp } from './set-up.ts';
import { failed, ok, type Verdict, warning } from './verdict.ts';

/** The kinds of channels that somebody wanted, whether or not their settings are well. */
export function kindsSet({ kinds, source: { env } }: Pick<SetUp, 'kinds' | 'source'>): readonly ChannelKindUnderTest[] {
  const named = namedSettings({ names: () => Object.keys(env).filter(name => isGiven(env, name)) });
  return kinds.flatMap(kind => [
    ...(isGiven(env, kind.setting) ? [kind] : []),
    ...named
      .filter(one => one.kind === kind.setting)
      .map(one => ({
        ...kind,
        id: channelIdOf(one),
        setting: one.setting,
        cure: kind.cure.replaceAll(kind.setting, one.setting),
      })),
  ]);
}

export async function checkChannel(
  channel: ChannelUnderTest,
  kind: ChannelKindUnderTest,
  send: boolean,
): Promise<Verdict> {
  const looked = await channel.probe();
  const verdict = send && looked.state !== 'failed' ? sent(await channel.send(), looked) : looked;
  if (verdict.state !== 'failed' || verdict.cure !== '') return verdict;
  return { ...verdict, cure: cureOf(kind, verdict.found) };
}

const NO_PASSWORDS = /5\.7\.139|5\.7\.30\b/;

function cureOf({ id, cure }: ChannelKindUnderTest, found: string): string {
  if (NO_PASSWORDS.test(found)) {
    return 'Microsoft no longer takes passwords here: send through Azure Communication Services (ACS_ENDPOINT), or through a relay that takes mail from this app.';
  }
  if (/TLS/.test(found) && id !== 'pager') {
    return `The other side must show a certificate that is trusted for its name: check the address${id.endsWith('email') ? ' in SMTP_URL, and smtps: or smtp: in it,' : ''} or renew the certificate there.`;
  }
  return cure;
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
