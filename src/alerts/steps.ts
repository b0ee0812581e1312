import type { Instant } from '../base/instant.ts';
import { parseDuration } from '../base/instant.ts';
import type { EscalationStep } from '../model/alert.ts';
import type { Audience } from './policy.ts';

/** The step nearest to expiry whose moment has come, among those this audience hears; null before the first. */
export function dueStep(
  steps: readonly EscalationStep[],
  audience: Audience['audience'],
  quiet: boolean,
  expiryAt: Instant,
  now: Instant,
): EscalationStep | null {
  let due: EscalationStep | null = null;
  for (const step of steps) {
    if (step.severity !== 'critical' && (audience === 'on-call' || quiet)) continue;
    if (expiryAt - step.before > now) continue;
    if (!due || step.before < due.before) due = step;
  }
  return due;
}

/**
 * How close to expiry a recorded alert speaks, in milliseconds before it: the smaller, the more severe.
 * Read from the name, so that steps told under older settings keep their rank.
 */
export function closeness(alert: string): number {
  if (!alert.startsWith('escalation:')) return Number.POSITIVE_INFINITY;
  return parseDuration(alert.slice('escalation:'.length)) ?? Number.POSITIVE_INFINITY;
}
