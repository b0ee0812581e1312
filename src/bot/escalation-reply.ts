import type { Instant } from '../base/instant.ts';
import { card, textBlock } from '../messages/card-parts.ts';
import { titleOf } from '../messages/facts.ts';
import { clean, flat, inert } from '../messages/text.ts';
import type { CardView } from '../messages/view.ts';
import { leftInWords } from '../messages/wording.ts';
import type { Alert } from '../model/alert.ts';
import type { Post } from './gateway.ts';
import type { Handling } from './referral-card.ts';

/** Somebody to call by name. */
interface Person {
  /** Entra object id or user principal name: Teams takes both in a card. */
  readonly id: string;
  readonly name: string;
}

export interface EscalationReply {
  /** Calls people by name; null when there is nobody to call. */
  readonly loud: Post | null;
  readonly plain: Post;
}

/** The short line that goes into the thread when a card gets louder: an edit alone notifies nobody. */
export function escalationReply(
  alert: Alert,
  now: Instant,
  handling: Handling,
  onCall: readonly string[],
  view: CardView,
): EscalationReply {
  const { words } = view;
  const people = concerned(alert, handling, onCall, words.notes.someColleague());
  const said = words.bot.louder(titleOf(alert.facts, words), leftInWords(alert.expiry.at, now, view));
  const what = { text: inert(said), summary: flat(said) };
  return { loud: withMentions(what, people), plain: what };
}

function concerned(alert: Alert, { claim }: Handling, onCall: readonly string[], unnamed: string): Person[] {
  const owner = claim ? [{ id: claim.by, name: mentionName(claim.name, unnamed) }] : [];
  const called = onCall.map(id => ({ id, name: mentionName(id.split('@')[0], unnamed) }));
  return alert.step?.severity === 'critical' ? [...owner, ...called] : owner;
}

/** Null when there is nobody to mention. */
function withMentions(what: { text: string; summary: string }, people: readonly Person[]): Post | null {
  if (people.length === 0) return null;
  const entities = people.map(({ id, name }) => ({
    type: 'mention' as const,
    text: `<at>${name}</at>`,
    mentioned: { id, name },
  }));
  const text = `${entities.map(entity => entity.text).join(' ')} ${what.text}`;
  return { card: { ...card([textBlock(text)], what.summary), msteams: { entities } }, summary: what.summary };
}

function mentionName(name: string | undefined, otherwise: string): string {
  return clean((name ?? '').replace(/<[^>]*>|[<>&*[\]`\\]/g, ''), 80) || otherwise;
}
