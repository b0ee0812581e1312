import { randomUUID } from 'node:crypto';
import { unboundIn } from '../alerts/audiences.ts';
import { allAwoken, awakeChannels, standing, withEndless, worthKeeping } from '../alerts/channel-states.ts';
import { type Policy, policyFingerprint } from '../alerts/policy.ts';
import type { Untold } from '../alerts/untold.ts';
import { waitingIn } from '../alerts/waiting.ts';
import { inTime, NotInTimeError } from '../base/in-time.ts';
import { type Clock, type Instant, MINUTE } from '../base/instant.ts';
import type { Log } from '../base/log.ts';
import type { Channel, OperatorChannel } from '../model/channel.ts';
import type { CheckpointStore } from '../model/checkpoint-store.ts';
import type { ReferralsClient } from '../model/referral-source.ts';
import type { SignInTrouble } from '../model/sign-in-trouble.ts';
import { kindOf, type TroubleKind } from '../model/trouble-kinds.ts';
import type { WatchState } from '../model/watch-state.ts';
import { heartbeatFinding } from '../watch/calendar-findings.ts';
import { channelFindings } from '../watch/channel-findings.ts';
import {
  clockFinding,
  failureFinding,
  nobodyListensFinding,
  partnerCenterFinding,
  routeFinding,
  rowsFinding,
  setAsideFinding,
  signInFinding,
  timeFinding,
  untoldFinding,
  visibilityFinding,
} from '../watch/findings.ts';
import { type SettingProblem, settingsFinding } from '../watch/settings-finding.ts';
import type { Finding } from '../watch/troubles.ts';
import type { Heartbeat, Watch } from '../watch/watch.ts';
import type { createBlindWatch } from './blind.ts';
import { confirmAccepted } from './confirm.ts';
import { decide } from './decide.ts';
import { stillPending } from './facts.ts';
import { lookAfterUntold } from './last-resort.ts';
import { createLedger } from './ledger.ts';
import { policyOf, type Today } from './policy-of.ts';
import { createReader } from './read-whole.ts';
import { refreshCards } from './refresh.ts';
import { type PollReport, reportOf, type Work } from './report.ts';
import type { Run } from './run.ts';
import { mayHaveLeft, stormsOf } from './storms.ts';
import { createSurvey } from './survey.ts';
import { createTally, type Tally } from './tally.ts';
import { type Told, tell, triesOf } from './tell.ts';
import { clockFault, type Walk, walkPending } from './walk.ts';
import { withoutRests } from './without-rests.ts';

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
  /** Tells an outside watch that all is well, and answers why it could not; null when none is set. */
  readonly heartbeat: (() => Promise<string | null>) | null;
  /** When each referral that is absent from the list was asked for last; lives as long as the process. */
  readonly askedAt: Map<string, Instant>;
  readonly clock: Clock;
  readonly log: Log;
}

/** Time for the work of a poll, in milliseconds; of its eight minutes one is left to say how it went. */
const WORK_MS = 7 * MINUTE;

/** A poll could not do all of its work. Thrown at its very end, so that the platform sees it. */
class PollError extends Error {
  override readonly name = 'PollError';
}

/**
 * One poll: list, plan, deliver, record. What can be told is told, whatever else fails.
 * @throws PollError when Partner Center, its sign-in or the tables failed
 */
export async function poll(deps: PollDeps): Promise<PollReport> {
  const { referrals, tokens, watch, clock, log } = deps;
  const now = clock();
  const startedAt = performance.now();
  const callsBefore = referrals.calls().list;
  const last = await watch.recall();

  const tally = createTally(now);
  const survey = createSurvey({ windowDays: deps.policy.windowDays, now, tally });
  const walking = walkPending(referrals, survey.addListed, { newestFirst: last.newestFirstAt !== null });
  const findings: Finding[] = [];
  let work: Work | null = null;
  try {
    work = await inTime(WORK_MS, () => findAndTell(walking, survey, tally, last, now, deps));
    findings.push({ key: 'tables', ok: true }, timeFinding(false), ...work.findings);
  } catch (error) {
    findings.push(...(await afterFailure(error, walking, survey, now, deps)));
  }

  const walk = await walking;
  if (work && walk.failure === null) await deps.blind.resolve(survey.isListed, deps.fixed, now);
  findings.push(...partnerCenterFinding(walk.failure), ...signInFinding(walk.failure, tokens.problems()));
  findings.push(...setAsideFinding(walk), ...clockFinding(walk.clockSkewMs), ...settingsFinding(deps.settingProblems));
  const good = work !== null && walk.failure === null && !work.blind;
  const began = last.newestFirstAt !== null;
  const heartbeat = {
    good,
    figures: work?.figures ?? null,
    channels: work?.channels ?? null,
    newestFirst: walk.cutShort ? !began : walk.failure !== null && began,
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
 * What a poll that could not do its work does all the same. Without tables nothing can be remembered, so only what is in its
 * last day is told, to those who are called for that.
 */
async function afterFailure(
  error: unknown,
  walking: Promise<Walk>,
  survey: ReturnType<typeof createSurvey>,
  now: Instant,
  { blind, fixed, operators }: PollDeps,
): Promise<Finding[]> {
  if (error instanceof NotInTimeError) return [timeFinding(true)];
  await walking;
  const pending = survey.listing();
  await blind.tell(pending, fixed, operators, now);
  return [failureFinding(error, pending)];
}

/** Tells the outside watch; the operator hears when that does not work, and when it works again. */
async function beat({ heartbeat, watch }: PollDeps, left: Heartbeat, now: Instant): Promise<void> {
  if (!heartbeat) return;
  const finding = heartbeatFinding(await heartbeat());
  const { troubles } = await watch.recall();
  const isOpen = troubles.some(({ key, endedAt }) => key === 'heartbeat' && endedAt === undefined);
  if (!finding.ok || isOpen) await watch.end([finding], left, now);
}

/** What fails the poll. Anything else, a channel in trouble for one, is the operator's business. */
const FATAL: ReadonlySet<TroubleKind> = new Set([
  'partner-center',
  'sign-in',
  'tables',
  'watch-state',
  'time',
  'clock',
  'visibility',
  'settings',
]);

function reasonOf(findings: readonly Finding[]): string | null {
  const bad = findings.flatMap(finding => (finding.ok ? [] : [finding]));
  const fatal = bad.filter(({ key }) => FATAL.has(kindOf(key).kind));
  return fatal.length > 0 ? fatal.map(({ title, text }) => `${title}: ${text}`).join(' ') : null;
}

/** The straight road of a poll: everything between Partner Center's list and the recorded outcomes. */
async function findAndTell(
  walking: Promise<Walk>,
  survey: ReturnType<typeof createSurvey>,
  tally: Tally,
  last: WatchState,
  now: Instant,
  deps: PollDeps,
): Promise<Work> {
  const { referrals, checkpoints, log } = deps;
  const { nextLookAt, channels: lastStates } = last;
  const quiet = nextLookAt !== null && now < nextLookAt;
  const knowing = deps.channels().then(async list => {
    const pages = quiet ? checkpoints.openOutlines() : checkpoints.openPages();
    for await (const page of pages) survey.addKept(page);
    return list;
  });
  const [walk, list, today] = await Promise.all([walking, knowing, deps.today(now)]);
  const channels = new Map(list.map(channel => [channel.id, channel]));
  const policy = policyOf(deps.policy, list, lastStates, today, now);

  const complete = walk.failure === null;
  const { clockSkewMs } = walk;
  const clock = clockFault(clockSkewMs);
  const isTimeSure = clock === undefined && (clockSkewMs !== null || complete);
  const surveyed = await survey.compare({ complete, fingerprint: policyFingerprint(policy) }, checkpoints);
  const reader = createReader(referrals, complete || walk.listed > 0);
  const confirmed = await confirmAccepted(surveyed.known, channels, now);
  const rows = new Map([...surveyed.known, ...confirmed.heard]);
  const awake = awakeChannels(lastStates, rows, policy, now);
  const storms = await stormsOf(rows.values(), mayHaveLeft(surveyed, complete), checkpoints);
  const { plan: decided, blind } = await decide(reader, referrals, {
    ...surveyed,
    known: allAwoken(rows, awake),
    complete,
    policy,
    now,
    clock,
    lastGoodPollAt: () => deps.watch.lastGoodPollAt(),
    askedAt: deps.askedAt,
    storms,
  });
  const { readings } = reader;
  const messages = stillPending(decided.messages, readings);
  const ledger = createLedger(
    isTimeSure ? checkpoints : withoutRests(checkpoints),
    new Map([...rows, ...decided.changed]),
    policy,
    now,
  );
  const states = new Map(
    policy.channels.map(channel => [
      channel.id,
      withEndless(standing(lastStates, channel), channel.id, rows.values(), now),
    ]),
  );
  const saidAt = clock === 'ahead' ? now + (clockSkewMs ?? 0) : now;
  const run: Run = {
    id: randomUUID().slice(0, 8),
    now,
    saidAt,
    policy,
    channels,
    states,
    awake,
    duty: today.duty,
    ledger,
    readings,
    log,
  };

  const toClose = new Set(decided.toClose);
  const changed = [...decided.changed.keys(), ...confirmed.heard.keys()].filter(id => !toClose.has(id));
  let told: readonly Told[] = [];
  let untold: readonly Untold[] = [];
  try {
    told = await tell(messages, changed, run);
    await ledger.commit(await refreshCards(decided.cardsBehind, told, run));
    untold = await lookAfterUntold(run, deps.operators);
  } finally {
    await ledger.finish(toClose);
  }
  for (const row of ledger.rows.values()) tally.add(row);
  const unreadable = [...surveyed.known.values()].filter(row => row.unreadable).length;
  const seen = {
    tries: [...confirmed.tries, ...triesOf(told)],
    states,
    waiting: waitingIn(ledger.rows.values()),
    channels: [...channels.keys()],
    now,
  };
  const figures = { ...tally.figures(), channels: worthKeeping(states), untold: untold.length };
  return {
    told,
    findings: [
      ...visibilityFinding(complete, blind),
      ...rowsFinding(unreadable, checkpoints.rowTroubles()),
      ...channelFindings(seen),
      untoldFinding(untold.length),
      nobodyListensFinding(figures.pending, listeners(run)),
      ...today.findings,
      ...today.gap(tally.expiries()),
      routeFinding(unboundIn(policy)),
    ],
    channels: seen.channels,
    figures,
    soon: tally.soon(),
    blind: blind !== null,
  };
}

/** How many sales channels there are, and how many of them take nothing. */
function listeners({ channels, states }: Run) {
  const sales = [...channels.values()].filter(({ audience }) => audience === 'sales');
  return { set: sales.length, refusing: sales.filter(({ id }) => states.get(id)?.refusing).length };
}
