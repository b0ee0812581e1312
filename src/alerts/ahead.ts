import { HOUR, type Instant, MINUTE } from '../base/instant.ts';
import type { Checkpoint, Delivery } from '../model/checkpoint.ts';
import { wasTold } from './due.ts';
import { asMoved } from './expiry-watch.ts';
import { isStep } from './steps.ts';

/** What is dated further ahead of now, in milliseconds, was dated by a clock that went wrong. */
const AHEAD_MS = 10 * MINUTE;

/** Nothing waits for longer, in milliseconds. */
const LONGEST_WAIT = HOUR;

/**
 * A checkpoint without what a clock that was ahead has put into it: a mark that something was told is none. A step that is
 * not due yet comes at its own moment; anything else goes out once more, as perhaps a repeat; and nothing waits for a moment
 * that such a clock has named.
 * @param isDue - whether an alert of that name would be told now
 */
export function withoutFuture(known: Checkpoint, isDue: (alert: string) => boolean, now: Instant): Checkpoint {
  const isAhead = (at: Instant, by = 0) => at > now + AHEAD_MS + by;
  const waitsTooLong = ({ retryAt = 0, editAt = 0 }: Delivery) => isAhead(Math.max(retryAt, editAt), LONGEST_WAIT);
  const isOdd = (delivery: Delivery) => isAhead(delivery.at) || waitsTooLong(delivery);
  if (!isAhead(known.firstSeenAt) && !known.deliveries.some(isOdd)) return known;
  const { rest: _rest, ...open } = known;
  const deliveries = known.deliveries.flatMap((delivery): Delivery[] => {
    if (!isAhead(delivery.at)) return [waitsTooLong(delivery) ? waitingNoMore(delivery, now) : delivery];
    if (!wasTold(delivery)) return [];
    if (isStep(delivery.alert) && !isDue(delivery.alert)) return [{ ...asMoved(delivery), at: now }];
    return [{ ...delivery, state: 'sending', at: now - AHEAD_MS }];
  });
  return { ...open, firstSeenAt: Math.min(known.firstSeenAt, now), deliveries };
}

function waitingNoMore({ retryAt, editAt, ...delivery }: Delivery, now: Instant): Delivery {
  return { ...delivery, ...(retryAt !== undefined && { retryAt: now }), ...(editAt !== undefined && { editAt: now }) };
}
