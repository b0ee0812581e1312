import type { Instant } from '../base/instant.ts';
import { toDraft } from './draft.ts';
import { type Ended, exitDeliveries, operatorsPart } from './exits.ts';
import type { PlannedAlert } from './messages.ts';
import { plannedAlert } from './planned.ts';
import type { Policy } from './policy.ts';

/** What is due of one referral that has left Pending. */
export interface Concluded {
  readonly alerts: readonly PlannedAlert[];
  /** Once every channel has heard: whether the operator is to hear of it, or nobody any more. */
  readonly left: 'channels' | 'operator' | 'nobody';
}

/**
 * Decides what is due of a referral that has left Pending.
 * @param endedStorms - keys of the shared incidents whose referrals have all left pending
 */
export function conclude(checkpoint: Ended, endedStorms: ReadonlySet<string>, policy: Policy, now: Instant): Concluded {
  const exits = exitDeliveries(checkpoint, policy, now, endedStorms);
  const alerts = exits.flatMap(({ channel, exitDelivery }) => {
    if (typeof exitDelivery !== 'object') return [];
    const { due } = exitDelivery;
    const draft = toDraft(checkpoint, due, { unconfirmedSince: checkpoint.doubtSince ?? null, channel }, now);
    return [plannedAlert(channel, draft, due.reason, checkpoint)];
  });
  if (exits.some(({ exitDelivery }) => exitDelivery !== 'done')) return { alerts, left: 'channels' };
  const part = operatorsPart(checkpoint, now);
  return { alerts, left: part === 'due' ? 'operator' : part === 'done' ? 'nobody' : 'channels' };
}
