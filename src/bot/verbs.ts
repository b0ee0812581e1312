import { inTime } from '../base/in-time.ts';
import type { Instant } from '../base/instant.ts';
import { DAY } from '../base/instant.ts';
import { execute } from '../messages/card-parts.ts';
import { personInWords } from '../messages/facts.ts';
import { activeClaim } from '../messages/handling.ts';
import { clean, inert, shown } from '../messages/text.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import { bareReferral, type Referral } from '../model/referral.ts';
import { isReferralId } from '../model/referral-id.ts';
import { type Claim, type Deed, withDeed } from '../model/trail.ts';
import { askRelease } from './ask-release.ts';
import { channelIdOf } from './bot-channel.ts';
import { type Clicker, createCardEdits } from './card-edits.ts';
import type { TeamsGateway } from './gateway.ts';
import type { BotOptions } from './ports.ts';
import { alertNow, claimMark, criticalAt, referralPost } from './referral-card.ts';

/** What a button brings along. It comes over the wire: anything may stand there. */
export interface ButtonData {
  readonly referralId?: unknown;
  /** The claim that its card showed. */
  readonly claim?: unknown;
  /** Whether it was asked once more. */
  readonly sure?: unknown;
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

/** What a button changes, and what is remembered of it; `claim: undefined` takes the claim away. */
type Change = ({ readonly claim: Claim | undefined } | { readonly snoozedUntil: Instant }) & { readonly deed: Deed };

/** A button that somebody has pressed while its referral was pending. */
interface Pressed {
  readonly referral: Referral;
  readonly checkpoint: Checkpoint;
  readonly clicker: Clicker;
  readonly now: Instant;
}

const FETCH_TIME_MS = 3_000;

/** What the buttons of a referral's card do. Each one first asks Partner Center how the referral stands. */
export function createVerbs(options: Options, teams: TeamsGateway) {
  const { checkpoints, clock, log, steps, view } = options;
  const { bot: say, forms } = view.words;
  const cards = createCardEdits(options, teams);

  async function press(verb: Verb, data: ButtonData, clicker: Clicker): Promise<Answer> {
    const { referralId } = data;
    if (!isReferralId(referralId)) return say.namesNothing();
    let referral: Referral | null;
    try {
      referral = await fetchInTime(referralId);
    } catch (error) {
      log.warn('bot.verb-failed', { verb, referralId, reason: error instanceof Error ? error.name : 'unknown' });
      return say.notAnswering();
    }
    const checkpoint = await checkpoints.find(referralId);
    if (referral && checkpoint?.forgotten) referral = bareReferral(referral);
    const now = clock();
    if (referral?.state !== 'pending') return noLongerPending(referral, checkpoint, now);
    if (!checkpoint || checkpoint.exit) return say.notWatchedYet();
    const pressed = { referral, checkpoint, clicker, now };
    switch (verb) {
      case 'details':
        return await details(pressed);
      case 'back':
        return cardFor(pressed);
      case 'claim':
        return await claim(pressed);
      case 'release':
        return await release(pressed, data);
      case 'snooze':
        return await snooze(pressed);
    }
  }

  /** Teams waits five seconds; Partner Center's client would try for much longer. */
  async function fetchInTime(referralId: string): Promise<Referral | null> {
    return await inTime(FETCH_TIME_MS, signal => options.fetchReferral(referralId, signal));
  }

  async function details({ referral, checkpoint, now }: Pressed): Promise<Answer> {
    const card = (await options.detailCard(referral, checkpoint, now)) as { actions?: unknown[] };
    const back = execute('back', say.button.back(), { referralId: referral.id });
    return { ...card, actions: [back, ...(card.actions ?? [])] };
  }

  async function claim(pressed: Pressed): Promise<Answer> {
    const { clicker, now } = pressed;
    return await change(pressed, current => {
      if (activeClaim(current, now)) return null;
      const name = clean(clicker.name, 80);
      return {
        claim: { by: clicker.id, name, at: now, until: claimEnd(current, now) },
        deed: { what: 'claimed', at: now, name },
      };
    });
  }

  /** Nobody has an expired referral, unless Partner Center still shows it after its day. */
  function claimEnd({ expiry }: Checkpoint, now: Instant): Instant {
    const end = now + options.claimExpiresAfterMs;
    return expiry.at > now ? Math.min(end, expiry.at) : end;
  }

  /** Somebody else's claim is released only by who has seen that very claim, was asked once more and meant it. */
  async function release(pressed: Pressed, data: ButtonData): Promise<Answer> {
    const { referral, checkpoint, clicker, now } = pressed;
    const held = activeClaim(checkpoint, now);
    const isStale = data.claim !== undefined && (!held || data.claim !== claimMark(held));
    if (!held || isStale) return cardFor(pressed, [say.nothingReleased()]);
    const isOwn = held.by === clicker.id;
    if (!isOwn && !(data.sure === true && data.claim === claimMark(held))) {
      return askRelease(referral, held, view);
    }
    let released = false;
    const answer = await change(pressed, current => {
      const still = activeClaim(current, now);
      released = still !== undefined && claimMark(still) === claimMark(held);
      if (!released) return null;
      const deed = { what: 'released' as const, at: now, name: clean(clicker.name, 80) };
      return { claim: undefined, deed: isOwn ? deed : { ...deed, holder: held.name } };
    });
    if (released && !isOwn) await cards.tellReleased(referral, held, clicker);
    return answer;
  }

  async function snooze(pressed: Pressed): Promise<Answer> {
    const { clicker, now } = pressed;
    let until = now;
    const answer = await change(pressed, current => {
      until = Math.min(now + DAY, criticalAt(current.expiry.at, steps));
      if (until <= now || until <= (current.snoozedUntil ?? 0)) return null;
      return { snoozedUntil: until, deed: { what: 'snoozed', at: now, name: clean(clicker.name, 80) } };
    });
    return until > now ? answer : say.tooLateToSnooze();
  }

  /** Changes the checkpoint under its ETag, then shows the change on every card; answers the card or who was faster. */
  async function change(pressed: Pressed, decide: (current: Checkpoint) => Change | null): Promise<Answer> {
    const { referral, clicker, now } = pressed;
    let changed = false;
    const due = await cards.due();
    const checkpoint = await checkpoints.update(referral.id, current => {
      const part = decide(current);
      changed = part !== null;
      return part && due.marked(merged(current, part), now);
    });
    if (!checkpoint) return say.notWatchedAnyMore();
    if (changed) await due.edit(referral, checkpoint, clicker, now);
    const holder = activeClaim(checkpoint, now);
    if (!changed && holder && holder.by !== clicker.id) {
      return inert(say.heldBy(personInWords(holder.name, view.words), forms.moment(holder.at, view.timeZone)));
    }
    return cardFor({ ...pressed, checkpoint });
  }

  function cardFor({ referral, checkpoint, clicker, now }: Pressed, notes: readonly string[] = []): object {
    const alert = alertNow(referral, checkpoint, channelIdOf(clicker.conversationId), steps);
    return referralPost(alert, now, checkpoint, options, notes).card;
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
    return referralPost(alert, now, checkpoint, options, [say.nowIs(state)]).card;
  }

  return { press };
}

/** A checkpoint at rest must be looked at again once somebody has changed what is due. */
function merged(current: Checkpoint, part: Change): Checkpoint {
  const { rest: _rest, claim: held, ...others } = current;
  const claim = 'claim' in part ? part.claim : held;
  return {
    ...others,
    deeds: withDeed(current.deeds, part.deed),
    ...(claim && { claim }),
    ...('snoozedUntil' in part && { snoozedUntil: part.snoozedUntil }),
  };
}
