import type { Instant } from '../base/instant.ts';
import type { Checkpoint, Delivery, Exit } from '../model/checkpoint.ts';
import { againBecause, type DueAlert, isFreshReservation, wasTold } from './due.ts';
import type { Audience, Policy } from './policy.ts';

/** The alert that tells of an exit; null when nothing is told. */
export function exitKind(exit: Exit): 'answered' | 'expired' | null {
  if (exit === 'gone') return null;
  return exit === 'expired' ? 'expired' : 'answered';
}

/**
 * Who hears how a referral ended: the channels that were told of it by itself. What was only a row of a digest
 * ends in silence when answered. An expiry is told wherever the referral was told at all, and to all of sales
 * when nobody was told.
 */
function hearsExit(checkpoint: Checkpoint, kind: 'answered' | 'expired', channel: Audience): boolean {
  const told = checkpoint.deliveries.filter(wasTold);
  const here = told.filter(delivery => delivery.channel === channel.id);
  if (here.some(delivery => !delivery.digest)) return true;
  if (kind === 'answered') return false;
  return here.length > 0 || (told.length === 0 && channel.audience === 'sales');
}

export type ExitDelivery = { readonly due: DueAlert } | 'waiting' | 'done';

/** What one channel should be told of a referral that has left Pending. */
function dueExit(checkpoint: Checkpoint, exit: Exit, channel: Audience, now: Instant): ExitDelivery {
  const kind = exitKind(exit);
  if (!kind) return 'done';
  const deliveries = checkpoint.deliveries.filter(delivery => delivery.channel === channel.id);
  if (deliveries.some(delivery => isFreshReservation(delivery, now))) return 'waiting';

  const earlier = deliveries.find(delivery => delivery.alert === kind);
  if (earlier) return again(earlier, now);
  if (!hearsExit(checkpoint, kind, channel)) return 'done';
  return { due: { step: null, reason: 'left pending', firstTold: false, mayBeRepeat: false } };
}

function again(earlier: Delivery, now: Instant): ExitDelivery {
  if (earlier.state === 'accepted') return 'waiting';
  if (earlier.state === 'delivered' || earlier.state === 'rejected') return 'done';
  if (earlier.state === 'retry' && (earlier.retryAt ?? 0) > now) return 'waiting';
  return {
    due: { step: null, reason: againBecause(earlier), firstTold: false, mayBeRepeat: earlier.state === 'sending' },
  };
}

/** The channels still to hear, or to be heard from, before the checkpoint may be closed. */
export function exitDeliveries(checkpoint: Checkpoint, exit: Exit, policy: Policy, now: Instant) {
  return policy.channels.map(channel => ({ channel, exitDelivery: dueExit(checkpoint, exit, channel, now) }));
}
