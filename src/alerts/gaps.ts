import { DAY, type Instant } from '../base/instant.ts';
import type { Policy } from './policy.ts';
import { stepMoments } from './step-moments.ts';

/** When on-call is due to hear within the next day of what expires then, in order. */
export function onCallMoments(
  expiries: Iterable<Instant>,
  { steps, workingTime }: Pick<Policy, 'steps' | 'workingTime'>,
  now: Instant,
): readonly Instant[] {
  const critical = steps.filter(({ severity }) => severity === 'critical');
  const long = Number.NEGATIVE_INFINITY;
  const moments = [...expiries].flatMap(at => critical.map(step => stepMoments(at, step, workingTime, long).onCall));
  return moments.filter(moment => moment >= now && moment < now + DAY).toSorted((a, b) => a - b);
}
