import { unboundIn } from '../alerts/audiences.ts';
import { allAwoken, awakeChannels, worthKeeping } from '../alerts/channel-states.ts';
import { policyFingerprint } from '../alerts/policy.ts';
import type { Untold } from '../alerts/untold.ts';
import { waitingIn } from '../alerts/waiting.ts';
import { begun } from '../base/begun.ts';
import type { Instant } from '../base/instant.ts';
import type { Checkpoint, Outline } from '../model/checkpoint.ts';
import type { WatchState } from '../model/watch-state.ts';
import { channelFindings } from '../watch/channel-findings.ts';
import {
  nobodyListensFinding,
  routeFinding,
  rowsFinding,
  untoldFinding,
  visibilityFinding,
} from '../watch/findings.ts';
import { confirmAccepted } from './confirm.ts';
import { decide } from './decide.ts';
import { stillPending } from './facts.ts';
import { lookAfterUntold } from './last-resort.ts';
import { openRun } from './open-run.ts';
import { policyOf } from './policy-of.ts';
import type { PollDeps } from './poll-deps.ts';
import { createReader } from './read-whole.ts';
import { refreshCards } from './refresh.ts';
import type { Work } from './report.ts';
import type { Run } from './run.ts';
import { mayHaveLeft, stormsOf } from './storms.ts';
import type { createSurvey } from './survey.ts';
import type { Tally } from './tally.ts';
import { type Told, tell, triesOf } from './tell.ts';
import { tellUnheard } from './unheard.ts';
import { clockFault, type Walk } from './walk.ts';

/**
 * The straight road of a poll: everything between Partner Center's list and the recorded outcomes.
 * @param onRun - hears of the run as soon as something may be told
 */
export async function findAndTell(
  walking: Promise<Walk>,
  survey: ReturnType<typeof createSurvey>,
  tally: Tally,
  last: WatchState,
  now: Instant,
  deps: PollDeps,
  onRun: (run: Run) => void,
): Promise<Work> {
  const { referrals, checkpoints } = deps;
  const { nextLookAt, channels: lastStates } = last;
  const quiet = nextLookAt !== null && now < nextLookAt;
  // Read while the list is, as far as the first page goes; the others are compared as they come.
  const pages = begun<readonly (Outline | Checkpoint)[]>(quiet ? checkpoints.openOutlines() : checkpoints.openPages());
  const [walk, list, today] = await Promise.all([walking, deps.channels(), deps.today(now)]);
  const channels = new Map(list.map(channel => [channel.id, channel]));
  const policy = policyOf(deps.policy, list, lastStates, today, now);

  const complete = walk.failure === null;
  const { memory } = deps;
  memory.clockSkewMs = walk.clockSkewMs ?? memory.clockSkewMs;
  const clock = clockFault(memory.clockSkewMs);
  const surveyed = await survey.compare(pages, { complete, fingerprint: policyFingerprint(policy) }, checkpoints);
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
    askedAt: memory.askedAt,
    storms,
  });
  const { readings } = reader;
  const messages = stillPending(decided.messages, readings);
  const run = openRun(deps, {
    ...{ now, walk, policy, channels, lastStates, awake, readings },
    duty: today.duty,
    rows: new Map([...rows, ...decided.changed]),
  });
  onRun(run);
  const { ledger, states } = run;

  const toClose = new Set(decided.toClose);
  const changed = [...decided.changed.keys(), ...confirmed.heard.keys()].filter(id => !toClose.has(id));
  let told: readonly Told[] = [];
  let untold: readonly Untold[] = [];
  try {
    told = await tell(messages, changed, run);
    await ledger.commit(await refreshCards(decided.cardsBehind, told, run));
    untold = await lookAfterUntold(run, deps.operators);
    await tellUnheard(decided.unheard, run, deps.operators);
  } finally {
    await ledger.finish(toClose);
  }
  const bulletins = await tellBulletins(run, complete ? null : last.lastGoodPollAt, deps);
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
      ...bulletins,
      untoldFinding(untold.length),
      nobodyListensFinding(figures.pending, listeners(run)),
      ...today.findings,
      ...today.gap(tally.expiries()),
      routeFinding(unboundIn(policy)),
    ],
    channels: [...seen.channels, ...(deps.bulletins?.channels ?? [])],
    figures,
    soon: tally.soon(),
    blind: blind !== null,
    isOpen: openIn(ledger.rows.values()),
  };
}

/** Told after all alerts, once their outcomes are recorded. What fails here is made up for at the next poll. */
async function tellBulletins(run: Run, unconfirmedSince: Instant | null, { bulletins, log }: PollDeps) {
  if (!bulletins) return [];
  try {
    return await bulletins.tell({ ...run, unconfirmedSince });
  } catch (error) {
    log.warn('bulletin.failed', { reason: error instanceof Error ? error.name : 'unknown' });
    return [];
  }
}

/** Of what was not listed nothing rests, so all that is kept of it is among these rows. */
function openIn(rows: Iterable<Checkpoint>): Work['isOpen'] {
  const open = new Set([...rows].flatMap(({ exit, referralId }) => (exit ? [] : referralId.toLowerCase())));
  return id => open.has(id.toLowerCase());
}

/** How many sales channels there are, and how many of them take nothing. */
function listeners({ channels, states }: Run) {
  const sales = [...channels.values()].filter(({ audience }) => audience === 'sales');
  return { set: sales.length, refusing: sales.filter(({ id }) => states.get(id)?.refusing).length };
}
