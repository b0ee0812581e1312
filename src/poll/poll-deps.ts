import type { Policy } from '../alerts/policy.ts';
import type { TimeLimits } from '../base/given.ts';
import type { Clock, Instant } from '../base/instant.ts';
import type { Log } from '../base/log.ts';
import type { Channel, OperatorChannel } from '../model/channel.ts';
import type { CheckpointStore } from '../model/checkpoint-store.ts';
import type { ReferralsClient } from '../model/referral-source.ts';
import type { SettingProblem } from '../model/setting-problem.ts';
import type { SignInTrouble } from '../model/sign-in-trouble.ts';
import type { Watch } from '../watch/watch.ts';
import type { createBlindWatch } from './blind.ts';
import type { Bulletins } from './bulletins.ts';
import type { Today } from './policy-of.ts';

/** What a poll is given. */
export interface PollDeps {
  readonly referrals: ReferralsClient;
  /** What keeps us from signing in, whether this poll met it or not. */
  readonly tokens: { problems(): readonly SignInTrouble[] };
  readonly checkpoints: CheckpointStore;
  readonly watch: Watch;
  /** What is wrong with the settings and stops no poll. */
  readonly settingProblems: readonly SettingProblem[];
  /** The channels of this poll; a bot's come and go. */
  readonly channels: () => Promise<readonly Channel[]>;
  /** Those of them that are known without the tables. */
  readonly fixed: readonly Channel[];
  /** What this process tells while the tables are down. */
  readonly blind: ReturnType<typeof createBlindWatch>;
  readonly operators: readonly OperatorChannel[];
  readonly policy: Pick<Policy, 'steps' | 'digestAbove' | 'windowDays' | 'rules'>;
  /** What bears on this day: working time, shifts. */
  readonly today: (now: Instant) => Promise<Today>;
  /** Tells summaries and reports; null when none is set. */
  readonly bulletins: Bulletins | null;
  /** Tells an outside watch that all is well, and answers why it could not; null when none is set. */
  readonly heartbeat: (() => Promise<string | null>) | null;
  readonly memory: PollMemory;
  readonly clock: Clock;
  /** Other times than a poll's own. */
  readonly limits?: Pick<TimeLimits, 'work' | 'walk'> | undefined;
  readonly log: Log;
}

/** What polls remember of each other for as long as their process lives. */
export interface PollMemory {
  /** When each referral that is absent from the list was asked for last. */
  readonly askedAt: Map<string, Instant>;
  /** Partner Center's clock less ours when it last told, in milliseconds; null before. What was wrong then is wrong still. */
  clockSkewMs: number | null;
}

export function createPollMemory(): PollMemory {
  return { askedAt: new Map(), clockSkewMs: null };
}
