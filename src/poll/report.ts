import type { LogFields } from '../base/log.ts';
import type { ChannelStates } from '../model/channel-state.ts';
import type { Finding } from '../watch/troubles.ts';
import type { Figures, Soon } from './tally.ts';
import type { Told } from './tell.ts';
import type { Walk } from './walk.ts';

/** What a poll did. */
export interface Work {
  readonly told: readonly Told[];
  /** The ids of all channels of this poll. */
  readonly channels: readonly string[];
  readonly figures: Figures & { readonly channels: ChannelStates; readonly untold: number };
  readonly soon: Soon;
  readonly findings: readonly Finding[];
  /** Our account may not see what is pending. */
  readonly blind: boolean;
  /** Whether an id that was not listed is kept as pending all the same. */
  readonly isOpen: (referralId: string) => boolean;
}

export interface PollReport {
  /** Why the invocation fails; null when it does not. */
  readonly reason: string | null;
  /** Null when the checkpoints could not be used. */
  readonly figures: Work['figures'] | null;
  /** The heartbeat line. */
  readonly fields: LogFields;
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
      listed: walk.listed,
      pending: figures?.pending ?? null,
      ...work?.soon,
      ...counts(told),
      undelivered: figures?.undelivered ?? null,
      untold: figures?.untold ?? null,
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
    gone: kinds('gone'),
    retried: told.filter(({ outcome }) => outcome.state === 'retry' || outcome.state === 'doubtful').length,
    rejected: told.filter(({ outcome }) => outcome.state === 'rejected' || outcome.state === 'refused').length,
  };
}
