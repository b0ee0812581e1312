import { DAY, type Instant } from '../base/instant.ts';
import { exitKind } from '../model/alert-kinds.ts';
import { type Checkpoint, type Delivery, LAST_RESORT } from '../model/checkpoint.ts';
import type { Exit } from '../model/exit.ts';
import { hearingOf } from './audiences.ts';
import {
  againBecause,
  type DueAlert,
  isDueForSome,
  isFreshReservation,
  isWaiting,
  wasTold,
  wouldRepeat,
} from './due.ts';
import { pagedBy } from './incidents.ts';
import type { Audience, Policy } from './policy.ts';
import { dueSince, isTold } from './told.ts';

/** What tells of an exit is given up when it has been refused for so long, in milliseconds. */
const GIVEN_UP_AFTER = DAY;

/** The checkpoint of a referral that has left Pending. */
export type Ended = Checkpoint & { readonly exit: Exit };

export function hasEnded(checkpoint: Checkpoint): checkpoint is Ended {
  return checkpoint.exit !== undefined;
}

/** What decides, beside the referral itself, who hears how it ended. */
interface Hearers {
  /** Ids of the channels that hear of the referral now. */
  readonly own: ReadonlySet<string>;
  /** Keys of the shared incidents whose referrals have all left pending. */
  readonly endedStorms: ReadonlySet<string>;
}

/**
 * Who hears how a referral ended: the channels that were told of it by itself. What was only a row of a digest
 * ends in silence when answered or gone. An expiry is told wherever the referral was told at all, and to all of its sales
 * channels when nobody was told. An incident that others share is over when all of them have left.
 */
function hearsExit({ deliveries, exit }: Ended, channel: Audience, { own, endedStorms }: Hearers): boolean {
  const told = deliveries.filter(wasTold);
  const here = told.filter(delivery => delivery.channel === channel.id);
  if (channel.incidents)
    return pagedBy(told, channel.id).some(({ storm }) => storm === undefined || endedStorms.has(storm));
  if (here.some(delivery => !delivery.digest)) return true;
  if (exit !== 'expired') return false;
  return here.length > 0 || (told.length === 0 && own.has(channel.id) && channel.audience === 'sales');
}

export type ExitDelivery = { readonly due: DueAlert } | 'waiting' | 'done';

/** What one channel should be told of a referral that has left Pending. */
function dueExit(checkpoint: Ended, channel: Audience, hearers: Hearers, now: Instant): ExitDelivery {
  const kind = exitKind(checkpoint.exit);
  const expiryAt = checkpoint.expiry.at;
  const deliveries = checkpoint.deliveries.filter(delivery => delivery.channel === channel.id);
  if (deliveries.some(delivery => isFreshReservation(delivery, expiryAt, now))) return 'waiting';

  const earlier = deliveries.find(delivery => delivery.alert === kind);
  if (earlier) return again(earlier, channel, expiryAt, now);
  if (!hearsExit(checkpoint, channel, hearers)) return 'done';
  return { due: { step: null, reason: 'left pending', firstTold: false, mayBeRepeat: false } };
}

function again(earlier: Delivery, channel: Audience, expiryAt: Instant, now: Instant): ExitDelivery {
  if (isGivenUp(earlier, channel, now)) return 'done';
  const wanted = earlier.state === 'delivered' ? earlier.again !== undefined : !isTold(earlier, expiryAt, now);
  if (!wanted) return earlier.state === 'accepted' && !earlier.byDoubt ? 'waiting' : 'done';
  if (earlier.state === 'delivered' ? !isDueForSome(earlier, now) : isWaiting(earlier, now)) return 'waiting';
  return {
    due: { step: null, reason: againBecause(earlier), firstTold: false, mayBeRepeat: wouldRepeat(earlier) },
  };
}

/** Refused for a day, or waiting for its turn all that day: how a referral ended can no longer be changed by telling it. */
function isGivenUp(delivery: Delivery, { failing }: Audience, now: Instant): boolean {
  const { state, again } = delivery;
  const refused =
    state === 'refused' || state === 'rejected' || again !== undefined || (state === 'retry' && failing === true);
  return refused && now - dueSince(delivery) >= GIVEN_UP_AFTER;
}

/**
 * The channels still to hear, or to be heard from, before the checkpoint may be closed.
 * @param endedStorms - keys of the shared incidents whose referrals have all left pending
 */
export function exitDeliveries(
  checkpoint: Ended,
  policy: Policy,
  now: Instant,
  endedStorms: ReadonlySet<string> = new Set(),
) {
  const own = new Set(hearingOf(checkpoint, policy, now).channels.map(({ id }) => id));
  return policy.channels.map(channel => ({
    channel,
    exitDelivery: dueExit(checkpoint, channel, { own, endedStorms }, now),
  }));
}

/**
 * Whether the operator is to hear of an expiry: nobody was told of the referral while it was pending, nor of its end, and those
 * who should have been are given up. Given up itself when nobody took it for a day.
 */
export function operatorsPart({ exit, expiry, deliveries }: Checkpoint, now: Instant): 'due' | 'waiting' | 'done' {
  const own = operatorsDelivery(deliveries);
  if (exit !== 'expired' || deliveries.some(delivery => delivery !== own && wasTold(delivery))) return 'done';
  if (!own) return 'due';
  if (isFreshReservation(own, expiry.at, now)) return 'waiting';
  return isTold(own, expiry.at, now) || now - dueSince(own) >= GIVEN_UP_AFTER ? 'done' : 'due';
}

/** What came of telling the operator. */
export function operatorsDelivery(deliveries: readonly Delivery[]): Delivery | undefined {
  return deliveries.find(({ channel, alert }) => channel === LAST_RESORT && alert === 'expired');
}
