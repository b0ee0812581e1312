import type { Instant } from '../base/instant.ts';
import type { AlertDraft } from '../model/alert.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import type { Seen } from './absent.ts';
import { withoutFuture } from './ahead.ts';
import { conclude } from './conclude.ts';
import { type CardBehind, consider } from './consider.ts';
import { endedStorms } from './digests.ts';
import { toUnheard } from './draft.ts';
import { type Ended, hasEnded } from './exits.ts';
import { withFacts } from './known-facts.ts';
import { gathered, type PlannedMessage } from './messages.ts';
import { observe, unlisted } from './observe.ts';
import { type Policy, policyFingerprint } from './policy.ts';
import { isResting } from './rest.ts';
import type { Sightings } from './sightings.ts';
import { closeness, dueStep } from './steps.ts';

/** What a poll will do. Nothing has been done yet. */
export interface Plan {
  /** Checkpoints as they will stand before anything is told: new ones, and old ones whose dates or state changed. */
  readonly changed: ReadonlyMap<string, Checkpoint>;
  readonly messages: readonly PlannedMessage[];
  /** Cards of pending referrals that say less than is known: a claim or a snooze ran out, or an edit failed. */
  readonly cardsBehind: readonly CardBehind[];
  /** Referrals that left Pending with nobody left to tell. */
  readonly toClose: readonly string[];
  /** Expired ones that nobody was told of, nor can be: the operator hears of them. */
  readonly unheard: readonly AlertDraft[];
  /** Pending referrals of which nobody has read what the rules ask about, most urgent first. */
  readonly factless: readonly string[];
}

/** Decides what one poll tells, to whom and why. Pure: the same input gives the same plan. */
export function plan(
  sightings: Sightings,
  checkpoints: ReadonlyMap<string, Checkpoint>,
  policy: Policy,
  now: Instant,
): Plan {
  const { open, left } = seenAnew(sightings, checkpoints, policy, now);
  const fingerprint = policyFingerprint(policy);
  const considered = open
    .filter(({ checkpoint }) => !isResting(checkpoint, fingerprint, now))
    .map(each => consider(each, sightings, policy, now));
  const storms = endedStorms(stormMembers(left, sightings));
  const concluded = left.map(checkpoint => ({ checkpoint, ...conclude(checkpoint, storms, policy, now) }));
  const over = (whom: 'operator' | 'nobody') => concluded.filter(each => each.left === whom);

  const changed = new Map<string, Checkpoint>();
  for (const { checkpoint } of [...open, ...considered, ...concluded]) {
    const { referralId } = checkpoint;
    if (checkpoint !== checkpoints.get(referralId)) changed.set(referralId, checkpoint);
  }
  const factless = considered.filter(each => each.factless).map(({ checkpoint }) => checkpoint);
  return {
    changed,
    messages: gathered(
      [...considered, ...concluded].flatMap(({ alerts }) => alerts),
      policy,
      now,
    ),
    cardsBehind: considered.flatMap(({ cardsBehind }) => cardsBehind),
    toClose: over('nobody').map(({ checkpoint }) => checkpoint.referralId),
    unheard: over('operator').map(({ checkpoint }) => toUnheard(checkpoint, now)),
    factless: factless.toSorted((a, b) => a.expiry.at - b.expiry.at).map(({ referralId }) => referralId),
  };
}

/** Every referral as this poll found it: those that are pending as far as anybody knows, and those that have left Pending. */
function seenAnew(
  sightings: Sightings,
  checkpoints: ReadonlyMap<string, Checkpoint>,
  policy: Policy,
  now: Instant,
): { readonly open: readonly Seen[]; readonly left: readonly Ended[] } {
  const { pending, whole, clock } = sightings;
  const believed = (known: Checkpoint): Checkpoint => {
    if (clock === 'behind') return known;
    return withoutFuture(known, alert => closeness(alert) >= nearestStep(known, policy, now), now);
  };
  const listed = [...pending.values()].map((sighting): Seen => {
    const known = checkpoints.get(sighting.id);
    const checkpoint = observe(known && believed(known), sighting, whole?.get(sighting.id), policy, now);
    return { checkpoint, unconfirmedSince: null };
  });
  const absent = [...checkpoints.values()]
    .filter(({ referralId }) => !pending.has(referralId))
    .map(known => unlisted(believed(known), sightings, policy, now));
  const left = absent.map(({ checkpoint }) => checkpoint).filter(hasEnded);
  return {
    open: [...listed, ...absent.filter(({ checkpoint }) => !hasEnded(checkpoint))],
    left: left.map(checkpoint => withFacts(checkpoint, sightings)).filter(hasEnded),
  };
}

/** Who shares an incident, and whether they have left pending. What is still open is open for the pager as well. */
function* stormMembers(left: readonly Checkpoint[], { storms = new Map() }: Sightings) {
  const over = new Set(left.map(({ referralId }) => referralId));
  for (const [storm, ids] of storms) for (const id of ids) yield { storm, hasLeft: over.has(id) };
}

/** How close to expiry the most severe step speaks that is due now; infinity before the first. */
function nearestStep(checkpoint: Checkpoint, policy: Policy, now: Instant): number {
  return dueStep(checkpoint, { audience: 'sales', passed: true }, policy, now)?.before ?? Number.POSITIVE_INFINITY;
}
