import { inTime } from '../base/in-time.ts';
import type { Instant } from '../base/instant.ts';
import { DAY } from '../base/instant.ts';
import { execute } from '../messages/card-parts.ts';
import { personInWords } from '../messages/facts.ts';
import { clean, inert, shown } from '../messages/text.ts';
import type { Checkpoint, Claim } from '../model/checkpoint.ts';
import type { Referral } from '../model/referral.ts';
import { isReferralId } from '../model/referral-id.ts';
import { channelIdOf, conversationIdOf } from './bot-channel.ts';
import type { TeamsGateway } from './gateway.ts';
import type { BotOptions } from './ports.ts';
import { activeClaim, alertNow, referralPost } from './referral-card.ts';

/** Whoever pressed a button, and where. */
export interface Clicker {
  /** Entra object id. */
  readonly id: string;
  readonly name: string;
  /** Without a thread. */
  readonly conversationId: string;
  /** The card that was clicked. */
  readonly activityId: string | null;
}

/** A card in place of the one that was clicked, for the clicker; or a sentence below it. */
export type Answer = object | string;

export type Verb = 'details' | 'claim' | 'release' | 'snooze' | 'back';

export const VERBS: readonly Verb[] = ['details', 'claim', 'release', 'snooze', 'back'];

type Options = Pick<
  BotOptions,
  | 'checkpoints'
  | 'conversations'
  | 'claimExpiresAfterMs'
  | 'clock'
  | 'detailCard'
  | 'fetchReferral'
  | 'log'
  | 'steps'
  | 'view'
>;

/** What a button changes; `claim: undefined` takes the claim away. */
type Change = { readonly claim: Claim | undefined } | { readonly snoozedUntil: Instant };

const FETCH_TIME_MS = 3_000;

/** What the buttons of a referral's card do. Each one first asks Partner Center how the referral stands. */
export function createVerbs(options: Options, teams: TeamsGateway) {
  const { checkpoints, clock, log, steps, view } = options;
  const { bot: say, forms } = view.words;

  async function press(verb: Verb, referralId: unknown, clicker: Clicker): Promise<Answer> {
    if (!isReferralId(referralId)) return say.namesNothing();
    let referral: Referral | null;
    try {
      referral = await fetchInTime(referralId);
    } catch (error) {
      log.warn('bot.verb-failed', { verb, referralId, reason: error instanceof Error ? error.name : 'unknown' });
      return say.notAnswering();
    }
    const checkpoint = await checkpoints.find(referralId);
    const now = clock();
    if (referral?.state !== 'pending') return noLongerPending(referral, checkpoint, now);
    if (!checkpoint || checkpoint.exit) {
      return say.notWatchedYet();
    }
    switch (verb) {
      case 'details':
        return details(referral, checkpoint, now);
      case 'back':
        return cardFor(referral, checkpoint, clicker.conversationId, now);
      case 'claim':
        return await claim(referral, clicker, now);
      case 'release':
        return await release(referral, clicker, now);
      case 'snooze':
        return await snooze(referral, clicker, now);
    }
  }

  /** Teams waits five seconds; Partner Center's client would try for much longer. */
  async function fetchInTime(referralId: string): Promise<Referral | null> {
    return await inTime(FETCH_TIME_MS, signal => options.fetchReferral(referralId, signal));
  }

  function details(referral: Referral, checkpoint: Checkpoint, now: Instant): Answer {
    const card = options.detailCard(referral, checkpoint, now) as { actions?: unknown[] };
    return {
      ...card,
      actions: [execute('back', say.button.back(), { referralId: referral.id }), ...(card.actions ?? [])],
    };
  }

  async function claim(referral: Referral, clicker: Clicker, now: Instant): Promise<Answer> {
    const wanted: Claim = {
      by: clicker.id,
      name: clean(clicker.name, 80),
      at: now,
      until: now + options.claimExpiresAfterMs,
    };
    return await change(referral, clicker, now, current =>
      // A claim promises nothing beyond the expiry.
      activeClaim(current, now) ? null : { claim: { ...wanted, until: Math.min(wanted.until, current.expiry.at) } },
    );
  }

  async function release(referral: Referral, clicker: Clicker, now: Instant): Promise<Answer> {
    return await change(referral, clicker, now, current => (current.claim ? { claim: undefined } : null));
  }

  async function snooze(referral: Referral, clicker: Clicker, now: Instant): Promise<Answer> {
    let until = now;
    const answer = await change(referral, clicker, now, current => {
      until = Math.min(now + DAY, current.expiry.at - criticalBefore());
      return until > now && until > (current.snoozedUntil ?? 0) ? { snoozedUntil: until } : null;
    });
    return until > now ? answer : say.tooLateToSnooze();
  }

  function criticalBefore(): number {
    return Math.max(0, ...steps.filter(step => step.severity === 'critical').map(step => step.before));
  }

  /** Changes the checkpoint under its ETag, then shows the change on every card; answers the card or who was faster. */
  async function change(
    referral: Referral,
    clicker: Clicker,
    now: Instant,
    decide: (current: Checkpoint) => Change | null,
  ): Promise<Answer> {
    let changed = false;
    const checkpoint = await checkpoints.update(referral.id, current => {
      const part = decide(current);
      changed = part !== null;
      return part && merged(current, part);
    });
    if (!checkpoint) return say.notWatchedAnyMore();
    if (changed) {
      await editCards(referral, checkpoint, clicker, now).catch(error => {
        log.warn('bot.edit-failed', {
          referralId: referral.id,
          reason: error instanceof Error ? error.name : 'unknown',
        });
      });
    }
    const holder = activeClaim(checkpoint, now);
    if (!changed && holder && holder.by !== clicker.id) {
      return inert(say.heldBy(personInWords(holder.name, view.words), forms.moment(holder.at, view.timeZone)));
    }
    return cardFor(referral, checkpoint, clicker.conversationId, now);
  }

  function cardFor(referral: Referral, checkpoint: Checkpoint, conversationId: string, now: Instant): object {
    return postFor(referral, checkpoint, conversationId, now).card;
  }

  function postFor(referral: Referral, checkpoint: Checkpoint, conversationId: string, now: Instant) {
    return referralPost(alertNow(referral, checkpoint, channelIdOf(conversationId), steps), now, checkpoint, view);
  }

  /** A card that cannot be edited now is edited at its next alert: the change itself stands. */
  async function editCards(referral: Referral, checkpoint: Checkpoint, clicker: Clicker, now: Instant): Promise<void> {
    const cards = postedCards(checkpoint, clicker);
    if (cards.length === 0) return;
    const places = new Map((await options.conversations.list()).map(place => [place.channel, place]));
    const edits = cards.map(async ({ conversationId, activityId }) => {
      const place = places.get(conversationId);
      if (!place) return;
      await teams.update(place, conversationId, activityId, postFor(referral, checkpoint, conversationId, now));
    });
    for (const { status, reason } of (await Promise.allSettled(edits)) as { status: string; reason?: Error }[]) {
      if (status === 'rejected') log.warn('bot.edit-failed', { referralId: referral.id, reason: reason?.message });
    }
  }

  function noLongerPending(referral: Referral | null, checkpoint: Checkpoint | null, now: Instant): Answer {
    if (!referral) return say.notListedAnyMore();
    const { state } = referral;
    if (!checkpoint || state === 'pending' || state === 'received' || state === 'other') {
      return inert(say.partnerCenterSays(shown(referral.substatus ?? referral.status ?? state, 60)));
    }
    const alert = {
      ...alertNow(referral, checkpoint, '', steps),
      kind: state === 'expired' ? ('expired' as const) : ('answered' as const),
      step: null,
      exit: state,
    };
    const { card } = referralPost(alert, now, checkpoint, view, [say.nowIs(state)]);
    return card;
  }

  return { press };
}

/** The newest card of the referral in each conversation, and the clicked one: a poll may not have recorded it yet. */
function postedCards(checkpoint: Checkpoint, clicker: Clicker): { conversationId: string; activityId: string }[] {
  const newest = new Map<string, string>();
  for (const { channel, reference, digest } of checkpoint.deliveries.toSorted((a, b) => a.at - b.at)) {
    const conversationId = conversationIdOf(channel);
    if (conversationId !== null && reference && !digest) newest.set(conversationId, reference);
  }
  const cards = [...newest].map(([conversationId, activityId]) => ({ conversationId, activityId }));
  const { conversationId, activityId } = clicker;
  const known = activityId === null || newest.get(conversationId) === activityId;
  return known ? cards : [...cards, { conversationId, activityId }];
}

/** A checkpoint at rest must be looked at again once somebody has changed what is due. */
function merged(current: Checkpoint, part: Change): Checkpoint {
  const { rest: _rest, claim: held, ...others } = current;
  const claim = 'claim' in part ? part.claim : held;
  return {
    ...others,
    ...(claim && { claim }),
    ...('snoozedUntil' in part && { snoozedUntil: part.snoozedUntil }),
  };
}
