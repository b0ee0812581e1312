import type { EscalationStep } from '../model/alert.ts';

export interface Audience {
  readonly id: string;
  readonly audience: 'sales' | 'on-call';
  /** Its cards can be brought up to date. */
  readonly editsCards?: true;
  /** Changes with its settings or binding. */
  readonly mark?: string;
}

/** What the settings say about telling, as far as the plan needs it. */
export interface Policy {
  readonly steps: readonly EscalationStep[];
  /** More referrals than this that a channel has not heard of come as one digest. */
  readonly digestAbove: number;
  /** Days that Partner Center waits for an answer, where it does not say until when. */
  readonly windowDays: number;
  readonly channels: readonly Audience[];
}

/** A reservation that is older, in milliseconds, belongs to a run that died. */
export const STALE_RESERVATION_MS = 10 * 60_000;

/** What rested under the rules of another edition is looked at again. */
const EDITION = '2';

/**
 * A short name for everything in a policy that decides when a checkpoint needs another look.
 * A checkpoint at rest under one policy is looked at again under another.
 */
export function policyFingerprint(policy: Policy): string {
  const steps = policy.steps.map(step => `${step.name}:${step.severity}`);
  const channels = policy.channels.map(channel => channel.id);
  return [EDITION, ...steps, ...channels].join(',');
}
