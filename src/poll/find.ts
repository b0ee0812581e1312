import { allAwoken, awakeChannels } from '../alerts/channel-states.ts';
import type { Plan } from '../alerts/plan.ts';
import { policyFingerprint } from '../alerts/policy.ts';
import type { HiddenCount } from '../alerts/visibility.ts';
import { begun } from '../base/begun.ts';
import type { Checkpoint, Outline } from '../model/checkpoint.ts';
import type { Try } from '../watch/channel-findings.ts';
import { confirmAccepted } from './confirm.ts';
import { decide } from './decide.ts';
import { openRun } from './open-run.ts';
import { policyOf, type Today } from './policy-of.ts';
import type { PollDeps } from './poll-deps.ts';
import { createReader } from './read-whole.ts';
import type { Run } from './run.ts';
import type { Start } from './start.ts';
import { mayHaveLeft, stormsOf } from './storms.ts';
import { clockFault } from './walk.ts';

/** What a poll has found, and what it decided upon that. Nothing has been told. */
export interface Found {
  readonly run: Run;
  readonly plan: Plan;
  /** Whether the list was read to its end. */
  readonly complete: boolean;
  /** How much is hidden, where so much is that our account may be blind; else null. */
  readonly blind: HiddenCount | null;
  /** Ids of rows that are to be written, whatever is told. */
  readonly changed: readonly string[];
  /** What carriers said of messages that they had accepted. */
  readonly tries: readonly Try[];
  /** How many rows could not be read. */
  readonly unreadable: number;
  readonly today: Today;
}

/** The first half of a poll: lays what is kept beside what is listed, reads whole what must be known, and decides. */
export async function find({ now, last, survey, walking }: Start, deps: PollDeps): Promise<Found> {
  const { referrals, checkpoints, memory } = deps;
  const { nextLookAt, channels: lastStates } = last;
  const quiet = nextLookAt !== null && now < nextLookAt;
  // Read while the list is, as far as the first page goes; the others are compared as they come.
  const pages = begun<readonly (Outline | Checkpoint)[]>(quiet ? checkpoints.openOutlines() : checkpoints.openPages());
  const [walk, list, today] = await Promise.all([walking, deps.channels(), deps.today(now)]);
  memory.clockSkewMs = walk.clockSkewMs ?? memory.clockSkewMs;
  const channels = new Map(list.map(channel => [channel.id, channel]));
  const policy = policyOf(deps.policy, list, lastStates, today, now);

  const complete = walk.failure === null;
  const surveyed = await survey.compare(pages, { complete, fingerprint: policyFingerprint(policy) }, checkpoints);
  const confirmed = await confirmAccepted(surveyed.known, channels, now);
  const rows = new Map([...surveyed.known, ...confirmed.heard]);
  const awake = awakeChannels(lastStates, rows, policy, now);

  const reader = createReader(referrals, complete || walk.listed > 0);
  const { plan, blind } = await decide(reader, referrals, {
    ...surveyed,
    known: allAwoken(rows, awake),
    complete,
    policy,
    now,
    clock: clockFault(memory.clockSkewMs),
    lastGoodPollAt: () => deps.watch.lastGoodPollAt(),
    askedAt: memory.askedAt,
    storms: await stormsOf(rows.values(), mayHaveLeft(surveyed, complete), checkpoints),
  });
  const run = openRun(deps, {
    ...{ now, walk, policy, channels, lastStates, awake, readings: reader.readings },
    duty: today.duty,
    rows: new Map([...rows, ...plan.changed]),
  });
  const toClose = new Set(plan.toClose);
  return {
    ...{ run, plan, complete, blind, today, tries: confirmed.tries },
    changed: [...plan.changed.keys(), ...confirmed.heard.keys()].filter(id => !toClose.has(id)),
    unreadable: [...surveyed.known.values()].filter(row => row.unreadable).length,
  };
}
