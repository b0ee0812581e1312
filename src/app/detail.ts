import type { Surroundings } from '../base/given.ts';
import { createCallerCheck } from '../callers/entra.ts';
import { type HttpAnswer, problem } from '../endpoints/answer.ts';
import { referralDetail } from '../endpoints/detail.ts';
import type { CardView } from '../messages/view.ts';
import type { CheckpointStore } from '../model/checkpoint-store.ts';
import type { ReferralsClient } from '../model/referral-source.ts';
import { timelineOf } from '../reports/timeline.ts';
import type { Settings } from '../settings/settings.ts';
import type { DetailCall } from './app-port.ts';
import { notSetUp } from './stopped-app.ts';

interface DetailParts extends Pick<Surroundings, 'log' | 'clock'> {
  readonly referrals: Pick<ReferralsClient, 'get'>;
  readonly checkpoints: Pick<CheckpointStore, 'find'>;
  readonly view: CardView;
}

/** What answers who asks for one referral, behind its door. */
export function createDetail(
  { detailAuth, windowDays }: Settings,
  { referrals, checkpoints, view, log, clock }: DetailParts,
): (call: DetailCall) => Promise<HttpAnswer> {
  const callers = detailAuth.kind === 'entra' ? createCallerCheck({ ...detailAuth, log, clock }) : null;
  return async ({ id, accept, authorization }) => {
    if (detailAuth.kind === 'shut') return notSetUp();
    const verdict = callers ? await callers.check(authorization) : null;
    if (verdict && !verdict.ok) return problem(verdict.status, verdict.title, verdict.detail, verdict.headers);
    return referralDetail(id, accept, { referrals, checkpoints, windowDays, timelineOf, view, clock, log });
  };
}
