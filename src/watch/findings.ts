import { type Instant, inWords, MINUTE } from '../base/instant.ts';
import { SignInNeededError } from '../model/errors.ts';
import type { SignInTrouble } from '../model/sign-in-trouble.ts';
import type { Finding } from './troubles.ts';

/** A difference of the clocks, in milliseconds, that changes what a date means. */
export const MOST_SKEW = 10 * MINUTE;

/** What a walk through Partner Center's list says about Partner Center itself. */
export function partnerCenterFinding(failure: Error | null): Finding[] {
  if (!failure) return [{ key: 'partner-center', ok: true }];
  // Without a token nothing was asked of Partner Center: that is the sign-in's trouble.
  if (failure instanceof SignInNeededError) return [];
  return [
    {
      key: 'partner-center',
      ok: false,
      title: 'Partner Center cannot be read',
      text: `${sentence(failure.message)} New leads are not seen until this is over; escalations of known ones go on. Check the status of Partner Center, then run the doctor.`,
    },
  ];
}

/** What keeps us from signing in, whether the walk met it or not. */
export function signInFinding(failure: Error | null, problems: readonly SignInTrouble[]): Finding[] {
  const troubles = failure instanceof SignInNeededError ? [failure.trouble, ...problems] : problems;
  const [worst] = troubles;
  if (!worst) return failure ? [] : [{ key: 'sign-in', ok: true }];
  const title = {
    'sign-in': 'Sign-in to Partner Center is needed',
    'token-store': 'The refresh token cannot be read or saved',
    credential: 'The app registration cannot prove itself',
  }[worst.kind];
  return [{ key: 'sign-in', ok: false, title, text: `${sentence(worst.reason)} ${worst.nextStep}` }];
}

export function setAsideFinding({ setAside, failure }: { setAside: number; failure: Error | null }): Finding[] {
  if (setAside === 0) return failure === null ? [{ key: 'rows', ok: true }] : [];
  const text = `Partner Center lists ${setAside} pending ${setAside === 1 ? 'referral' : 'referrals'} without a usable id: nobody is told of them here. Look at the list in Partner Center itself.`;
  return [{ key: 'rows', ok: false, title: 'Some referrals cannot be watched', text }];
}

/** Whether most of what was pending is hidden from our account, after a walk that came to its end. */
export function visibilityFinding(
  complete: boolean,
  blind: { readonly hidden: number; readonly pending: number } | null,
): Finding[] {
  if (!complete) return [];
  if (!blind) return [{ key: 'visibility', ok: true }];
  const { hidden, pending } = blind;
  return [
    {
      key: 'visibility',
      ok: false,
      title: 'Pending referrals are hidden from our account',
      text: `Partner Center no longer shows ${hidden} of ${pending} pending referrals to the signed-in account. Its role may be lost or narrowed: give it back the role Referrals admin for the whole company. Until then nothing is taken for gone, escalations go on as not confirmed, and new leads may not be seen.`,
    },
  ];
}

/** Pending referrals that nobody in sales has been told of. Which they are only the last resort says. */
export function untoldFinding(untold: number): Finding {
  if (untold === 0) return { key: 'untold', ok: true };
  const which = untold === 1 ? '1 pending referral has' : `${untold} pending referrals have`;
  return {
    key: 'untold',
    ok: false,
    title: `${which} been told to nobody in sales`,
    text: `${which} waited for half an hour or longer, and no sales channel took it. Mend the channels that the other alarms name, or answer in Partner Center. In its last day each is told through whoever is left, on-call and you included.`,
  };
}

/** Leads, and nobody to tell: no sales channel is set, or each refuses. */
export function nobodyListensFinding(
  pending: number,
  sales: { readonly set: number; readonly refusing: number },
): Finding {
  if (pending === 0 || sales.refusing < sales.set) return { key: 'nobody-listens', ok: true };
  const why =
    sales.set === 0
      ? 'No sales channel is set, and the bot is bound to no conversation'
      : sales.set === 1
        ? 'The only sales channel refuses what it is sent'
        : `All ${sales.set} sales channels refuse what they are sent`;
  return {
    key: 'nobody-listens',
    ok: false,
    title: 'Leads are pending and nobody is told of them',
    text: `${why}, while ${pending} ${pending === 1 ? 'referral is' : 'referrals are'} pending. Set TEAMS_WEBHOOK_URL or EMAIL_TO, or say "use this channel" to the bot in a channel; what is pending follows at the next poll.`,
  };
}

/** Conversations that rules name and that nobody has bound the bot to. */
export function routeFinding(unbound: readonly { readonly rule: string; readonly channel: string }[]): Finding {
  if (unbound.length === 0) return { key: 'route', ok: true };
  const which = unbound.map(({ rule, channel }) => `${channel} of rule "${rule}"`);
  const commands = unbound.map(({ channel }) => {
    const name = channel.slice('bot:'.length);
    return name ? `"use this channel for ${name}"` : '"use this channel"';
  });
  return {
    key: 'route',
    ok: false,
    title:
      unbound.length === 1
        ? 'A rule names a conversation that nobody has bound'
        : 'Rules name conversations that nobody has bound',
    text: `${which.join(', ')}. What only ${unbound.length === 1 ? 'it' : 'they'} would hear goes to the catch-all meanwhile. Say ${[...new Set(commands)].join(' or ')} to the bot in the right channel, or change ALERT_ROUTES.`,
  };
}

/** The poll did not end in its time. */
export function timeFinding(isLate: boolean): Finding {
  if (!isLate) return { key: 'time', ok: true };
  return {
    key: 'time',
    ok: false,
    title: 'A poll took longer than eight minutes',
    text: 'It was ended there; what was not told yet is told by the next one. See which call hangs: the other alarms of this poll, or the workbook under calls and durations.',
  };
}

/** How far our clock is off Partner Center's, when it told. */
export function clockFinding(skewMs: number | null): Finding[] {
  if (skewMs === null) return [];
  if (Math.abs(skewMs) <= MOST_SKEW) return [{ key: 'clock', ok: true }];
  const text = `The app's clock is ${inWords(Math.abs(skewMs))} ${skewMs < 0 ? 'ahead of' : 'behind'} Partner Center's. Escalations come too ${skewMs < 0 ? 'early' : 'late'} until it is right; what depends on a date that has passed waits. Restart the app; if that does not help, ask Azure's support.`;
  return [{ key: 'clock', ok: false, title: 'The clock of the app is wrong', text }];
}

/** Rows that could not be read, or not be written as they were. */
export function rowsFinding(
  unreadable: number,
  { bare, inMemory }: { readonly bare: readonly string[]; readonly inMemory: readonly string[] },
): Finding[] {
  const texts = [
    unreadable > 0
      ? `${rows(unreadable)} could not be read: they were told once more, as perhaps a repeat, and written anew. Did somebody edit the table ReferralCheckpoints?`
      : '',
    bare.length > 0 ? `${rows(bare.length)} could only be saved without what people wrote: ${someOf(bare)}.` : '',
    inMemory.length > 0
      ? `${rows(inMemory.length)} the table does not take at all: ${someOf(inMemory)}. They are told and kept in memory, so a restart tells them once more. Look at them in Partner Center.`
      : '',
  ].filter(text => text !== '');
  if (texts.length === 0) return [];
  return [{ key: 'rows', ok: false, title: 'Rows of the checkpoint table make trouble', text: texts.join(' ') }];
}

function rows(count: number): string {
  return count === 1 ? '1 row' : `${count} rows`;
}

function someOf(ids: readonly string[]): string {
  return ids.length > 5 ? `${ids.slice(0, 5).join(', ')} and ${ids.length - 5} more` : ids.join(', ');
}

/** To the minute, as people read it. */
function utc(at: Instant): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** What stopped a poll between the list and the recorded outcomes: nearly always the tables. */
export function failureFinding(
  error: unknown,
  pending: readonly { readonly expiry: { readonly at: Instant } }[] = [],
): Finding {
  const earliest = Math.min(...pending.map(({ expiry }) => expiry.at));
  const listed =
    pending.length > 0
      ? ` ${pending.length} pending, the earliest expires ${utc(earliest)}: leads in their last day are told to on-call and here, answer the others in Partner Center.`
      : '';
  return {
    key: 'tables',
    ok: false,
    title: 'Table Storage cannot be used',
    text: `Checkpoints can neither be read nor written (${causeOf(error)}), so no alert can be sent safely.${listed} Check the storage account, its network rules and the role Storage Table Data Contributor of the app's identity.`,
  };
}

/** What keeps the heartbeat and the known troubles from being read or written, while checkpoints can be. */
export function watchStateFinding(error: unknown): Finding {
  return {
    key: 'watch-state',
    ok: false,
    title: 'The watch state cannot be read or written',
    text: `Leads are told, but the heartbeat is not kept (${causeOf(error)}), so health turns bad. Look at the row watch/state of the table WatchState: if it cannot be mended, delete it; it is made anew.`,
  };
}

/** Closed checkpoints that should be erased are still there. */
export function housekeepingFinding(error: unknown): Finding {
  return {
    key: 'housekeeping',
    ok: false,
    title: 'Old checkpoints cannot be erased',
    text: `What was kept long enough is still in the table ReferralCheckpoints (${causeOf(error)}). It is tried again at every poll. Check the storage account and the role Storage Table Data Contributor of the app's identity.`,
  };
}

/** The name of an error and the status of the answer: nothing that could hold an address. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown failure';
  const { statusCode } = error as { readonly statusCode?: unknown };
  return typeof statusCode === 'number' ? `${error.name} ${statusCode}` : error.name;
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
