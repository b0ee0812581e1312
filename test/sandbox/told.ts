import { ON_CALL_ADDRESSES } from './on-call-calendar.ts';
import { customerName } from './referrals-api/resource.ts';
import type { Sandbox } from './sandbox.ts';
import { deliveriesOf } from './table-rows.ts';

/** Somebody took something about a referral. */
export interface Told {
  readonly channel: string;
  readonly at: number;
}

const WEBHOOKS: Readonly<Record<string, string>> = {
  sales: 'teams',
  nordics: 'teams:nordics',
  benelux: 'teams:benelux',
  oncall: 'oncall-teams',
};

/** Settings that, when given from outside, point a channel at a receiver the sandbox cannot look into. */
const FOREIGN: Readonly<Record<string, readonly string[]>> = {
  TEAMS_WEBHOOK_URL: ['teams'],
  ONCALL_TEAMS_WEBHOOK_URL: ['oncall-teams'],
  SMTP_URL: ['email', 'oncall-email'],
  ACS_ENDPOINT: ['email', 'oncall-email'],
  ONCALL_PAGER_URL: ['pager'],
};

/**
 * What the receivers took about each referral, by id: cards, mails and pages that name it. The app's own records
 * count only for receivers that were given from outside, and for rows of a digest, which has no room for ids.
 */
export function toldByReferral(sandbox: Sandbox): Map<string, Told[]> {
  const { given: env, teams, mail, pager, referralsApi, checkpoints } = sandbox;
  const told = new Map<string, Told[]>(referralsApi.state.referrals.map(row => [idOf(row), []]));
  const note = (id: string, channel: string, at: number) => told.get(id.toLowerCase())?.push({ channel, at });

  for (const post of teams.state.posts) {
    const channel = WEBHOOKS[post.channel];
    if (!channel) continue;
    const text = JSON.stringify(post.card).toLowerCase();
    for (const id of told.keys()) if (text.includes(id)) note(id, channel, post.at);
  }
  for (const one of sandbox.bot?.cards() ?? []) {
    const text = JSON.stringify(one.card).toLowerCase();
    for (const id of told.keys()) if (text.includes(id)) note(id, 'bot', one.at);
  }
  for (const one of mail.state.mails) {
    const id = one.headers['x-referral-id'];
    if (id) note(id, mailChannel(one, env), one.at);
  }
  for (const event of pager.state.events) if (event.action === 'trigger') note(event.dedupKey, 'pager', event.at);

  const foreign = new Set([
    ...Object.entries(FOREIGN).flatMap(([name, channels]) => (env[name]?.trim() ? channels : [])),
    ...namedChannels(env, 'TEAMS_WEBHOOK_URL_', 'teams').map(([channel]) => channel),
  ]);
  for (const row of checkpoints) {
    for (const { channel, state, at, digest } of deliveriesOf(row)) {
      if (state === 'delivered' && at !== null && (digest || foreign.has(channel))) note(row.referralId, channel, at);
    }
  }
  return told;
}

/** The channel whose recipients a mail went to. */
function mailChannel(mail: { readonly recipients: readonly string[] }, env: NodeJS.ProcessEnv): string {
  if (isOnCall(mail)) return 'oncall-email';
  const named = namedChannels(env, 'EMAIL_TO_', 'email').find(([, value]) =>
    mail.recipients.every(recipient => value.toLowerCase().includes(recipient.toLowerCase())),
  );
  return named?.[0] ?? 'email';
}

/** Channels that the environment names: `EMAIL_TO_BIG_DEALS` is `email:big-deals`. */
function namedChannels(env: NodeJS.ProcessEnv, prefix: string, kind: string): [channel: string, value: string][] {
  return Object.entries(env).flatMap(([name, value]): [string, string][] => {
    if (!name.startsWith(prefix) || !value?.trim()) return [];
    return [[`${kind}:${name.slice(prefix.length).toLowerCase().replaceAll('_', '-')}`, value]];
  });
}

/** Whether a mail went to those on call, by the addresses that the sandbox sets. */
export const isOnCall = (mail: { readonly recipients: readonly string[] }) =>
  mail.recipients.some(recipient => recipient.startsWith('on-call@') || ON_CALL_ADDRESSES.includes(recipient));

export const idOf = (referral: Readonly<Record<string, unknown>>) => String(referral.id).toLowerCase();

/** The customer's name for people to read, on one line; the id where there is none. */
export const labelOf = (referral: Readonly<Record<string, unknown>>) =>
  customerName(referral).replace(/[\s\p{Cc}]+/gu, ' ') || String(referral.id);
