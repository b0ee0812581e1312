import type { Checkpoint, KeptSummary } from './checkpoint.ts';

/**
 * A checkpoint without what people wrote and without who of us did what. Its id, dates, deliveries and rules stay, so that
 * nothing is told again and, still pending, it goes on escalating to the same people.
 */
export function forgetting(checkpoint: Checkpoint): Checkpoint {
  const { summary, exitWord: _word, claim, deeds, ...ours } = checkpoint;
  return {
    ...ours,
    summary: bareSummary(summary),
    ...(claim && { claim: { ...claim, by: '', name: '' } }),
    ...(deeds && { deeds: deeds.map(({ what, at }) => ({ what, at, name: '' })) }),
    forgotten: true,
  };
}

/** What is still known of it then. */
export function bareSummary(summary: KeptSummary | null): KeptSummary {
  return { customer: null, country: null, value: null, type: summary?.type ?? null };
}
