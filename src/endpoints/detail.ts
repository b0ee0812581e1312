import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Clock, type Instant, inWords } from '../base/instant.ts';
import type { Log } from '../base/log.ts';
import { detailCard } from '../messages/detail-card.ts';
import type { CardView } from '../messages/view.ts';
import type { Checkpoint, Delivery } from '../model/checkpoint.ts';
import type { CheckpointStore } from '../model/checkpoint-store.ts';
import {
  NotAllowedError,
  PartnerCenterError,
  ReferralNotFoundError,
  SignInNeededError,
  ThrottledError,
  TimedOutError,
} from '../model/errors.ts';
import { type Dated, expiryOf } from '../model/expiry.ts';
import { bareReferral, type Referral } from '../model/referral.ts';
import { isGuid } from '../model/referral-id.ts';
import type { ReferralsClient } from '../model/referral-source.ts';
import type { TimelineEntry } from '../model/timeline.ts';
import { isPreferred } from './accepted.ts';
import { type HttpAnswer, json, problem } from './answer.ts';

const CARD_TYPE = 'application/vnd.microsoft.card.adaptive+json';

export interface DetailDeps {
  readonly referrals: Pick<ReferralsClient, 'get'>;
  readonly checkpoints: Pick<CheckpointStore, 'find'>;
  readonly windowDays: number;
  /** What has happened to it, in order. */
  readonly timelineOf: (checkpoint: Checkpoint) => readonly TimelineEntry[];
  readonly view: CardView;
  readonly clock: Clock;
  readonly log: Log;
}

/** One referral, fresh by id, with its expiry and what was told of it. The caller has been checked before. */
export async function referralDetail(id: string, accept: string, deps: DetailDeps): Promise<HttpAnswer> {
  const startedAt = performance.now();
  const answer = await answerFor(id, accept, deps);
  deps.log.info('detail-request', { status: answer.status, durationMs: Math.round(performance.now() - startedAt) });
  return answer;
}

async function answerFor(id: string, accept: string, deps: DetailDeps): Promise<HttpAnswer> {
  if (!isGuid(id)) return problem(400, 'Bad request', 'The id in the address is not the id of a referral.');
  const now = deps.clock();
  try {
    const [read, asked] = await Promise.all([
      deps.referrals.get(id, { retry: false }),
      // Partner Center is the one to wait for: its request leaves first.
      nextTurn().then(() => findCheckpoint(id, deps)),
    ]);
    // The caller may have written the id in other letters than Partner Center does.
    const checkpoint = (asked === null ? await findWritten(id, read.id, deps) : asked) ?? null;
    const referral = checkpoint?.forgotten ? bareReferral(read) : read;
    const expiry = expiryOf(datedBy(referral, checkpoint, now), deps.windowDays, now);
    const deliveries = checkpoint?.deliveries ?? [];
    if (isPreferred(accept, CARD_TYPE, 'application/json'))
      return json(200, detailCard(referral, { ...checkpoint, expiry, deliveries }, now, deps.view), CARD_TYPE);
    return json(200, {
      ...referral.resource,
      expiry: { at: isoText(expiry.at), source: expiry.source, remaining: inWords(expiry.at - now) },
      alerts: deliveries.map(alertOf),
      route: checkpoint?.route ?? null,
      timeline: (checkpoint ? deps.timelineOf(checkpoint) : []).map(({ at, ...more }) => ({
        at: isoText(at),
        ...more,
      })),
      ...(checkpoint?.forgotten && { forgotten: true }),
    });
  } catch (error) {
    return problemOf(error, deps.log);
  }
}

/** Under another writing of its id: Partner Center's own, or that of the list which it was kept by. */
async function findWritten(asked: string, own: string, deps: DetailDeps): Promise<Found> {
  for (const writing of new Set([own, asked.toLowerCase(), asked.toUpperCase()])) {
    const found = writing === asked ? null : await findCheckpoint(writing, deps);
    if (found !== null) return found;
  }
  return null;
}

/** Null: nothing is kept under this writing. Undefined: it cannot be told, and whoever asked should wait no longer. */
type Found = Checkpoint | null | undefined;

/** What was told is worth less than the referral itself: without the tables it is left out. */
async function findCheckpoint(id: string, { checkpoints, log }: DetailDeps): Promise<Found> {
  try {
    return await checkpoints.find(id);
  } catch {
    log.warn('detail.no-checkpoint', { referralId: id });
    return undefined;
  }
}

/** The whole reading that was just made, beside what the list named last. */
function datedBy({ createdAt, reportedExpiry }: Referral, checkpoint: Checkpoint | null, now: Instant): Dated {
  const dates = { listed: checkpoint?.dates?.listed ?? null, whole: reportedExpiry };
  return { createdAt: createdAt ?? checkpoint?.createdAt ?? null, firstSeenAt: checkpoint?.firstSeenAt ?? now, dates };
}

function alertOf({ alert, channel, state, attempts, at }: Delivery) {
  const [kind, step = null] = alert.split(':');
  return { kind: kind === 'moved' ? 'escalation' : kind, step, channel, outcome: state, attempts, at: isoText(at) };
}

function isoText(instant: number): string {
  return new Date(instant).toISOString();
}

function problemOf(error: unknown, log: Log): HttpAnswer {
  // What our account may not see does not exist for our callers either.
  if (error instanceof ReferralNotFoundError || error instanceof NotAllowedError) {
    return problem(404, 'Not found', 'Partner Center shows no such referral to our account.');
  }
  if (error instanceof ThrottledError) {
    const seconds = error.retryAfterSeconds;
    const headers: Record<string, string> = seconds === null ? {} : { 'retry-after': String(seconds) };
    return problem(429, 'Too many requests', 'Partner Center asks us to wait.', headers);
  }
  if (error instanceof SignInNeededError) {
    return problem(503, 'Sign-in needed', 'Somebody has to sign in to Partner Center for this app again.');
  }
  if (error instanceof TimedOutError) return problem(504, 'Timed out', 'Partner Center did not answer in time.');
  if (error instanceof PartnerCenterError)
    return problem(502, 'Partner Center failed', 'Partner Center gave no usable answer.');
  log.error('detail.unexpected', { reason: error instanceof Error ? error.name : 'unknown' });
  return problem(500, 'Unexpected failure', 'The request could not be answered.');
}
