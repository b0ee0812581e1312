import { isExitName } from '../model/alert-kinds.ts';
import { type Checkpoint, type Delivery, LAST_RESORT } from '../model/checkpoint.ts';
import { wasTold } from './due.ts';

/**
 * The deliveries through which a channel that keeps incidents may have opened one: its own, and those of the last resort, which
 * it hears like everybody else.
 */
export function pagedBy(deliveries: readonly Delivery[], channel: string): Delivery[] {
  return deliveries.filter(
    delivery => delivery.channel === channel || (delivery.channel === LAST_RESORT && !isExitName(delivery.alert)),
  );
}

/** The key of the incident that a channel has, or is to have, of a referral: that of the referral, or a shared one; null for none. */
export function incidentOf(
  { referralId, deliveries }: Pick<Checkpoint, 'referralId' | 'deliveries'>,
  channel: string,
): string | null {
  const here = pagedBy(deliveries, channel);
  const shared = here.find(({ storm }) => storm !== undefined)?.storm;
  if (shared !== undefined) return shared;
  return here.some(delivery => wasTold(delivery) || delivery.attempts > 0) ? referralId : null;
}

/** Incidents of their own in one last resort: more of them nobody could take up. All beyond share one. */
const MOST_INCIDENTS = 10;
const SHARED_INCIDENT = 'referral-alerts-last-resort';

/**
 * The incidents of what a last resort tells, by referral: the one that it has, else one of its own, or the one that all share
 * beyond the tenth.
 * @param referrals - the most urgent first; `incident` null for none
 */
export function lastResortIncidents(
  referrals: readonly { readonly referralId: string; readonly incident: string | null }[],
): ReadonlyMap<string, string> {
  const without = referrals.filter(({ incident }) => incident === null).map(({ referralId }) => referralId);
  const alone = new Set(without.slice(0, MOST_INCIDENTS));
  return new Map(
    referrals.map(({ referralId: id, incident }) => [id, incident ?? (alone.has(id) ? id : SHARED_INCIDENT)]),
  );
}
