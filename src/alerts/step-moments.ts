import { DAY, type Instant } from '../base/instant.ts';
import type { EscalationStep } from '../model/alert.ts';
import type { WorkingTime } from './working-time.ts';

/** When each audience is due to hear of a step. */
export interface StepMoments {
  readonly sales: Instant;
  readonly onCall: Instant;
}

/**
 * When a step is told. Outside working time it waits for the next start if at least half of its time is then left. Else
 * sales hears it while somebody is still at work before it, and on-call at its own moment, whatever the hour.
 * @param workingTime - null when people always work
 * @param firstSeenAt - who was not there earlier could not be told earlier: a step that is first seen late is told as it stands
 */
export function stepMoments(
  expiryAt: Instant,
  { before }: Pick<EscalationStep, 'before'>,
  workingTime: WorkingTime | null,
  firstSeenAt: Instant,
): StepMoments {
  const own = expiryAt - before;
  const atOnce = { sales: own, onCall: own };
  if (!workingTime || firstSeenAt >= own || workingTime.isWorkingTime(own)) return atOnce;
  const next = workingTime.nextStart(own, expiryAt - before / 2);
  if (next !== null) return { sales: next, onCall: next };
  const last = workingTime.periodBefore(own);
  const earlier = last ? Math.max(last.start, last.end - DAY) : own;
  return { sales: firstSeenAt > earlier ? own : earlier, onCall: own };
}
