import type { Instant } from '../base/instant.ts';
import { titleOf } from '../messages/facts.ts';
import type { Handling } from '../messages/handling.ts';
import type { CardView } from '../messages/view.ts';
import { leftInWords } from '../messages/wording.ts';
import type { Alert } from '../model/alert.ts';
import { mentionName, type Person, type Remark } from './remark.ts';

/** What is said when a card gets louder. */
export function escalationRemark(alert: Alert, now: Instant, people: readonly Person[], view: CardView): Remark {
  const { referralId: id, engagementId, expiry, facts } = alert;
  const { words } = view;
  const said = words.bot.louder(titleOf(facts, words), leftInWords(expiry.at, now, view));
  return { said, people, of: { id, engagementId } };
}

/** Who is called by name: whoever has taken it on, and at `critical` those on call. */
export function concerned(
  { step }: Alert,
  { claim }: Handling,
  onCall: readonly string[],
  { words: { notes } }: CardView,
): Person[] {
  const unnamed = notes.someColleague();
  const owner = claim ? [{ id: claim.by, name: mentionName(claim.name, unnamed) }] : [];
  const called = onCall.map(id => ({ id, name: mentionName(id.split('@')[0], unnamed) }));
  return step?.severity === 'critical' ? [...owner, ...called] : owner;
}
