import type { Instant } from '../base/instant.ts';
import { type AlertDraft, alertName } from '../model/alert.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import { expiryOf } from '../model/expiry.ts';
import { confirmed, type Unlisted, whenUnlisted } from './absent.ts';
import { withoutFuture } from './ahead.ts';
import { channelsBehind, withHandlingEnded } from './cards-behind.ts';
import { type DueAlert, dueAlert, wasTold } from './due.ts';
import { exitDeliveries, exitKind } from './exits.ts';
import { carriedOver, movedFrom, redated, type SeenDates } from './expiry-watch.ts';
import { gathered, type PlannedAlert, type PlannedMessage } from './messages.ts';
import { type Audience, type Policy, policyFingerprint } from './policy.ts';
import { isResting } from './rest.ts';
import type { Sighting, Sightings } from './sightings.ts';
import { closeness, dueStep, PASSED } from './steps.ts';

/** What a poll will do. Nothing has been done yet. */
export interface Plan {
  /** Checkpoints as they will stand before anything is told: new ones, and old ones whose dates or state changed. */
  readonly changed: ReadonlyMap<string, Checkpoint>;
  readonly messages: readonly PlannedMessage[];
  /** Cards of pending referrals that say less than is known: a claim or a snooze ran out, or an edit failed. */
  readonly cardsBehind: readonly CardBehind[];
  /** Referrals that left Pending with nobody left to tell. */
  readonly toClose: readonly string[];
}

/** A card, and what it should say. */
export interface CardBehind {
  readonly channel: string;
  readonly draft: AlertDraft;
}

/** Decides what one poll tells, to whom and why. Pure: the same input gives the same plan. */
export function plan(
  sightings: Sightings,
  checkpoints: ReadonlyMap<string, Checkpoint>,
  policy: Policy,
  now: Instant,
): Plan {
  const fingerprint = policyFingerprint(policy);
  const changed = new Map<string, Checkpoint>();
  const alerts: PlannedAlert[] = [];
  const cardsBehind: CardBehind[] = [];
  const toClose: string[] = [];

  const { clock } = sightings;
  const read = (known: Checkpoint): Checkpoint => {
    if (clock === 'behind') return known;
    return withoutFuture(known, alert => closeness(alert) >= nearestStep(known, policy, now), now);
  };

  const consider = (checkpoint: Checkpoint, since: Instant | null): void => {
    if (isResting(checkpoint, fingerprint, now)) return;
    // Partner Center shows it still; and it is not our clock that says so too early.
    const passed = since === null && clock !== 'ahead';
    for (const channel of policy.channels) {
      const due = dueAlert(checkpoint, channel, policy, now, passed);
      if (due) {
        const draft = toDraft(checkpoint, due.step ? 'escalation' : 'new', due, since, channel, now);
        alerts.push({ channel: channel.id, draft, reason: due.reason });
      }
    }
    const standing = withHandlingEnded(changed.get(checkpoint.referralId) ?? checkpoint, policy, now);
    if (standing !== checkpoint) changed.set(checkpoint.referralId, standing);
    for (const { id: channel } of channelsBehind(standing, policy, now)) {
      const step = dueStep(policy.steps, 'sales', false, standing.expiry.at, now, passed);
      const shown = { step, firstTold: false, mayBeRepeat: false };
      cardsBehind.push({ channel, draft: toDraft(standing, step ? 'escalation' : 'new', shown, since, null, now) });
    }
  };

  for (const sighting of sightings.pending.values()) {
    const known = checkpoints.get(sighting.id);
    const checkpoint = observe(known && read(known), sighting, sightings.whole?.get(sighting.id), policy, now);
    if (checkpoint !== known) changed.set(sighting.id, checkpoint);
    consider(checkpoint, null);
  }

  for (const known of checkpoints.values()) {
    const { referralId } = known;
    if (sightings.pending.has(referralId)) continue;
    const { checkpoint, unconfirmedSince } = unlisted(read(known), sightings, policy, now);
    if (checkpoint !== known) changed.set(referralId, checkpoint);
    if (!checkpoint.exit) {
      consider(checkpoint, unconfirmedSince);
      continue;
    }
    const kind = exitKind(checkpoint.exit);
    const exits = exitDeliveries(checkpoint, checkpoint.exit, policy, now);
    if (exits.every(exit => exit.exitDelivery === 'done')) toClose.push(referralId);
    for (const { channel, exitDelivery } of exits) {
      if (typeof exitDelivery !== 'object') continue;
      const { due } = exitDelivery;
      const draft = toDraft(checkpoint, kind, due, checkpoint.doubtSince ?? null, channel, now);
      alerts.push({ channel: channel.id, draft, reason: due.reason });
    }
  }

  return { changed, messages: gathered(alerts, policy), cardsBehind, toClose };
}

/** How close to expiry the most severe step speaks that is due now; infinity before the first. */
function nearestStep({ expiry }: Checkpoint, policy: Policy, now: Instant): number {
  return dueStep(policy.steps, 'sales', false, expiry.at, now, true)?.before ?? Number.POSITIVE_INFINITY;
}

/** What we know of a referral after seeing it listed; the very same checkpoint when nothing is new. */
function observe(
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
  const { exit, exitWord: _word, doubtSince: _since, rest: _rest, ...open } = shown;
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

/** The same for one that was not listed. */
function unlisted(known: Checkpoint, sightings: Sightings, policy: Policy, now: Instant): Unlisted {
  if (known.exit) return { checkpoint: known, unconfirmedSince: null };
  const { referralId } = known;
  const stands = whenUnlisted(known, sightings.answers.get(referralId) ?? 'unknown', sightings, now);
  const whole = sightings.whole?.get(referralId);
  if (stands.checkpoint.exit || whole === undefined || whole === 'refused') return stands;
  const { createdAt } = known;
  return { ...stands, checkpoint: withSeenDates(stands.checkpoint, { createdAt, whole }, policy, now) };
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

function toDraft(
  checkpoint: Checkpoint,
  kind: AlertDraft['kind'],
  due: Pick<DueAlert, 'step' | 'firstTold' | 'mayBeRepeat'>,
  unconfirmedSince: Instant | null,
  channel: Audience | null,
  now: Instant,
): AlertDraft {
  const { referralId, engagementId, createdAt, firstSeenAt, expiry, exit, exitWord, claim } = checkpoint;
  const told = checkpoint.deliveries.filter(wasTold);
  const here = told.filter(
    delivery => delivery.channel === channel?.id && delivery.alert !== alertName({ kind, ...due }),
  );
  return {
    kind,
    referralId,
    engagementId,
    step: due.step,
    firstTold: due.firstTold && kind === 'escalation',
    mayBeRepeat: due.mayBeRepeat || checkpoint.unreadable === true,
    unconfirmedSince,
    movedFrom: exit ? null : movedFrom(here, expiry),
    datePassed: due.step === PASSED,
    createdUnsure: createdAt === null,
    nobodyTold: exit !== undefined && told.length === 0,
    firstSeenAt,
    expiry,
    exit: exit ?? null,
    exitWord: exitWord ?? null,
    claim: claim && claim.until > now ? claim : null,
  };
}
