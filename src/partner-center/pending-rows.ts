import type { PendingReferral } from '../model/referral.ts';
import { isClearlyNotPending, parsePending } from './wire.ts';

/** What a page tells of pending referrals. */
export function pendingOf(rows: readonly unknown[]) {
  const referrals: PendingReferral[] = [];
  let notPending = 0;
  let setAside = 0;
  for (const row of rows) {
    if (isClearlyNotPending(row)) {
      notPending += 1;
      continue;
    }
    const referral = parsePending(row);
    if (referral === null) setAside += 1;
    else referrals.push(referral);
  }
  return { referrals, setAside, notPending };
}
