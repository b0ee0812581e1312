import type { Answer } from './sightings.ts';

/** Enough to say that it is not these referrals but our account. */
const MANY = 3;

/** How much of what was pending by-id hides. */
export interface HiddenCount {
  readonly hidden: number;
  readonly pending: number;
}

export function isHidden(answer: Answer): boolean {
  return answer === 'hidden' || answer === 'gone';
}

/** Many at once, and most of all: a role was taken away, rather than so many referrals withdrawn. */
export function areManyHidden({ hidden, pending }: HiddenCount): boolean {
  return hidden >= MANY && hidden * 2 > pending;
}

/** Everything is hidden, however few: whether the account sees anything at all must be asked. */
export function isAllHidden({ hidden, pending }: HiddenCount): boolean {
  return hidden > 0 && hidden >= pending;
}
