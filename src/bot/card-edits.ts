import type { Instant } from '../base/instant.ts';
import { personInWords, titleOf } from '../messages/facts.ts';
import { cardOf, editAtOf, withCard, withCardsBehind } from '../model/cards.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import { boundOf, type Conversation } from '../model/conversation-store.ts';
import type { Referral } from '../model/referral.ts';
import type { Claim } from '../model/trail.ts';
import { channelIdOf } from './bot-channel.ts';
import { isRefusal, reasonOf } from './connector-error.ts';
import type { TeamsGateway } from './gateway.ts';
import type { BotOptions } from './ports.ts';
import { alertNow, referralPost } from './referral-card.ts';
import { mentionName, say } from './remark.ts';

type Options = Pick<BotOptions, 'checkpoints' | 'conversations' | 'log' | 'steps' | 'view'>;

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

/** A card that is out, and where. */
interface Posted {
  readonly conversation: Conversation;
  readonly activityId: string;
  /** Whether the checkpoint knows it: a poll may not have recorded the clicked one yet. */
  readonly recorded: boolean;
}

/** Shows on every card of a referral what a button has changed. */
export function createCardEdits(options: Options, teams: TeamsGateway) {
  const { checkpoints, conversations, log, steps } = options;

  async function due() {
    const places = (await conversations.list()).filter(({ deleted }) => deleted === undefined);
    const channels = boundOf(places).map(({ channel }) => channelIdOf(channel));

    /** Edits a card, posts it anew where that is refused. Answers the id of what now stands there. */
    async function show(
      { conversation, activityId, recorded }: Posted,
      referral: Referral,
      checkpoint: Checkpoint,
      now: Instant,
    ) {
      const { channel } = conversation;
      const id = channelIdOf(channel);
      const alert = alertNow(referral, checkpoint, id, steps);
      const post = referralPost(alert, now, checkpoint, options);
      try {
        await teams.update(conversation, channel, activityId, post);
        return activityId;
      } catch (error) {
        if (!recorded || !channels.includes(id) || !isRefusal(error)) throw error;
        return (await teams.post(conversation, channel, post)) ?? activityId;
      }
    }

    return {
      /** Notes, together with the change itself, that the cards are behind it: whoever dies now, the next poll edits them. */
      marked: (checkpoint: Checkpoint, now: Instant) => withCardsBehind(checkpoint, channels, now),

      /** What cannot be edited now is edited at the next poll: the change itself stands. */
      async edit(referral: Referral, checkpoint: Checkpoint, clicker: Clicker, now: Instant): Promise<void> {
        const cards = postedCards(checkpoint, places, clicker);
        const edits = await Promise.allSettled(cards.map(posted => show(posted, referral, checkpoint, now)));
        const shown = new Map<string, string>();
        for (const [i, edit] of edits.entries()) {
          const { conversation, recorded } = cards[i] as Posted;
          if (edit.status === 'fulfilled') {
            if (recorded) shown.set(channelIdOf(conversation.channel), edit.value);
          } else log.warn('bot.edit-failed', { referralId: referral.id, reason: reasonOf(edit.reason) });
        }
        await settle(referral.id, checkpoint, shown, channels, now).catch(error => {
          log.warn('bot.edit-failed', { referralId: referral.id, reason: reasonOf(error) });
        });
      },
    };
  }

  /** Takes the notes back where the cards have followed, unless somebody has changed more meanwhile. */
  async function settle(
    referralId: string,
    before: Checkpoint,
    shown: ReadonlyMap<string, string>,
    channels: readonly string[],
    now: Instant,
  ): Promise<void> {
    await checkpoints.update(referralId, current => {
      let settled = current;
      for (const channel of channels) {
        const card = cardOf(current, channel);
        if (!card || card.reference !== cardOf(before, channel)?.reference) continue;
        const reference = shown.get(channel);
        if (reference === undefined && card.editAt === undefined) settled = withCard(settled, channel, { editAt: now });
        if (reference !== undefined && card.editAt === editAtOf(before, channel)) {
          settled = withCard(settled, channel, { reference, editAt: null });
        }
      }
      return settled === current ? null : settled;
    });
  }

  /** Tells somebody that a colleague has released their claim: beside the card that was clicked. */
  async function tellReleased(referral: Referral, claim: Claim, clicker: Clicker): Promise<void> {
    const { view } = options;
    const conversation = (await conversations.list()).find(({ channel }) => channel === clicker.conversationId);
    if (!conversation) return;
    const by = personInWords(clicker.name, view.words);
    const remark = {
      said: view.words.bot.released(by, titleOf(referral.facts, view.words)),
      people: [{ id: claim.by, name: mentionName(claim.name, view.words.notes.someColleague()) }],
      of: referral,
    };
    await say(teams, conversation, clicker.activityId ?? '', remark, view).catch(error => {
      log.warn('bot.edit-failed', { referralId: referral.id, reason: reasonOf(error) });
    });
  }

  return { due, tellReleased };
}

/** The newest card in each conversation, and the clicked one. */
function postedCards(checkpoint: Checkpoint, places: readonly Conversation[], clicker: Clicker): Posted[] {
  const unique = [...new Map(places.map(place => [place.channel, place])).values()];
  return unique.flatMap(conversation => {
    const { channel } = conversation;
    const reference = cardOf(checkpoint, channelIdOf(channel))?.reference;
    const clicked = channel === clicker.conversationId ? clicker.activityId : null;
    return [
      ...(reference !== undefined ? [{ conversation, activityId: reference, recorded: true }] : []),
      ...(clicked !== null && clicked !== reference ? [{ conversation, activityId: clicked, recorded: false }] : []),
    ];
  });
}
