import { cardOf, summaryOf } from '../messages/card.ts';
import type { CardView } from '../messages/view.ts';
import type { Alert } from '../model/alert.ts';
import type { AlertMessage, Channel, Message, Outcome } from '../model/channel.ts';
import type { Conversation } from '../model/conversation-store.ts';
import { type EscalationReply, escalationReply } from './escalation-reply.ts';
import { ConnectorError, type Post, type TeamsGateway } from './gateway.ts';
import { type Handling, referralPost } from './referral-card.ts';

export interface BotChannelDeps {
  /** Who is called by name when a referral becomes critical: user principal names or Entra object ids. */
  readonly onCall: readonly string[];
  readonly view: CardView;
  /** What people did with this referral; empty when nobody did anything. */
  handlingOf(referralId: string): Promise<Handling>;
  /** Loads what talks to Teams, at the first delivery. */
  gateway(): Promise<TeamsGateway>;
}

/** A conversation that hears of referrals. */
export interface BoundChannel extends Channel {
  /** The name it was bound with. */
  readonly name: string | null;
  /** Edits the card of a referral without a word in its thread. */
  refresh(message: AlertMessage): Promise<Outcome>;
}

const PREFIX = 'bot:';

export function channelIdOf(conversationId: string): string {
  return `${PREFIX}${conversationId}`;
}

/** The conversation of a bot channel's id; null for other channels. */
export function conversationIdOf(channelId: string): string | null {
  return channelId.startsWith(PREFIX) ? channelId.slice(PREFIX.length) : null;
}

/** One bound conversation as a channel. A delivery's reference is the activity id of the referral's card. */
export function createBotChannel(conversation: Conversation, deps: BotChannelDeps): BoundChannel {
  const { channel: conversationId } = conversation;

  async function tellAlert(teams: TeamsGateway, message: AlertMessage): Promise<Outcome> {
    const { alert, now, previous } = message;
    const handling = await handlingOf(alert);
    const post = referralPost(alert, now, handling, deps.view);
    if (previous === undefined || !(await edited(teams, previous, post))) {
      return { state: 'delivered', reference: await teams.post(conversation, conversationId, post) };
    }
    if (alert.kind === 'escalation') {
      const words = escalationReply(alert, now, handling, calledBy(alert, deps), deps.view);
      await reply(teams, threadOf(conversationId, previous), words);
    }
    return { state: 'delivered', reference: previous };
  }

  /** False when the card is no longer there. Teams says 403 of a deleted one; if it meant us, posting will show. */
  async function edited(teams: TeamsGateway, activityId: string, post: Post) {
    try {
      await teams.update(conversation, conversationId, activityId, post);
      return true;
    } catch (error) {
      if (error instanceof ConnectorError && (error.status === 404 || error.status === 403)) return false;
      throw error;
    }
  }

  /** Teams refuses a whole message when it does not know somebody mentioned in it. */
  async function reply(teams: TeamsGateway, thread: string, { loud, plain }: EscalationReply): Promise<void> {
    if (!loud) {
      await teams.post(conversation, thread, plain);
      return;
    }
    try {
      await teams.post(conversation, thread, loud);
    } catch (error) {
      if (!(error instanceof ConnectorError) || error.status !== 400) throw error;
      await teams.post(conversation, thread, plain);
    }
  }

  /** What is of no single referral. */
  async function tellOther(teams: TeamsGateway, message: Message): Promise<Outcome> {
    const card = cardOf(message, deps.view);
    const post = { card, summary: summaryOf(message, deps.view) ?? deps.view.words.link.openReferral() };
    return { state: 'delivered', reference: await teams.post(conversation, conversationId, post) };
  }

  /** Asked anew, for a poll takes its time and people click meanwhile. A lead is told also when the answer fails. */
  async function handlingOf({ referralId, claim }: Alert): Promise<Handling> {
    try {
      return await deps.handlingOf(referralId);
    } catch {
      return claim ? { claim } : {};
    }
  }

  async function within(now: number, tell: (teams: TeamsGateway) => Promise<Outcome>): Promise<Outcome> {
    try {
      const teams = await deps.gateway();
      return await teams.withinPoll(() => tell(teams));
    } catch (error) {
      return toOutcome(error, now);
    }
  }

  return {
    id: channelIdOf(conversationId),
    name: conversation.name ?? null,
    routedAs: conversation.name ? `${PREFIX}${conversation.name.trim().toLowerCase()}` : 'bot',
    audience: 'sales',
    paceMs: 1000,
    deliver: message =>
      within(message.now, teams => (message.kind === 'alert' ? tellAlert(teams, message) : tellOther(teams, message))),
    refresh: message =>
      within(message.now, async teams => {
        const { alert, now, previous } = message;
        if (previous === undefined) return { state: 'delivered' };
        await edited(teams, previous, referralPost(alert, now, await handlingOf(alert), deps.view));
        return { state: 'delivered', reference: previous };
      }),
  };
}

/** Whoever is on shift, or else all of on-call. */
function calledBy({ onDuty }: Alert, { onCall }: BotChannelDeps): readonly string[] {
  return onDuty.length > 0 ? onDuty.map(({ address }) => address) : onCall;
}

function threadOf(conversationId: string, activityId: string): string {
  return `${conversationId};messageid=${activityId}`;
}

function toOutcome(error: unknown, now: number): Outcome {
  if (!(error instanceof ConnectorError)) throw error;
  const { status, message: reason, retryAfterMs } = error;
  if (status === 403 || status === 404) return { state: 'refused', reason };
  const later = status === null || status >= 500 || [401, 408, 412, 429].includes(status);
  if (!later) return { state: 'rejected', reason };
  return { state: 'retry', reason, ...(retryAfterMs !== null && { retryAt: now + retryAfterMs }) };
}
