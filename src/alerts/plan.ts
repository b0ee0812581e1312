import type { Instant } from '../base/instant.ts';
import type { AlertDraft } from '../model/alert.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import type { Exit } from '../model/exit.ts';
import { withoutFuture } from './ahead.ts';
import { hearingOf, withoutStrays } from './audiences.ts';
import { channelsBehind, withHandlingEnded } from './cards-behind.ts';
import { endedStorms } from './digests.ts';
import { toDraft, toUnheard } from './draft.ts';
import { dueAlert } from './due.ts';
import { exitDeliveries, exitKind, operatorsPart } from './exits.ts';
import { counting, isFactless, routed, withFacts } from './known-facts.ts';
import { gathered, type PlannedAlert, type PlannedMessage, type Reason } from './messages.ts';
import { observe, unlisted } from './observe.ts';
import { plannedAlert } from './planned.ts';
import { type Audience, type Policy, policyFingerprint } from './policy.ts';
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
  const unheard: AlertDraft[] = [];
  const factless: Checkpoint[] = [];

  const { clock } = sightings;
  const read = (known: Checkpoint): Checkpoint => {
    if (clock === 'behind') return known;
    return withoutFuture(known, alert => closeness(alert) >= nearestStep(known, policy, now), now);
  };

  /** What is known now, when that is not what was known. */
  const note = (known: Checkpoint | undefined, checkpoint: Checkpoint): void => {
    if (checkpoint !== known) changed.set(checkpoint.referralId, checkpoint);
  };

  const add = (channel: Audience, draft: AlertDraft, reason: Reason, row: Checkpoint): void => {
    alerts.push(plannedAlert(channel.id, draft, reason, row, channel.incidents === true));
  };

  const consider = (seen: Checkpoint, since: Instant | null): void => {
    if (isResting(seen, fingerprint, now)) return;
    const counted = counting(withFacts(seen, sightings), policy);
    if (isFactless(counted, policy)) factless.push(counted);
    const hearing = hearingOf(counted, policy, now);
    const checkpoint = hearing.route ? routed(withoutStrays(counted, hearing.channels, now), hearing.route) : counted;
    note(seen, checkpoint);
    // Partner Center shows it still; and it is not our clock that says so too early.
    const passed = since === null && clock !== 'ahead';
    for (const channel of hearing.channels) {
      const due = dueAlert(checkpoint, channel, policy, now, passed);
      if (due) {
        const draft = toDraft(checkpoint, due.step ? 'escalation' : 'new', due, since, channel, now);
        const factsUnknown = hearing.route?.factsUnknown === true;
        add(channel, { ...draft, factsUnknown }, due.reason, checkpoint);
      }
    }
    const standing = withHandlingEnded(changed.get(checkpoint.referralId) ?? checkpoint, policy, now);
    if (standing !== checkpoint) changed.set(checkpoint.referralId, standing);
    for (const { id: channel } of channelsBehind(standing, policy, now)) {
      const step = dueStep(policy, 'sales', false, standing, now, passed);
      const shown = { step, firstTold: false, mayBeRepeat: false };
      cardsBehind.push({ channel, draft: toDraft(standing, step ? 'escalation' : 'new', shown, since, null, now) });
    }
  };

  for (const sighting of sightings.pending.values()) {
    const known = checkpoints.get(sighting.id);
    const checkpoint = observe(known && read(known), sighting, sightings.whole?.get(sighting.id), policy, now);
    note(known, checkpoint);
    consider(checkpoint, null);
  }

  const left: Checkpoint[] = [];
  for (const known of checkpoints.values()) {
    const { referralId } = known;
    if (sightings.pending.has(referralId)) continue;
    const { checkpoint, unconfirmedSince } = unlisted(read(known), sightings, policy, now);
    note(known, checkpoint);
    if (checkpoint.exit) {
      const last = withFacts(checkpoint, sightings);
      note(checkpoint, last);
      left.push(last);
    } else consider(checkpoint, unconfirmedSince);
  }

  const storms = endedStorms(stormMembers(left, sightings));
  for (const checkpoint of left) {
    const exit = checkpoint.exit as Exit;
    const exits = exitDeliveries(checkpoint, exit, policy, now, storms);
    if (exits.every(({ exitDelivery }) => exitDelivery === 'done')) {
      const part = operatorsPart(checkpoint, now);
      if (part === 'done') toClose.push(checkpoint.referralId);
      if (part === 'due') unheard.push(toUnheard(checkpoint, now));
    }
    for (const { channel, exitDelivery } of exits) {
      if (typeof exitDelivery !== 'object') continue;
      const { due } = exitDelivery;
      const draft = toDraft(checkpoint, exitKind(exit), due, checkpoint.doubtSince ?? null, channel, now);
      add(channel, draft, due.reason, checkpoint);
    }
  }

  const unread = factless.toSorted((a, b) => a.expiry.at - b.expiry.at).map(({ referralId }) => referralId);
  return { changed, messages: gathered(alerts, policy, now), cardsBehind, toClose, unheard, factless: unread };
}

/** Who shares an incident, and whether they have left pending. What is still open is open for the pager as well. */
function* stormMembers(left: readonly Checkpoint[], { storms = new Map() }: Sightings) {
  const over = new Set(left.map(({ referralId }) => referralId));
  for (const [storm, ids] of storms) for (const id of ids) yield { storm, hasLeft: over.has(id) };
}

/** How close to expiry the most severe step speaks that is due now; infinity before the first. */
function nearestStep(checkpoint: Checkpoint, policy: Policy, now: Instant): number {
  return dueStep(policy, 'sales', false, checkpoint, now, true)?.before ?? Number.POSITIVE_INFINITY;
}
