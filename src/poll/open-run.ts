import { randomUUID } from 'node:crypto';
import { standing, withEndless } from '../alerts/channel-states.ts';
import type { ChannelStates } from '../model/channel-state.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import { createLedger } from './ledger.ts';
import type { PollDeps } from './poll-deps.ts';
import type { Run } from './run.ts';
import { clockFault, type Walk } from './walk.ts';
import { withoutRests } from './without-rests.ts';

interface Opening extends Pick<Run, 'now' | 'policy' | 'channels' | 'awake' | 'duty' | 'readings'> {
  readonly walk: Walk;
  /** How the channels stood after the last poll. */
  readonly lastStates: ChannelStates;
  /** Every open row, as this poll has changed it. */
  readonly rows: Map<string, Checkpoint>;
}

/** What is made once a poll and goes with it to its end. */
export function openRun({ checkpoints, memory, log }: PollDeps, opening: Opening): Run {
  const { walk, lastStates, rows, ...given } = opening;
  const { now, policy } = given;
  const clock = clockFault(memory.clockSkewMs);
  // A wait that an unsure clock would measure is not kept.
  const isTimeSure = clock === undefined && (walk.clockSkewMs !== null || walk.failure === null);
  const states = policy.channels.map(
    channel => [channel.id, withEndless(standing(lastStates, channel), channel.id, rows.values(), now)] as const,
  );
  return {
    ...given,
    id: randomUUID().slice(0, 8),
    saidAt: clock === 'ahead' ? now + (memory.clockSkewMs ?? 0) : now,
    states: new Map(states),
    ledger: createLedger(isTimeSure ? checkpoints : withoutRests(checkpoints), rows, policy, now),
    log,
  };
}
