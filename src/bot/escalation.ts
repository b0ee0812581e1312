import type { Instant } from '../base/instant.ts';
import type { CardView } from '../messages/card-parts.ts';
import { leftInWords } from '../messages/format.ts';
import type { Handling } from '../messages/handling.ts';
import { inert } from '../messages/text.ts';
import { titleOf } from '../messages/wording.ts';
import type { Alert } from '../model/alert.ts';
import { mentionName, type Person, type Remark } from './remark.ts';

/** What is said when a card gets louder. */
export function escalationRemark(
  alert: Alert,
  now: Instant,
  people: readonly Person[],
  view: Pick<CardView, 'linkFor'>,
): Remark {
  const { referralId, engagementId } = alert;
  const text = `${inert(titleOf(alert.facts))}: ${inert(leftInWords(alert.expiry.at - now))}, and nobody has answered.`;
  return { text, people, referralId, link: view.linkFor(referralId, engagementId) };
}

/** Who is called by name: whoever has taken it on, and at `critical` those on call. */
export function concerned({ step }: Alert, { claim }: Handling, onCall: readonly string[]): Person[] {
  const owner = claim ? [{ id: claim.by, name: mentionName(claim.name, 'owner') }] : [];
  const called = onCall.map(id => ({ id, name: mentionName(id.split('@')[0], 'on-call') }));
  return step?.severity === 'critical' ? [...owner, ...called] : owner;
}
