import type { PromiseView, ReferralView } from './views.ts';

/** Keeps the score of the promise, over every lead that was ever seen pending here. */
export function createPromise(): (referrals: readonly ReferralView[]) => PromiseView {
  const seen = new Set<string>();
  return referrals => {
    for (const { id, pending } of referrals) if (pending) seen.add(id);
    const ours = referrals.filter(({ id }) => seen.has(id));
    const settled = ours.filter(({ pending }) => !pending);
    return {
      id: 'promise',
      leads: ours.length,
      told: ours.filter(({ told }) => told.length > 0).length,
      answered: settled.filter(({ state }) => state !== 'Expired').length,
      expiredUntold: settled.filter(({ state, told }) => state === 'Expired' && told.length === 0).length,
    };
  };
}
