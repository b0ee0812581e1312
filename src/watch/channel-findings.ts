import type { Instant } from '../base/instant.ts';
import type { Outcome } from '../model/channel.ts';
import { channelName } from '../model/channel-names.ts';
import type { ChannelState } from '../model/channel-state.ts';
import type { Waiting } from '../model/waiting.ts';
import type { Finding } from './troubles.ts';

/** One try on one channel. */
export interface Try {
  readonly channel: string;
  readonly outcome: Outcome;
}

export interface ChannelsSeen {
  readonly channels: readonly string[];
  readonly tries: readonly Try[];
  readonly states: ReadonlyMap<string, ChannelState>;
  readonly waiting: readonly Waiting[];
  readonly now: Instant;
}

/** Something that waits for so long, in milliseconds, is a trouble and no hiccup. */
const PATIENCE_MS = 20 * 60_000;

/** What a poll says about its channels: one trouble a channel, however many leads met it. */
export function channelFindings({ channels, tries, states, waiting, now }: ChannelsSeen): Finding[] {
  return channels.flatMap(id => {
    const all = waiting.filter(({ channel }) => channel === id);
    const here = all.filter(({ forSome }) => !forSome);
    const slow = all.find(({ forSome, since }) => forSome && now - since >= PATIENCE_MS);
    const outcomes = tries.filter(({ channel }) => channel === id).map(({ outcome }) => outcome);
    return [ofChannel(id, states.get(id) ?? {}, here, now), ofMessages(id, here), ...ofRecipients(id, outcomes, slow)];
  });
}

function ofChannel(id: string, state: ChannelState, here: readonly Waiting[], now: Instant): Finding {
  const key = `channel:${id}` as const;
  const name = channelName(id);
  const late = here.filter(({ since, rejected }) => !rejected && now - since >= PATIENCE_MS);
  if (state.refusing) {
    const { reason } = state.refusing;
    return {
      key,
      ok: false,
      title: `${name} takes nothing from us`,
      text: `${reason}. ${leads(here)}. One message is tried within the hour; once it is taken, the rest follows. ${cureOf(reason)}`,
    };
  }
  if (late.length > 0) {
    return {
      key,
      ok: false,
      title: `${name} cannot be reached`,
      text: `${late[0]?.reason ?? 'No answer'}. ${leads(here)}; they are tried again at least every hour. Check the channel, and answer these referrals in Partner Center.`,
    };
  }
  if (state.silentSince !== undefined) {
    return {
      key,
      ok: false,
      title: `${name} does not answer in time`,
      text: 'It may have what we send, but does not say so. Each message goes there once until it answers in time again. A flow with a response action answers only when it has run: remove that action.',
    };
  }
  if (state.endlessSince !== undefined) {
    return {
      key,
      ok: false,
      title: `${name} does not say what became of its mails`,
      text: 'The service accepted mails an hour ago and has named no end since. They are sent anew once, marked as perhaps a repeat. Look at the service in the portal.',
    };
  }
  return { key, ok: true };
}

/** What is refused in every form is about the message, so it accuses no channel. */
function ofMessages(id: string, here: readonly Waiting[]): Finding {
  const key = `message:${id}` as const;
  const rejected = here.filter(waiting => waiting.rejected);
  if (rejected.length === 0) return { key, ok: true };
  return {
    key,
    ok: false,
    title: `${channelName(id)} rejects a message, also in its plainest form`,
    text: `${rejected[0]?.reason ?? 'No reason given'}. ${leads(rejected)}; they are tried again every hour. Answer these referrals in Partner Center.`,
  };
}

function ofRecipients(id: string, outcomes: readonly Outcome[], slow: Waiting | undefined): Finding[] {
  const key = `recipients:${id}` as const;
  if (slow) {
    return [
      {
        key,
        ok: false,
        title: `${channelName(id)} does not reach some of its recipients yet`,
        text: `The mail server puts them off (${slow.reason ?? 'no reason given'}). The others have the mail; these get it by themselves, tried at least every hour. If it lasts, correct the recipients in the settings.`,
      },
    ];
  }
  const delivered = outcomes.filter(outcome => outcome.state === 'delivered');
  const most = Math.max(0, ...delivered.map(({ recipients }) => recipients?.never.length ?? 0));
  if (most === 0) return delivered.some(({ recipients }) => !recipients) ? [{ key, ok: true }] : [];
  const reason = delivered.find(({ recipients }) => recipients?.never.length === most)?.recipients?.reason;
  return [
    {
      key,
      ok: false,
      title: `${channelName(id)} does not reach ${most === 1 ? 'one recipient' : `${most} recipients`}`,
      text: `The mail server refuses ${most === 1 ? 'an address' : `${most} addresses`} for good (${reason}). The others have the mail. Correct the recipients in the settings.`,
    },
  ];
}

function cureOf(reason: string): string {
  if (reason.includes('WorkflowTriggerIsNotEnabled')) return 'Switch the flow on again in Power Automate.';
  if (reason.includes('no TLS')) return 'The mail server must offer STARTTLS; nothing is sent in the clear.';
  if (reason.includes('login refused')) return 'Check user and password in SMTP_URL.';
  if (reason.includes('DomainNotLinked')) return 'Verify the domain and link it to the service.';
  return 'Check its address and its rights with the doctor, and answer these referrals in Partner Center meanwhile.';
}

function leads(waiting: readonly Waiting[]): string {
  const count = new Set(waiting.map(({ referralId }) => referralId)).size;
  if (count === 0) return 'No lead waits for it now';
  return count === 1 ? 'One lead waits for it' : `${count} leads wait for it`;
}
