import type { Instant } from '../base/instant.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import { isOutstanding } from './rest.ts';
import { dueSince } from './told.ts';

/** A delivery that its channel should have and has not. */
export interface Waiting {
  readonly referralId: string;
  readonly channel: string;
  readonly since: Instant;
  readonly reason: string | null;
  /** Refused in every form, so the message is at fault, not the channel. */
  readonly rejected: boolean;
  /** Some recipients have it; the others wait for it. */
  readonly forSome: boolean;
}

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
