import type { Instant } from '../base/instant.ts';
import { exitKind } from '../model/alert-kinds.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import { expiryOf } from '../model/expiry.ts';
import { confirmed, type Seen, whenUnlisted } from './absent.ts';
import { carriedOver, redated, type SeenDates } from './expiry-watch.ts';
import type { Policy } from './policy.ts';
import type { Sighting, Sightings } from './sightings.ts';

/** What we know of a referral after seeing it listed; the very same checkpoint when nothing is new. */
export function observe(
  known: Checkpoint | undefined,
  { id, type, createdAt, listed }: Sighting,
  whole: SeenDates['whole'],
  policy: Policy,
  now: Instant,
): Checkpoint {
  const seen = { createdAt, listed, ...(whole !== undefined && { whole }) };
  if (!known || known.unreadable) return firstSeen(id, type, seen, known, policy, now);
  const shown = withSeenDates(confirmed(known), seen, policy, now);
  if (shown.exit === undefined) return shown;
  const { exit, exitAt: _at, exitWord: _word, doubtSince: _since, rest: _rest, ...open } = shown;
  // It was answered and is pending again: how it ends is then told anew.
  return { ...open, deliveries: shown.deliveries.filter(({ alert }) => alert !== exitKind(exit)) };
}

/** A checkpoint for what has none, or none that can be read: then it takes that one's place. */
function firstSeen(
  referralId: string,
  type: string | null,
  seen: SeenDates & { readonly listed: Instant | null },
  unreadable: Checkpoint | undefined,
  policy: Policy,
  now: Instant,
): Checkpoint {
  // All that a list tells for a card, should the referral itself not be readable.
  const summary = { customer: null, country: null, value: null, type };
  const dates = { listed: seen.listed };
  const expiry = expiryOf({ createdAt: seen.createdAt, firstSeenAt: now, dates }, policy.windowDays, now);
  const { etag } = unreadable ?? {};
  const blank = { referralId, engagementId: null, firstSeenAt: now, summary, deliveries: [], ...(etag && { etag }) };
  const fresh = {
    ...blank,
    createdAt: seen.createdAt,
    expiry,
    dates,
    ...(unreadable && { unreadable: true as const }),
  };
  return { ...fresh, ...redated(fresh, seen, policy.windowDays, now) };
}

/** What we know of a referral that was not listed, and since when nobody could confirm it. */
export function unlisted(kept: Checkpoint, sightings: Sightings, policy: Policy, now: Instant): Seen {
  if (kept.exit) return { checkpoint: kept, unconfirmedSince: null };
  const known = kept.unreadable ? datedAnew(kept, policy, now) : kept;
  const { referralId } = known;
  const stands = whenUnlisted(known, sightings.answers.get(referralId) ?? 'unknown', sightings, now);
  const whole = sightings.whole?.get(referralId);
  if (stands.checkpoint.exit) return { ...stands, checkpoint: { ...stands.checkpoint, exitAt: now } };
  if (whole === undefined || whole === 'refused') return stands;
  const { createdAt } = known;
  return { ...stands, checkpoint: withSeenDates(stands.checkpoint, { createdAt, whole }, policy, now) };
}

/** With a date in the stead of each that cannot be read, which stands as 0: it is first seen now, and expires as the others say. */
function datedAnew(unreadable: Checkpoint, { windowDays }: Policy, now: Instant): Checkpoint {
  const { createdAt, dates = { listed: null } } = unreadable;
  const firstSeenAt = unreadable.firstSeenAt || now;
  const named = expiryOf({ createdAt, firstSeenAt, dates }, windowDays, now);
  return { ...unreadable, firstSeenAt, expiry: unreadable.expiry.at === 0 ? named : unreadable.expiry };
}

function withSeenDates(known: Checkpoint, seen: SeenDates, policy: Policy, now: Instant): Checkpoint {
  const { createdAt, dates, expiry } = redated(known, seen, policy.windowDays, now);
  if (createdAt === known.createdAt && dates === known.dates && expiry === known.expiry) return known;
  const { rest: _rest, ...open } = known;
  return {
    ...open,
    createdAt,
    ...(dates && { dates }),
    expiry,
    deliveries: carriedOver(known.deliveries, known.expiry, expiry),
  };
}
