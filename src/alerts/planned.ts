import { type AlertDraft, alertName } from '../model/alert.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import { wasTold } from './due.ts';
import type { PlannedAlert, Reason } from './messages.ts';

/** One alert with what was made of it before: what was tried by itself goes on by itself, an incident that is shared stays shared. */
export function plannedAlert(
  channel: string,
  draft: AlertDraft,
  reason: Reason,
  { deliveries }: Pick<Checkpoint, 'deliveries'>,
  keepsIncidents: boolean,
): PlannedAlert {
  const here = deliveries.filter(delivery => delivery.channel === channel);
  const planned = { channel, draft, reason };
  if (keepsIncidents) {
    const storm = here.find(delivery => delivery.storm !== undefined)?.storm;
    if (storm !== undefined) return { ...planned, storm };
    return here.some(delivery => wasTold(delivery) || delivery.attempts > 0) ? { ...planned, alone: true } : planned;
  }
  const earlier = here.find(({ alert }) => alert === alertName(draft));
  if (!earlier) return planned;
  const wasOne = !earlier.digest && !earlier.named;
  return {
    ...planned,
    ...(((earlier.plain && wasOne) || earlier.again) && { alone: true as const }),
    ...(earlier.plain && { plain: true as const }),
  };
}
