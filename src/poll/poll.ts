import { inTime, NotInTimeError } from '../base/in-time.ts';
import { type Instant, MINUTE } from '../base/instant.ts';
import { heartbeatFinding } from '../watch/calendar-findings.ts';
import {
  clockFinding,
  failureFinding,
  partnerCenterFinding,
  setAsideFinding,
  signInFinding,
  timeFinding,
} from '../watch/findings.ts';
import { settingsFinding } from '../watch/settings-finding.ts';
import type { Finding } from '../watch/troubles.ts';
import type { Heartbeat } from '../watch/watch.ts';
import { carryOut } from './carry-out.ts';
import { reasonOf } from './fatal.ts';
import { type Found, find } from './find.ts';
import { lookAfterUntold } from './last-resort.ts';
import type { PollDeps } from './poll-deps.ts';
import { type PollReport, reportOf, type Work } from './report.ts';
import { begin, type Start } from './start.ts';

/** Time for the work of a poll, in milliseconds; of its eight minutes one is left to say how it went. */
const WORK_MS = 7 * MINUTE;

/** All of a poll, in milliseconds. */
const POLL_MS = 8 * MINUTE;
/** What is left of it for telling the operator, at least and at most. */
const TELL_MS = [30_000, 150_000] as const;

/** Time for the last resort of a poll that took too long, in milliseconds. */
const LAST_RESORT_MS = 30_000;

/** A poll could not do all of its work. Thrown at its very end, so that the platform sees it. */
class PollError extends Error {
  override readonly name = 'PollError';
}

/**
 * One poll: list, plan, deliver, record. What can be told is told, whatever else fails.
 * @throws PollError when Partner Center, its sign-in or the tables failed
 */
export async function poll(deps: PollDeps): Promise<PollReport> {
  const { referrals, tokens, watch, log } = deps;
  const startedAt = performance.now();
  const callsBefore = referrals.calls().list;
  const start = await begin(deps);
  const { now, last, survey } = start;
  const findings: Finding[] = [];
  let found: Found | null = null;
  let work: Work | null = null;
  try {
    work = await inTime(deps.limits?.work ?? WORK_MS, async () => {
      found = await find(start, deps);
      return await carryOut(found, start, deps);
    });
    findings.push({ key: 'tables', ok: true }, timeFinding(false), ...work.findings);
  } catch (error) {
    findings.push(...(await afterFailure(error, found, start, deps)));
  }

  const walk = await start.walking;
  if (work && !work.blind && walk.failure === null) {
    const { isOpen } = work;
    await deps.blind.resolve(id => survey.isListed(id) || isOpen(id), deps.fixed, now);
  }
  findings.push(...partnerCenterFinding(walk.failure), ...signInFinding(walk.failure, tokens.problems()));
  findings.push(...setAsideFinding(walk), ...clockFinding(walk.clockSkewMs), ...settingsFinding(deps.settingProblems));
  const good = work !== null && walk.failure === null && !work.blind;
  const newestFirst = last.newestFirstAt !== null;
  const heartbeat = {
    good,
    figures: work?.figures ?? null,
    channels: work?.channels ?? null,
    channelsBefore: last.channels,
    newestFirst: walk.cutShort ? !newestFirst : walk.failure !== null && newestFirst,
    tellMs: Math.min(Math.max(POLL_MS - (performance.now() - startedAt), TELL_MS[0]), TELL_MS[1]),
  };
  findings.push(...(await watch.end(findings, heartbeat, now)));
  const report = reportOf(walk, work, reasonOf(findings), {
    listCalls: referrals.calls().list - callsBefore,
    durationMs: Math.round(performance.now() - startedAt),
  });
  log.info('poll-finished', report.fields);
  if (report.reason === null) {
    if ((work?.figures.untold ?? 0) === 0) await beat(deps, { ...heartbeat, figures: null, channels: null }, now);
    return report;
  }
  log.error('poll-failed', { reason: report.reason });
  throw new PollError(report.reason);
}

/**
 * What a poll that could not do its work does all the same. One that took too long looks after the untold as it would have at
 * its end. Without tables nothing can be remembered, so only what is in its last day is told, to those who are called for that.
 */
async function afterFailure(
  error: unknown,
  found: Found | null,
  { walking, survey, now }: Start,
  { blind, fixed, operators }: PollDeps,
): Promise<Finding[]> {
  const isLate = error instanceof NotInTimeError;
  if (isLate && found) {
    // Whatever hangs may hang here as well.
    await inTime(LAST_RESORT_MS, () => lookAfterUntold(found.run, operators)).catch(() => {});
    return [timeFinding(true)];
  }
  await walking;
  const pending = survey.listing();
  // Where only writing fails the bot's conversations are known as well.
  await blind.tell(pending, found ? [...found.run.channels.values()] : fixed, operators, now);
  return [isLate ? timeFinding(true) : failureFinding(error, pending)];
}

/** Tells the outside watch; the operator hears when that does not work, and when it works again. */
async function beat({ heartbeat, watch }: PollDeps, left: Heartbeat, now: Instant): Promise<void> {
  if (!heartbeat) return;
  const finding = heartbeatFinding(await heartbeat());
  const { troubles } = await watch.recall();
  const isOpen = troubles.some(({ key, endedAt }) => key === 'heartbeat' && endedAt === undefined);
  // While it goes on failing there is nothing to write: the poll itself tells of what lasts.
  if (finding.ok === isOpen) await watch.end([finding], left, now);
}
