import type { Checkpoint } from '../model/checkpoint.ts';
import type { Waiting } from '../model/waiting.ts';
import { isOutstanding } from './rest.ts';
import { dueSince } from './told.ts';

/** All that waits for a channel: neither told, nor overtaken by something more severe, nor on its way. */
export function waitingIn(checkpoints: Iterable<Checkpoint>): Waiting[] {
  const waiting: Waiting[] = [];
  for (const checkpoint of checkpoints) {
    if (checkpoint.rest) continue;
    const { referralId, deliveries } = checkpoint;
    for (const delivery of deliveries) {
      const { state, channel, reason = null } = delivery;
      const forSome = state === 'delivered' && delivery.again !== undefined;
      if ((state === 'delivered' && !forSome) || state === 'accepted' || state === 'sending') continue;
      if (!isOutstanding(delivery, checkpoint)) continue;
      waiting.push({ referralId, channel, since: dueSince(delivery), reason, rejected: state === 'rejected', forSome });
    }
  }
  return waiting;
}
