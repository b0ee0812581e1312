import type { Instant } from '../base/instant.ts';
import { cardOf, summaryOf } from '../messages/card.ts';
import type { Handling } from '../messages/handling.ts';
import type { Alert } from '../model/alert.ts';
import type { AlertMessage, Channel, Message, Outcome } from '../model/channel.ts';
import type { Conversation } from '../model/conversation-store.ts';
import { outcomeOf } from '../model/outcomes.ts';
import { ConnectorError, isRefusal } from './connector-error.ts';
import { concerned, escalationRemark } from './escalation.ts';
import type { Post, TeamsGateway } from './gateway.ts';
import { type CardSetting, callingPost, referralPost } from './referral-card.ts';
import { postCalling, say } from './remark.ts';

export interface BotChannelDeps extends CardSetting {
  /** Who is called by name when a referral becomes critical: user principal names or Entra object ids. */
  readonly onCall: readonly string[];
  /** What people did with this referral; empty when nobody did anything. */
  handlingOf(referralId: string): Promise<Handling>;
  /** Loads what talks to Teams, at the first delivery. */
  gateway(): Promise<TeamsGateway>;
}

/** A conversation that hears of referrals. */
export interface BoundChannel extends Channel {
  /** The name it was bound with. */
  readonly name: string | null;
  /** When its binding or its address last changed: what it refused before may be taken now. */
  readonly mark: string;
  readonly editsCards: true;
  /** Brings the card of a referral up to date without a word in its thread; posts it anew where it cannot be edited. */
  refresh(message: AlertMessage): Promise<Outcome>;
}

const PREFIX = 'bot:';

export function channelIdOf(conversationId: string): string {
  return `${PREFIX}${conversationId}`;
}

/** One bound conversation as a channel. A delivery's reference is the activity id of the referral's card. */
export function createBotChannel(conversation: Conversation, deps: BotChannelDeps): BoundChannel {
  const { channel: conversationId } = conversation;

  async function tellAlert(teams: TeamsGateway, message: AlertMessage): Promise<Outcome> {
    const { alert, now, previous } = message;
    const handling = await handlingOf(alert);
    const post = referralPost(alert, now, handling, deps);
    const people = alert.kind === 'escalation' ? concerned(alert, handling, calledBy(alert, deps), deps.view) : [];
    if (previous === undefined || !(await edited(teams, previous, post))) {
      const reference = await postCalling(people, called =>
        teams.post(conversation, conversationId, callingPost(post, called)),
      );
      return delivered(reference);
    }
    if (alert.kind === 'escalation') {
      await say(teams, conversation, previous, escalationRemark(alert, now, people, deps.view), deps.view);
    }
    return { state: 'delivered', reference: previous };
  }

  async function refresh(teams: TeamsGateway, { alert, now, previous }: AlertMessage): Promise<Outcome> {
    if (previous === undefined) return { state: 'delivered' };
    const post = referralPost(alert, now, await handlingOf(alert), deps);
    if (await edited(teams, previous, post)) return { state: 'delivered', reference: previous };
    // Without an id of the new one, the next edit finds that the old one cannot be edited.
    return { state: 'delivered', reference: (await teams.post(conversation, conversationId, post)) ?? previous };
  }

  /** False when the card cannot be edited any more. If it was us who were refused, posting will show. */
  async function edited(teams: TeamsGateway, activityId: string, post: Post): Promise<boolean> {
    try {
      await teams.update(conversation, conversationId, activityId, post);
      return true;
    } catch (error) {
      if (isRefusal(error)) return false;
      throw error;
    }
  }

  /** What is of no single referral, and what has to be said as plainly as it can be. */
  async function tellOther(teams: TeamsGateway, message: Message): Promise<Outcome> {
    const card = cardOf(message, deps.view);
    const post = { card, summary: summaryOf(message, deps.view) ?? deps.view.words.link.openReferral() };
    return delivered(await teams.post(conversation, conversationId, post));
  }

  /** Asked anew, for a poll takes its time and people click meanwhile. A lead is told also when the answer fails. */
  async function handlingOf({ referralId, claim }: Alert): Promise<Handling> {
    try {
      return await deps.handlingOf(referralId);
    } catch {
      return claim ? { claim } : {};
    }
  }

  async function asOutcome(now: Instant, tell: (teams: TeamsGateway) => Promise<Outcome>): Promise<Outcome> {
    try {
      const teams = await deps.gateway();
      return await teams.withinPoll(() => tell(teams));
    } catch (error) {
      return outcomeFrom(error, now);
    }
  }

  return {
    id: channelIdOf(conversationId),
    name: conversation.name ?? null,
    routedAs: conversation.name ? `${PREFIX}${conversation.name.trim().toLowerCase()}` : 'bot',
    mark: conversation.mark ?? String(conversation.boundAt ?? conversation.addedAt),
    audience: 'sales',
    paceMs: 1000,
    editsCards: true,
    deliver: message =>
      asOutcome(message.now, teams =>
        message.kind === 'alert' && !message.plainest ? tellAlert(teams, message) : tellOther(teams, message),
      ),
    refresh: message => asOutcome(message.now, teams => refresh(teams, message)),
  };
}

/** A message that has no id cannot be edited: what follows it is posted anew. */
function delivered(reference: string | null): Outcome {
  return { state: 'delivered', ...(reference !== null && { reference }) };
}

/** Whoever is on shift, or else all of on-call. */
function calledBy({ onDuty }: Alert, { onCall }: BotChannelDeps): readonly string[] {
  return onDuty.length > 0 ? onDuty.map(({ address }) => address) : onCall;
}

function outcomeFrom(error: unknown, now: Instant): Outcome {
  if (!(error instanceof ConnectorError)) throw error;
  const { status, code, message: reason, retryAfterMs, mayHaveArrived } = error;
  const state = outcomeOf({ carrier: 'bot', status: status ?? (mayHaveArrived ? 'no answer' : 'no connection'), code });
  if (state === 'doubtful' || state === 'rejected' || state === 'refused') return { state, reason };
  return { state: 'retry', reason, ...(retryAfterMs !== null && { retryAt: now + retryAfterMs }) };
}
