import type { Checkpoint, Delivery } from '../model/checkpoint.ts';
import { isOutstanding } from './rest.ts';

/** A delivery that its channel should have and has not. */
export interface WaitingDelivery {
  readonly referralId: string;
  readonly delivery: Delivery;
}

/** All that waits for a channel: neither told, nor overtaken by something more severe, nor on its way. */
export function waitingIn(checkpoints: Iterable<Checkpoint>): WaitingDelivery[] {
  const waiting: WaitingDelivery[] = [];
  for (const checkpoint of checkpoints) {
    if (checkpoint.rest) continue;
    const { referralId, deliveries } = checkpoint;
    for (const delivery of deliveries) {
      const { state } = delivery;
      if (state === 'delivered' || state === 'accepted' || state === 'sending') continue;
      if (isOutstanding(delivery, checkpoint)) waiting.push({ referralId, delivery });
    }
  }
  return waiting;
}
