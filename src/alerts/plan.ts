import type { Instant } from '../base/instant.ts';
import { type AlertDraft, alertName } from '../model/alert.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import type { Exit } from '../model/exit.ts';
import { expiryOf } from '../model/expiry.ts';
import { confirmed, type Unlisted, whenUnlisted } from './absent.ts';
import { withoutFuture } from './ahead.ts';
import { asksForFacts, hearingOf, routingFacts, withoutStrays } from './audiences.ts';
import { channelsBehind, withHandlingEnded } from './cards-behind.ts';
import { endedStorms } from './digests.ts';
import { type DueAlert, dueAlert, wasTold, wouldRepeat } from './due.ts';
import { exitDeliveries, exitKind, operatorsDelivery, operatorsPart } from './exits.ts';
import { carriedOver, movedFrom, redated, type SeenDates } from './expiry-watch.ts';
import { gathered, type PlannedAlert, type PlannedMessage, type Reason } from './messages.ts';
import { plannedAlert } from './planned.ts';
import { type Audience, type Policy, policyFingerprint } from './policy.ts';
import { isResting } from './rest.ts';
import { POLLS_WITHOUT_FACTS, type Route } from './routes.ts';
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

/** The expiry of a referral as the operator hears of it. */
function toUnheard(checkpoint: Checkpoint, now: Instant): AlertDraft {
  const earlier = operatorsDelivery(checkpoint.deliveries);
  const due = { step: null, firstTold: false, mayBeRepeat: earlier !== undefined && wouldRepeat(earlier) };
  const draft = toDraft(checkpoint, 'expired', due, checkpoint.doubtSince ?? null, null, now);
  // A try that nobody took may have arrived, and is no news to anybody else.
  return { ...draft, nobodyTold: true };
}

/** Who shares an incident, and whether they have left pending. What is still open is open for the pager as well. */
function* stormMembers(left: readonly Checkpoint[], { storms = new Map() }: Sightings) {
  const over = new Set(left.map(({ referralId }) => referralId));
  for (const [storm, ids] of storms) for (const id of ids) yield { storm, hasLeft: over.has(id) };
}

/** With what a reading of this poll says of it. */
function withFacts(known: Checkpoint, { facts }: Sightings): Checkpoint {
  const read = facts?.get(known.referralId);
  if (!read || known.forgotten) return known;
  const isSame = known.engagementId === read.engagementId && isDeepEqual(known.summary, read.summary);
  if (isSame && known.factless === undefined) return known;
  const { factless: _count, rest: _rest, ...open } = known;
  return { ...open, ...read };
}

function isDeepEqual(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function isFactless(known: Checkpoint, { rules }: Policy): boolean {
  return !known.forgotten && asksForFacts(rules) && routingFacts(known) === null;
}

/** With one more poll in which nobody could read what the rules ask about, as long as that matters. */
function counting(known: Checkpoint, policy: Policy): Checkpoint {
  const { factless = 0 } = known;
  return isFactless(known, policy) && factless < POLLS_WITHOUT_FACTS ? { ...known, factless: factless + 1 } : known;
}

/** With the names of the rules that take it. */
function routed(known: Checkpoint, { name: taking }: Route): Checkpoint {
  const name = taking ?? undefined;
  if (known.route === name) return known;
  const { route: _before, ...other } = known;
  return name === undefined ? other : { ...other, route: name };
}

/** How close to expiry the most severe step speaks that is due now; infinity before the first. */
function nearestStep(checkpoint: Checkpoint, policy: Policy, now: Instant): number {
  return dueStep(policy, 'sales', false, checkpoint, now, true)?.before ?? Number.POSITIVE_INFINITY;
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

/** The same for one that was not listed. */
function unlisted(known: Checkpoint, sightings: Sightings, policy: Policy, now: Instant): Unlisted {
  if (known.exit) return { checkpoint: known, unconfirmedSince: null };
  const { referralId } = known;
  const stands = whenUnlisted(known, sightings.answers.get(referralId) ?? 'unknown', sightings, now);
  const whole = sightings.whole?.get(referralId);
  if (stands.checkpoint.exit) return { ...stands, checkpoint: { ...stands.checkpoint, exitAt: now } };
  if (whole === undefined || whole === 'refused') return stands;
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
    route: checkpoint.route ?? null,
    factsUnknown: false,
    onDuty: [],
    firstSeenAt,
    expiry,
    exit: exit ?? null,
    exitWord: exitWord ?? null,
    claim: claim && claim.until > now ? claim : null,
  };
}
