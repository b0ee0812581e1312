import { DAY, type Instant } from '../base/instant.ts';
import type { Expiry } from './referral.ts';

/** What Partner Center names as the expiry of one referral. It contradicts itself: lists may lack what by-id answers. */
export interface NamedDates {
  /** By the last list that showed it; null: none. */
  readonly listed: Instant | null;
  /** By the last whole reading; null: none. Absent while by-id has not answered for it; a refusal is an answer. */
  readonly whole?: Instant | null;
  /** The list has named something else since, and by-id has not answered for that. */
  readonly unread?: true;
}

/** What an expiry is worked out from. */
export interface Dated {
  /** Null when it could not be read. */
  readonly createdAt: Instant | null;
  readonly firstSeenAt: Instant;
  readonly dates: NamedDates;
}

/** A date that is further from the creation is a placeholder or a mistake. */
const LONGEST = 60 * DAY;

/**
 * When a pending referral becomes Expired. Reported when Partner Center names a date that can be believed: of two the
 * earlier, until the referral is still pending a day after it. Else created + window, floored to midnight UTC: that is how
 * the documented examples end, and an early alert costs less than a late one.
 * @param windowDays - days that Partner Center waits for an answer
 * @param now - when Partner Center showed it as pending
 */
export function expiryOf(dated: Dated, windowDays: number, now: Instant): Expiry {
  const named = believableDates(dated);
  if (named.length === 0) return { at: floorToDay(creationOf(dated) + windowDays * DAY), source: 'estimated' };
  const earliest = Math.min(...named);
  return { at: now < earliest + DAY ? earliest : Math.max(...named), source: 'reported' };
}

/** What the list names as the expiry, as far as it can be believed. */
export function isBelievable(date: Instant | null | undefined, dated: Omit<Dated, 'dates'>): date is Instant {
  const created = creationOf(dated);
  return date !== null && date !== undefined && date >= created && date <= created + LONGEST;
}

function believableDates(dated: Dated): Instant[] {
  return [dated.dates.listed, dated.dates.whole].filter(date => isBelievable(date, dated));
}

/** When it was created; first seen less a day when that cannot be read. */
function creationOf(dated: Omit<Dated, 'dates'>): Instant {
  return isSureOfCreation(dated) ? dated.createdAt : dated.firstSeenAt - DAY;
}

/** Whether the creation date can be read and believed: nobody has seen a referral more than a day before it was made. */
export function isSureOfCreation<T extends Omit<Dated, 'dates'>>(
  dated: T,
): dated is T & { readonly createdAt: Instant } {
  return dated.createdAt !== null && dated.createdAt <= dated.firstSeenAt + DAY;
}

function floorToDay(instant: Instant): Instant {
  return Math.floor(instant / DAY) * DAY;
}
