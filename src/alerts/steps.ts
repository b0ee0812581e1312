import { DAY, type Instant, parseDuration } from '../base/instant.ts';
import type { EscalationStep } from '../model/alert.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import type { Audience, Policy } from './policy.ts';
import { stepMoments } from './step-moments.ts';

/** A day after the expiry of what Partner Center still shows as pending: its date was wrong, and nobody is told otherwise. */
export const PASSED: EscalationStep = { name: 'passed', before: -DAY, severity: 'critical' };

/** Whom a step is for, and what bears on it. */
export interface StepFor {
  readonly audience: Audience['audience'];
  /** Milder steps wait: somebody has taken it on, or put it off. Default false. */
  readonly quiet?: boolean;
  /** What is a day past its expiry may be told as that. Default false. */
  readonly passed?: boolean;
}

/** The step nearest to expiry whose moment has come, among those that are heard; null before the first. */
export function dueStep(
  referral: Pick<Checkpoint, 'expiry' | 'firstSeenAt'>,
  { audience, quiet = false, passed = false }: StepFor,
  policy: Pick<Policy, 'steps' | 'workingTime'>,
  now: Instant,
): EscalationStep | null {
  if (passed && referral.expiry.at - PASSED.before <= now) return PASSED;
  let due: EscalationStep | null = null;
  for (const step of policy.steps) {
    if (step.severity !== 'critical' && (audience === 'on-call' || quiet)) continue;
    if (momentOf(step, audience, referral, policy) > now) continue;
    if (!due || step.before < due.before) due = step;
  }
  return due;
}

/** When an audience is due to hear of a step. */
export function momentOf(
  step: EscalationStep,
  audience: Audience['audience'],
  { expiry, firstSeenAt }: Pick<Checkpoint, 'expiry' | 'firstSeenAt'>,
  { workingTime }: Pick<Policy, 'workingTime'>,
): Instant {
  if (step === PASSED) return expiry.at - PASSED.before;
  const { sales, onCall } = stepMoments(expiry.at, step, workingTime, firstSeenAt);
  return audience === 'sales' ? sales : onCall;
}

const STEP = 'escalation:';
const MOVED = 'moved:';

/** Whether a recorded alert is a step before the expiry. */
export function isStep(alert: string): boolean {
  return alert.startsWith(STEP);
}

/** The name of a step that was told for an expiry which has moved since. Whoever reads it as a step must not. */
export function movedName(alert: string): string {
  return isStep(alert) ? `${MOVED}${alert.slice(STEP.length)}` : alert;
}

/**
 * How close to expiry a recorded alert speaks, in milliseconds before it: the smaller, the more severe.
 * Read from the name, so that steps told under older settings keep their rank.
 */
export function closeness(alert: string): number {
  if (!isStep(alert)) return Number.POSITIVE_INFINITY;
  const name = alert.slice(STEP.length);
  return name === PASSED.name ? PASSED.before : (parseDuration(name) ?? Number.POSITIVE_INFINITY);
}
