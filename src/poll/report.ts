import { countUndelivered } from '../alerts/rest.ts';
import type { Checkpoint, Outline } from '../checkpoints/checkpoint.ts';
import { DAY, type Instant } from '../instant.ts';
import type { LogFields } from '../log.ts';
import type { Try } from '../watch/channel-findings.ts';
import type { Told } from './tell.ts';
import type { Walk } from './walk.ts';

/** How the open checkpoints stand after a poll. */
export interface Figures {
  readonly pending: number;
  readonly nextExpiryAt: Instant | null;
  /** Alerts that have not reached a channel that should have them. */
  readonly undelivered: number;
  /** Before this, only what changes needs a look; null when something is outstanding. */
  readonly nextLookAt: Instant | null;
}

/** What a poll did. */
export interface Work {
  readonly told: readonly Told[];
  /** Every answer of a channel, also about what was sent by an earlier poll. */
  readonly tries: readonly Try[];
  readonly figures: Figures;
  readonly soon: ReturnType<typeof expiringSoon>;
}

export interface PollReport {
  /** Why the invocation fails; null when it does not. */
  readonly reason: string | null;
  /** Null when the checkpoints could not be used. */
  readonly figures: Figures | null;
  /** The heartbeat line. */
  readonly fields: LogFields;
}

export function figuresOf(rows: readonly (Checkpoint | Outline)[], now: Instant): Figures {
  let pending = 0;
  let undelivered = 0;
  let nextExpiryAt: Instant | null = null;
  let nextLookAt = Number.POSITIVE_INFINITY;
  for (const row of rows) {
    nextLookAt = Math.min(nextLookAt, row.rest?.until ?? 0);
    // A row at rest has nothing outstanding; not looking into it is what keeps a quiet poll cheap.
    if (!row.rest && 'deliveries' in row) undelivered += countUndelivered(row);
    if (row.exit) continue;
    pending += 1;
    const at = row.expiry.at;
    if (at > now && (nextExpiryAt === null || at < nextExpiryAt)) nextExpiryAt = at;
  }
  return {
    pending,
    nextExpiryAt,
    undelivered,
    nextLookAt: nextLookAt > now && nextLookAt < Infinity ? nextLookAt : null,
  };
}

/** How many pending referrals expire within a day, three and seven: what the workbook draws. */
export function expiringSoon(rows: readonly (Checkpoint | Outline)[], now: Instant) {
  const soon = { within1Day: 0, within3Days: 0, within7Days: 0 };
  for (const { exit, expiry } of rows) {
    if (exit) continue;
    const left = expiry.at - now;
    if (left <= DAY) soon.within1Day += 1;
    if (left <= 3 * DAY) soon.within3Days += 1;
    if (left <= 7 * DAY) soon.within7Days += 1;
  }
  return soon;
}

export function reportOf(
  walk: Walk,
  work: Work | null,
  reason: string | null,
  costs: { readonly listCalls: number; readonly durationMs: number },
): PollReport {
  const figures = work?.figures ?? null;
  const told = work?.told ?? [];
  return {
    reason,
    figures,
    fields: {
      ok: reason === null,
      complete: walk.failure === null,
      listed: walk.found.length,
      pending: figures?.pending ?? null,
      ...work?.soon,
      ...counts(told),
      undelivered: figures?.undelivered ?? null,
      ...costs,
      nextExpiryAt: figures?.nextExpiryAt ? new Date(figures.nextExpiryAt).toISOString() : null,
      reason,
    },
  };
}

function counts(told: readonly Told[]) {
  const delivered = told.filter(({ outcome }) => outcome.state === 'delivered' || outcome.state === 'accepted');
  const alerts = delivered.flatMap(({ planned }) => planned.alerts);
  const kinds = (kind: string) => alerts.filter(({ draft }) => draft.kind === kind).length;
  return {
    told: kinds('new'),
    escalated: kinds('escalation'),
    answered: kinds('answered'),
    expired: kinds('expired'),
    retried: told.filter(({ outcome }) => outcome.state === 'retry').length,
    rejected: told.filter(({ outcome }) => outcome.state === 'rejected').length,
  };
}
