import { DAY, type Instant } from '../base/instant.ts';
import type { Checkpoint, Delivery } from '../model/checkpoint.ts';
import { expiryOf, isBelievable, type NamedDates } from '../model/expiry.ts';
import type { Expiry } from '../model/referral.ts';
import { wasTold } from './due.ts';
import { isStep, movedName } from './steps.ts';

/** What one poll read of a referral's dates. */
export interface ReadDates {
  readonly createdAt: Instant | null;
  readonly expiry: Instant | null;
}

/** What one poll saw of the dates of a pending referral. */
export interface SeenDates {
  /** The creation date that the list names; null when it cannot be read. */
  readonly createdAt: Instant | null;
  /** What the list names as its expiry; absent when it was not listed. */
  readonly listed?: Instant | null;
  /** What by-id answered; absent when it was not asked or could not answer. */
  readonly whole?: ReadDates | 'refused';
}

/** The dates that a checkpoint has; rows of the edition before know only which one governed. */
export function datesOf({ dates, expiry }: Pick<Checkpoint, 'dates' | 'expiry'>): NamedDates {
  return dates ?? { listed: listedBy(expiry) };
}

/** What a list that agrees with an expiry names. */
export function listedBy({ at, source }: Expiry): Instant | null {
  return source === 'reported' ? at : null;
}

/** Whether only by-id can say when it really expires. */
export function needsReading(checkpoint: Pick<Checkpoint, 'dates' | 'expiry'>): boolean {
  const { whole, unread } = datesOf(checkpoint);
  return unread === true || (whole === undefined && checkpoint.expiry.source === 'estimated');
}

/** The same for what was just listed: it is to be read whole in this poll. */
export function mustBeRead(known: Checkpoint | undefined, seen: SeenDates & { listed: Instant | null }, now: Instant) {
  if (known) return seen.listed !== datesOf(known).listed || needsReading(known);
  return !isBelievable(seen.listed, { createdAt: seen.createdAt, firstSeenAt: now });
}

/** What is known of a referral's dates after a poll that saw it pending. The same values when nothing is new. */
export function redated(
  known: Checkpoint,
  { createdAt: created, listed, whole }: SeenDates,
  windowDays: number,
  now: Instant,
): Pick<Checkpoint, 'createdAt' | 'dates' | 'expiry'> {
  const before = datesOf(known);
  const readCreated = whole === undefined || whole === 'refused' ? null : whole.createdAt;
  const createdAt = created ?? readCreated ?? known.createdAt;
  const dates: NamedDates = {
    listed: listed === undefined ? before.listed : listed,
    ...wholeOf(before, whole),
    ...(isUnread(before, listed, whole) && { unread: true }),
  };
  const named = expiryOf({ createdAt, firstSeenAt: known.firstSeenAt, dates }, windowDays, now);
  // Until by-id has answered, only the earlier of old and new is safe.
  const expiry = dates.unread && known.expiry.at < named.at && now < known.expiry.at + DAY ? known.expiry : named;
  return {
    createdAt,
    dates: known.dates && sameDates(known.dates, dates) ? known.dates : dates,
    expiry: sameExpiry(known.expiry, expiry) ? known.expiry : expiry,
  };
}

function wholeOf(before: NamedDates, whole: SeenDates['whole']): Pick<NamedDates, 'whole'> {
  if (whole === undefined) return before.whole === undefined ? {} : { whole: before.whole };
  return { whole: whole === 'refused' ? (before.whole ?? null) : whole.expiry };
}

function isUnread(before: NamedDates, listed: SeenDates['listed'], whole: SeenDates['whole']): boolean {
  if (whole !== undefined) return false;
  return before.unread === true || (listed !== undefined && listed !== before.listed);
}

function sameDates(a: NamedDates, b: NamedDates): boolean {
  return a.listed === b.listed && a.whole === b.whole && a.unread === b.unread;
}

function sameExpiry(a: Expiry, b: Expiry): boolean {
  return a.at === b.at && a.source === b.source;
}

/**
 * The deliveries of a referral whose expiry is moved. Each keeps the expiry that it was told for; a step told for one that
 * is more than a day off counts for nothing any more but that somebody was told.
 */
export function carriedOver(deliveries: readonly Delivery[], from: Expiry, to: Expiry): readonly Delivery[] {
  if (from.at === to.at) return deliveries;
  const carried = deliveries.flatMap((delivery): Delivery[] => {
    const toldFor = { ...delivery, expiry: delivery.expiry ?? from.at };
    if (!isStep(delivery.alert) || Math.abs(toldFor.expiry - to.at) <= DAY) return [toldFor];
    return wasTold(delivery) ? [asMoved(toldFor)] : [];
  });
  const latest = new Map(carried.map(delivery => [`${delivery.channel} ${delivery.alert}`, delivery]));
  return carried.filter(delivery => latest.get(`${delivery.channel} ${delivery.alert}`) === delivery);
}

/** A step that was told for another expiry: nothing more comes of it, and it keeps no other from being told. */
export function asMoved({ again: _again, retryAt: _retryAt, reason: _reason, ...delivery }: Delivery): Delivery {
  return { ...delivery, alert: movedName(delivery.alert), state: 'delivered' };
}

/** The expiry that these people were told last, when it has moved by more than a day since; else null. */
export function movedFrom(told: readonly Delivery[], { at }: Expiry): Instant | null {
  const last = told.toSorted((a, b) => b.at - a.at)[0];
  return last?.expiry !== undefined && Math.abs(last.expiry - at) > DAY ? last.expiry : null;
}
