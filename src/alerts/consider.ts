import type { Instant } from '../base/instant.ts';
import type { AlertDraft } from '../model/alert.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import type { Seen } from './absent.ts';
import { hearingOf, withoutStrays } from './audiences.ts';
import { channelsBehind, withHandlingEnded } from './cards-behind.ts';
import { toDraft } from './draft.ts';
import { dueAlert } from './due.ts';
import { counting, isFactless, routed, withFacts } from './known-facts.ts';
import type { PlannedAlert } from './messages.ts';
import { plannedAlert } from './planned.ts';
import type { Policy } from './policy.ts';
import type { Sightings } from './sightings.ts';
import { dueStep } from './steps.ts';

/** A card, and what it should say. */
export interface CardBehind {
  readonly channel: string;
  readonly draft: AlertDraft;
}

/** What is due of one pending referral. */
export interface Considered {
  /** As it will stand before anything is told. */
  readonly checkpoint: Checkpoint;
  readonly alerts: readonly PlannedAlert[];
  readonly cardsBehind: readonly CardBehind[];
  /** Nobody has read what the rules ask about. */
  readonly factless: boolean;
}

/** Decides what is due of a referral that is pending, as far as anybody knows. */
export function consider(
  { checkpoint: seen, unconfirmedSince }: Seen,
  sightings: Sightings,
  policy: Policy,
  now: Instant,
): Considered {
  const known = counting(withFacts(seen, sightings), policy);
  const { route, channels } = hearingOf(known, policy, now);
  const checkpoint = route ? routed(withoutStrays(known, channels, now), route) : known;
  // Partner Center shows it still; and it is not our clock that says so too early.
  const passed = unconfirmedSince === null && sightings.clock !== 'ahead';
  const alerts = channels.flatMap(channel => {
    const due = dueAlert(checkpoint, channel, policy, now, { passed });
    if (!due) return [];
    const draft = toDraft(checkpoint, due, { unconfirmedSince, channel }, now);
    return [plannedAlert(channel, { ...draft, factsUnknown: route?.factsUnknown === true }, due.reason, checkpoint)];
  });
  const standing = withHandlingEnded(checkpoint, policy, now);
  const cardsBehind = channelsBehind(standing, policy, now).map(({ id }) => {
    const step = dueStep(standing, { audience: 'sales', passed }, policy, now);
    const shown = { step, firstTold: false, mayBeRepeat: false };
    return { channel: id, draft: toDraft(standing, shown, { unconfirmedSince, channel: null }, now) };
  });
  return { checkpoint: standing, alerts, cardsBehind, factless: isFactless(known, policy) };
}
