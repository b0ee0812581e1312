import { type AlertDraft, alertName } from '../model/alert.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import { incidentOf } from './incidents.ts';
import type { PlannedAlert, Reason } from './messages.ts';
import type { Audience } from './policy.ts';

/** One alert with what was made of it before: what was tried by itself goes on by itself, an incident that is shared stays shared. */
export function plannedAlert(
  { id: channel, incidents }: Audience,
  draft: AlertDraft,
  reason: Reason,
  row: Pick<Checkpoint, 'referralId' | 'deliveries'>,
): PlannedAlert {
  const planned = { channel, draft, reason };
  if (incidents) {
    const incident = incidentOf(row, channel);
    if (incident === null) return planned;
    return incident === row.referralId ? { ...planned, alone: true } : { ...planned, storm: incident };
  }
  const earlier = row.deliveries.find(delivery => delivery.channel === channel && delivery.alert === alertName(draft));
  if (!earlier) return planned;
  const wasOne = !earlier.digest && !earlier.named;
  return {
    ...planned,
    ...(((earlier.plain && wasOne) || earlier.again) && { alone: true as const }),
    ...(earlier.plain && { plain: true as const }),
  };
}
