import type { Instant } from '../base/instant.ts';
import type { WatchState } from '../model/watch-state.ts';
import type { PollDeps } from './poll-deps.ts';
import { createSurvey, type PollSurvey } from './survey.ts';
import { createTally, type Tally } from './tally.ts';
import { type Walk, walkPending } from './walk.ts';

/** What a poll begins with. */
export interface Start {
  readonly now: Instant;
  /** What the watch knew before it. */
  readonly last: WatchState;
  readonly tally: Tally;
  readonly survey: PollSurvey;
  /** The walk through the list, under way; it never rejects. */
  readonly walking: Promise<Walk>;
}

/** Reads the clock, once, and sets out to read the list. */
export async function begin({ clock, watch, policy, referrals, limits }: PollDeps): Promise<Start> {
  const now = clock();
  const last = await watch.begin();
  const tally = createTally(now);
  const survey = createSurvey({ windowDays: policy.windowDays, now, tally });
  const options = { newestFirst: last.newestFirstAt !== null, budgetMs: limits?.walk };
  return { now, last, tally, survey, walking: walkPending(referrals, survey.addListed, options) };
}
