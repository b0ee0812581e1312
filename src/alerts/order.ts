import { orderOf } from '../model/alert-kinds.ts';
import type { PlannedMessage } from './messages.ts';

/** What can still be answered goes first, the most urgent first; a digest goes where its rows would. */
export function inOrder(messages: readonly PlannedMessage[]): PlannedMessage[] {
  return messages.toSorted((a, b) => orderIn(a) - orderIn(b) || expiryIn(a) - expiryIn(b));
}

function orderIn({ alerts }: PlannedMessage): number {
  return Math.min(...alerts.map(({ draft }) => orderOf(draft)));
}

/** The nearest expiry of all that it tells. */
export function expiryIn({ alerts }: Pick<PlannedMessage, 'alerts'>): number {
  return Math.min(...alerts.map(({ draft }) => draft.expiry.at));
}
