import { card, foot, openLinks, textBlock } from '../messages/card-parts.ts';
import { clean, flat, inert, shownId } from '../messages/text.ts';
import type { CardView } from '../messages/view.ts';
import type { Conversation } from '../model/conversation-store.ts';
import type { Referral } from '../model/referral.ts';
import { ConnectorError, isRefusal } from './connector-error.ts';
import type { Post, TeamsGateway } from './gateway.ts';

/** Somebody to call by name. */
export interface Person {
  /** Entra object id or user principal name: Teams takes both in a card. */
  readonly id: string;
  readonly name: string;
}

/** A short line beside a card: an edit alone notifies nobody. */
export interface Remark {
  /** In plain text, as nobody has made it safe yet. */
  readonly said: string;
  readonly people: readonly Person[];
  /** Which referral it is about. */
  readonly of: Pick<Referral, 'id' | 'engagementId'>;
}

/**
 * Says it in the thread of a card. Where there are no threads, or none for us, it stands by itself, with what is
 * needed to act on it. People whom Teams does not know there are not called: it would refuse the whole message.
 * @throws ConnectorError when it could be said nowhere
 */
export async function say(
  teams: TeamsGateway,
  conversation: Conversation,
  cardId: string,
  remark: Remark,
  view: CardView,
): Promise<void> {
  const { channel, kind } = conversation;
  const alone = { where: channel, form: byItself };
  const places = kind === 'channel' ? [{ where: threadOf(channel, cardId), form: inThread }, alone] : [alone];
  for (const [i, { where, form }] of places.entries()) {
    try {
      await postCalling(remark.people, people => teams.post(conversation, where, form({ ...remark, people }, view)));
      return;
    } catch (error) {
      if (i === places.length - 1 || !isRefusal(error)) throw error;
    }
  }
}

/** Posts what calls people by name, and when Teams does not know one of them, the same without. */
export async function postCalling<T>(
  people: readonly Person[],
  post: (people: readonly Person[]) => Promise<T>,
): Promise<T> {
  try {
    return await post(people);
  } catch (error) {
    if (people.length === 0 || !(error instanceof ConnectorError) || error.status !== 400) throw error;
    return await post([]);
  }
}

/** Said in the thread of a card. */
export function inThread({ said, people }: Remark): Post {
  const summary = flat(said);
  if (people.length === 0) return { text: inert(said), summary };
  return { card: calling(people, card([textBlock(`${callOf(people)} ${inert(said)}`)], summary)), summary };
}

/** Said where no card stands above it. */
export function byItself({ said, people, of: { id, engagementId } }: Remark, view: CardView): Post {
  const summary = flat(said);
  const text = people.length > 0 ? `${callOf(people)} ${inert(said)}` : inert(said);
  const body = [textBlock(text, { style: 'heading' }), ...foot(view.words.facts.referralId(shownId(id)))];
  return { card: calling(people, card(body, summary, openLinks(view, id, engagementId))), summary };
}

/** The text that calls people, to stand in a card that is `calling` them. */
export function callOf(people: readonly Person[]): string {
  return people.map(({ name }) => `<at>${name}</at>`).join(' ');
}

/** The card with the mentions that its text makes. */
export function calling<Card extends object>(people: readonly Person[], content: Card): Card {
  if (people.length === 0) return content;
  const entities = people.map(({ id, name }) => ({
    type: 'mention' as const,
    text: `<at>${name}</at>`,
    mentioned: { id, name },
  }));
  return { ...content, msteams: { entities } };
}

/** A name that can stand in a mention. */
export function mentionName(name: string | undefined, otherwise: string): string {
  return clean((name ?? '').replace(/<[^>]*>|[<>&*[\]`\\]/g, ''), 80) || otherwise;
}

function threadOf(conversationId: string, activityId: string): string {
  return `${conversationId};messageid=${activityId}`;
}
