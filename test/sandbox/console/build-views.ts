import { customerName, deadline, isPending, type ReferralResource } from '../referrals-api/resource.ts';
import type { PollRun, Sandbox } from '../sandbox.ts';
import { type CheckpointRow, deliveriesOf, readJson } from '../table-rows.ts';
import { isOnCall } from '../told.ts';
import { alertInWords, channelInWords, stateInWords } from './in-words.ts';
import type * as view from './views.ts';

const PLACES: Readonly<Record<string, string>> = { oncall: 'on-call' };
const KEPT_POLLS = 200;

/** What a thing that never changes looks like is made once: the page is told of hundreds of them many times a second. */
function onceFor<T extends object, V>(view: (thing: T, index: number) => V): (thing: T, index: number) => V {
  const made = new WeakMap<T, V>();
  return (thing, index) => {
    const known = made.get(thing) ?? view(thing, index);
    made.set(thing, known);
    return known;
  };
}

export function referralViews(sandbox: Sandbox): view.ReferralView[] {
  const rows = new Map(sandbox.checkpoints.map(row => [row.referralId.toLowerCase(), row]));
  return sandbox.referralsApi.state.referrals
    .map(referral => referralView(referral, rows.get(String(referral.id).toLowerCase())))
    .sort(mostUrgentFirst);
}

function referralView(referral: ReferralResource, row: CheckpointRow | undefined): view.ReferralView {
  const profile = (referral.customerProfile ?? {}) as { address?: { city?: string; country?: string } | null };
  const details = (referral.details ?? {}) as { dealValue?: number | string | null; currency?: string | null };
  const told = row ? deliveriesOf(row).filter(({ state }) => state === 'delivered') : [];
  const deal = typeof referral.name === 'string' ? referral.name.trim() : '';
  return {
    id: String(referral.id),
    customer: customerName(referral) || String(referral.id),
    deal: deal || null,
    kind: referral.type === 'Shared' ? 'Co-sell' : 'Lead',
    state: String(referral.substatus ?? referral.status ?? ''),
    pending: isPending(referral),
    place: [profile.address?.city, profile.address?.country].filter(Boolean).join(', ') || null,
    value: money(Number(details.dealValue ?? Number.NaN), details.currency),
    createdAt: Date.parse(String(referral.createdDateTime)),
    expiresAt: deadline(referral),
    told: [...new Set(told.map(({ channel }) => channelInWords(channel)))].sort(),
    rule: row?.columns.route || null,
  };
}

/** What may expire comes first, the nearest end on top; then what is settled, the newest on top. */
function mostUrgentFirst(a: view.ReferralView, b: view.ReferralView): number {
  if (a.pending !== b.pending) return a.pending ? -1 : 1;
  if (a.pending) return (a.expiresAt ?? Number.MAX_SAFE_INTEGER) - (b.expiresAt ?? Number.MAX_SAFE_INTEGER);
  return (b.createdAt || 0) - (a.createdAt || 0);
}

function money(amount: number, currency: string | null | undefined): string | null {
  if (!Number.isFinite(amount)) return null;
  const rounded = Math.round(amount).toLocaleString('en-GB');
  return currency ? `${rounded} ${currency}` : rounded;
}

/** Cards and pager events together, the newest first. */
export function messageViews(sandbox: Sandbox): view.MessageView[] {
  return [...cardMessages(sandbox), ...botMessages(sandbox), ...pagerMessages(sandbox)]
    .reverse()
    .sort((a, b) => b.at - a.at);
}

type Post = Sandbox['teams']['state']['posts'][number];

const postView = onceFor(({ channel, at, card }: Post, index): view.MessageView => {
  return { id: `webhook-${index}`, place: PLACES[channel] ?? channel, at, editedAt: null, card, page: null };
});

function cardMessages({ teams }: Sandbox): view.MessageView[] {
  return teams.state.posts.map(postView);
}

function botMessages({ bot }: Sandbox): view.MessageView[] {
  return (bot?.cards() ?? []).map(message => ({ ...message, place: 'sales', page: null }));
}

function pagerMessages({ pager }: Sandbox): view.MessageView[] {
  const summaries = new Map<string, string>();
  return pager.state.events.map(({ at, action, dedupKey, event }, index) => {
    const payload = event.payload as { summary?: string } | undefined;
    if (payload?.summary) summaries.set(dedupKey, payload.summary);
    const summary = summaries.get(dedupKey) ?? dedupKey;
    return { id: `page-${index}`, place: 'on-call', at, editedAt: null, card: null, page: { action, summary } };
  });
}

export function mailViews(sandbox: Sandbox): view.MailView[] {
  return sandbox.mail.state.mails.map(mailView).reverse();
}

const mailView = onceFor((mail: Sandbox['mail']['state']['mails'][number], index): view.MailView => {
  return {
    id: String(index),
    at: mail.at,
    from: mail.from,
    to: mail.to.join(', '),
    subject: mail.subject,
    text: mail.text,
    html: mail.html ? `/mail/${index}` : null,
    kind: mail.headers['x-alert-kind'] ?? null,
    audience: isOnCall(mail) ? 'on-call' : 'sales',
  };
});

export function checkpointViews(sandbox: Sandbox): view.CheckpointView[] {
  return sandbox.checkpoints.map(checkpointView);
}

const checkpointView = onceFor((row: CheckpointRow): view.CheckpointView => {
  return {
    id: `${row.partition}/${row.referralId}`,
    referralId: row.referralId,
    partition: row.partition,
    customer: (readJson(row.columns.summary) as { customer?: string | null } | null)?.customer ?? null,
    expiry: row.columns.expiryAt ?? null,
    exit: row.columns.exit ?? null,
    rule: row.columns.route || null,
    deliveries: deliveriesOf(row).map(({ alert, channel, state }) => ({
      state,
      words: [alertInWords(alert), channelInWords(channel), stateInWords(state)].join(' · '),
    })),
    row: row.columns,
  };
});

const COUNTS = ['listed', 'told', 'escalated', 'answered', 'expired', 'retried', 'rejected', 'undelivered'] as const;

export function pollViews(polls: readonly PollRun[]): view.PollView[] {
  return polls.slice(-KEPT_POLLS).map(pollView).reverse();
}

/** What the run's own log says it did: the counts of its report, why it told what it told, and what went wrong. */
const pollView = onceFor((run: PollRun): view.PollView => {
  const events = run.logs.map(line => readJson(line.message) as Record<string, unknown> | null);
  const report = events.find(event => event?.event === 'poll-finished');
  const counts = COUNTS.filter(name => typeof report?.[name] === 'number' && (name === 'listed' || report[name] !== 0));
  const because = new Map<string, number>();
  const troubles = new Set(run.error ? [run.error] : []);
  for (const event of events) {
    if (!event || event === report || typeof event.reason !== 'string' || event.reason === '') continue;
    if (event.outcome === 'delivered') because.set(event.reason, (because.get(event.reason) ?? 0) + 1);
    else troubles.add([event.channel, event.outcome, event.reason].filter(Boolean).join(' '));
  }
  return {
    id: run.id,
    at: run.at,
    ok: run.ok,
    durationMs: run.durationMs,
    counts: counts.map(name => `${name} ${String(report?.[name])}`),
    reasons: [...because].map(([reason, times]) => `${reason} × ${times}`),
    troubles: [...troubles].slice(0, 6),
  };
});
