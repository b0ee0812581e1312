import type { EscalationStep } from '../model/alert.ts';
import type { Rules } from './routes.ts';
import type { WorkingTime } from './working-time.ts';

export interface Audience {
  readonly id: string;
  readonly audience: 'sales' | 'on-call';
  /** Its cards can be brought up to date. */
  readonly editsCards?: true;
  /** Changes with its settings or binding. */
  readonly mark?: string;
  /** The name that rules know it by, where that is not its id. */
  readonly routedAs?: string;
  /** It keeps an incident open for each referral. */
  readonly incidents?: true;
  /** It has been refusing for so long that what only it would hear is told elsewhere meanwhile. */
  readonly failing?: boolean;
}

/** What the settings say about telling, as far as the plan needs it. */
export interface Policy {
  readonly steps: readonly EscalationStep[];
  /** More alerts than this of one kind and severity come as one digest. */
  readonly digestAbove: number;
  /** Days that Partner Center waits for an answer, where it does not say until when. */
  readonly windowDays: number;
  readonly channels: readonly Audience[];
  readonly rules: Rules;
  /** Null when people always work. */
  readonly workingTime: WorkingTime | null;
  /** Changes with rules, working hours and holidays; empty without them. */
  readonly stamp: string;
}

/** A reservation that is older, in milliseconds, belongs to a run that died. */
export const STALE_RESERVATION_MS = 10 * 60_000;

/** What rested under the rules of another edition is looked at again. */
const EDITION = '3';

/**
 * A short name for everything in a policy that decides when a checkpoint needs another look.
 * A checkpoint at rest under one policy is looked at again under another.
 */
export function policyFingerprint({ steps, channels, stamp }: Policy): string {
  const named = channels.map(({ id, routedAs }) => (routedAs === undefined ? id : `${id}=${routedAs}`));
  return [EDITION, ...steps.map(step => `${step.name}:${step.severity}`), ...named, ...(stamp ? [stamp] : [])].join(
    ',',
  );
}
