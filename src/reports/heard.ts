import { isExitName } from '../model/alert-kinds.ts';
import { type Delivery, LAST_RESORT } from '../model/checkpoint.ts';

/** Whether people in a channel of ours heard by it that the referral waits for an answer. */
export function hasHeard({ alert, channel, state, byDoubt }: Delivery): boolean {
  if (isExitName(alert) || channel === LAST_RESORT) return false;
  return state === 'delivered' || state === 'accepted' || byDoubt === true;
}
