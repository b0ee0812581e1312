import type { Instant } from '../base/instant.ts';
import { type AlertDraft, NOTHING_ELSE } from '../model/alert.ts';
import { editAtOf, withCardsBehind } from '../model/cards.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import { type DueAlert, dueAlert, wasTold } from './due.ts';
import { exitDeliveries, exitKind } from './exits.ts';
import { gathered, type PlannedAlert, type PlannedMessage } from './messages.ts';
import { type Policy, policyFingerprint } from './policy.ts';
import { isResting } from './rest.ts';
import type { Sighting, Sightings } from './sightings.ts';
import { dueStep } from './steps.ts';

/** What a poll will do. Nothing has been done yet. */
export interface Plan {
  /** Checkpoints as they will stand before anything is told: new ones, and old ones whose dates or state changed. */
  readonly changed: ReadonlyMap<string, Checkpoint>;
  readonly messages: readonly PlannedMessage[];
  /** Deliveries whose carrier has to be asked what became of them. */
  readonly unconfirmed: readonly { readonly referralId: string; readonly channel: string; readonly alert: string }[];
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
  const unconfirmed: { referralId: string; channel: string; alert: string }[] = [];
  const cardsBehind: CardBehind[] = [];
  const toClose: string[] = [];

  const consider = (checkpoint: Checkpoint, confirmed: boolean): void => {
    if (isResting(checkpoint, fingerprint, now)) return;
    unconfirmed.push(...awaitingAnswer(checkpoint, policy));
    const since = confirmed ? null : (sightings.lastConfirmedAt ?? checkpoint.firstSeenAt);
    for (const channel of policy.channels) {
      const due = dueAlert(checkpoint, channel, policy, now);
      if (due) {
        const draft = toDraft(checkpoint, due.step ? 'escalation' : 'new', due, since, now);
        alerts.push({ channel: channel.id, draft, reason: due.reason });
      }
    }
    const standing = withHandlingEnded(changed.get(checkpoint.referralId) ?? checkpoint, policy, now);
    if (standing !== checkpoint) changed.set(checkpoint.referralId, standing);
    const step = dueStep(policy.steps, 'sales', false, standing.expiry.at, now);
    const shown = { step, firstTold: false, mayBeRepeat: false };
    for (const { id: channel } of policy.channels) {
      if ((editAtOf(standing, channel) ?? Number.POSITIVE_INFINITY) > now) continue;
      cardsBehind.push({ channel, draft: toDraft(standing, step ? 'escalation' : 'new', shown, since, now) });
    }
  };

  for (const sighting of sightings.pending.values()) {
    const known = checkpoints.get(sighting.id);
    const checkpoint = observe(known, sighting, now);
    if (checkpoint !== known) changed.set(sighting.id, checkpoint);
    consider(checkpoint, true);
  }

  for (const checkpoint of checkpoints.values()) {
    if (sightings.pending.has(checkpoint.referralId)) continue;
    const answer = checkpoint.exit ?? sightings.answers.get(checkpoint.referralId) ?? 'unknown';
    if (answer === 'still open' || answer === 'unknown') {
      consider(checkpoint, answer === 'still open');
      continue;
    }
    const left = checkpoint.exit ? checkpoint : { ...checkpoint, exit: answer };
    if (left !== checkpoint) changed.set(left.referralId, left);
    unconfirmed.push(...awaitingAnswer(left, policy));
    const kind = exitKind(answer);
    const exits = exitDeliveries(left, answer, policy, now);
    if (exits.every(exit => exit.exitDelivery === 'done')) toClose.push(left.referralId);
    for (const { channel, exitDelivery } of exits) {
      if (typeof exitDelivery === 'object') {
        const { due } = exitDelivery;
        alerts.push({ channel: channel.id, draft: toDraft(left, kind, due, null, now), reason: due.reason });
      }
    }
  }

  return { changed, messages: gathered(alerts, policy), unconfirmed, cardsBehind, toClose };
}

/** What we know of a referral after seeing it listed; the very same checkpoint when nothing is new. */
function observe(known: Checkpoint | undefined, sighting: Sighting, now: Instant): Checkpoint {
  if (!known) {
    const { id: referralId, type, createdAt, expiry } = sighting;
    // All that a list tells for a card, should the referral itself not be readable.
    const summary = { customer: null, country: null, value: null, type };
    return { referralId, engagementId: null, createdAt, firstSeenAt: now, expiry, summary, deliveries: [] };
  }
  const sameExpiry = known.expiry.at === sighting.expiry.at && known.expiry.source === sighting.expiry.source;
  if (sameExpiry && known.exit === undefined) return known;
  const { exit, rest: _rest, ...open } = known;
  // It was answered and is pending again: how it ends is then told anew.
  const deliveries = exit ? known.deliveries.filter(({ alert }) => alert !== exitKind(exit)) : known.deliveries;
  return { ...open, deliveries, expiry: sighting.expiry };
}

/** Without a claim and a snooze that ran out; the cards that speak of them are to be edited. */
function withHandlingEnded(checkpoint: Checkpoint, policy: Policy, now: Instant): Checkpoint {
  const { claim, snoozedUntil, ...free } = checkpoint;
  const isClaimed = claim && claim.until > now;
  const isSnoozed = snoozedUntil !== undefined && snoozedUntil > now;
  if (!claim === !isClaimed && (snoozedUntil === undefined) === !isSnoozed) return checkpoint;
  const editable = policy.channels.filter(({ editsCards }) => editsCards).map(({ id }) => id);
  const left = { ...free, ...(isClaimed && { claim }), ...(isSnoozed && { snoozedUntil }) };
  return withCardsBehind(left, editable, now);
}

function awaitingAnswer(checkpoint: Checkpoint, policy: Policy) {
  return checkpoint.deliveries
    .filter(({ state, channel }) => state === 'accepted' && policy.channels.some(({ id }) => id === channel))
    .map(({ channel, alert }) => ({ referralId: checkpoint.referralId, channel, alert }));
}

function toDraft(
  checkpoint: Checkpoint,
  kind: AlertDraft['kind'],
  due: Pick<DueAlert, 'step' | 'firstTold' | 'mayBeRepeat'>,
  unconfirmedSince: Instant | null,
  now: Instant,
): AlertDraft {
  return {
    ...NOTHING_ELSE,
    kind,
    referralId: checkpoint.referralId,
    engagementId: checkpoint.engagementId,
    step: due.step,
    firstTold: due.firstTold && kind === 'escalation',
    mayBeRepeat: due.mayBeRepeat,
    nobodyTold: kind === 'expired' && !checkpoint.deliveries.some(wasTold),
    unconfirmedSince,
    expiry: checkpoint.expiry,
    firstSeenAt: checkpoint.firstSeenAt,
    exit: checkpoint.exit ?? null,
    exitWord: null,
    claim: checkpoint.claim && checkpoint.claim.until > now ? checkpoint.claim : null,
  };
}
