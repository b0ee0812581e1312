import { HOUR, type Instant } from '../base/instant.ts';
import type { Outcome } from '../model/channel.ts';
import type { ChannelState, ChannelStates } from '../model/channel-state.ts';
import type { Checkpoint, Delivery } from '../model/checkpoint.ts';
import { dueAlert } from './due.ts';
import { exitDeliveries, hasEnded } from './exits.ts';
import type { Audience, Policy } from './policy.ts';
import { isEndless } from './told.ts';

const WELL: ChannelState = {};

/** How a channel stands before a poll: what is known of it, unless its settings or binding have changed since. */
export function standing(states: ChannelStates, { id, mark }: Audience): ChannelState {
  const kept = states[id] ?? WELL;
  return kept.mark === mark ? kept : WELL;
}

/** Whether it takes nothing from us now. Throttled, slow or away is not refusing. */
export function isRefusing({ refusing }: ChannelState): boolean {
  return refusing !== undefined;
}

/**
 * The channels that are tried in this poll although they refuse, so that all that waits for them may follow: at the time that
 * one of their messages was put off to, and after an hour; and any whose settings or binding changed since it refused.
 */
export function awakeChannels(
  states: ChannelStates,
  checkpoints: ReadonlyMap<string, Checkpoint>,
  policy: Policy,
  now: Instant,
): Set<string> {
  const awake = policy.channels.filter(channel => {
    const { mark, refusing } = states[channel.id] ?? WELL;
    if (!refusing) return false;
    // When a clock that was ahead has tried it last says nothing.
    if (mark !== channel.mark || Math.abs(now - refusing.triedAt) >= HOUR) return true;
    return [...checkpoints.values()].some(row => !row.rest && isDueAgain(row, channel, policy, now));
  });
  return new Set(awake.map(({ id }) => id));
}

function isDueAgain(row: Checkpoint, channel: Audience, policy: Policy, now: Instant): boolean {
  if (!hasEnded(row)) return dueAlert(row, channel, policy, now, { passed: true })?.reason === 'retry is due';
  const exits = exitDeliveries(row, { ...policy, channels: [channel] }, now);
  return exits.some(
    ({ exitDelivery }) => typeof exitDelivery === 'object' && exitDelivery.due.reason === 'retry is due',
  );
}

/**
 * What an answer counts as. A message that is rejected in every form accuses nobody; when another one is rejected next, it is
 * the channel that refuses.
 */
export function countedAs({ refusing, rejected }: ChannelState, message: string, outcome: Outcome): Outcome {
  if (outcome.state !== 'rejected') return outcome;
  const accused = refusing !== undefined || (rejected !== undefined && rejected !== message);
  return accused ? { state: 'refused', reason: outcome.reason } : outcome;
}

/**
 * How a channel stands after it answered a message in its last form.
 * @param outcome - as it counts
 * @param byDoubt - the message was settled by this answer that did not come
 */
export function afterAnswer(
  state: ChannelState,
  { message, outcome, byDoubt }: { readonly message: string; readonly outcome: Outcome; readonly byDoubt: boolean },
  { mark, now }: { readonly mark: string | undefined; readonly now: Instant },
): ChannelState {
  const marked = mark === undefined ? {} : { mark };
  switch (outcome.state) {
    case 'delivered':
      return WELL;
    case 'accepted':
      return state.endlessSince === undefined ? WELL : { endlessSince: state.endlessSince };
    case 'refused': {
      const { reason } = outcome;
      return {
        ...state,
        ...marked,
        refusing: { since: state.refusing?.since ?? now, triedAt: now, last: message, reason },
      };
    }
    case 'rejected':
      return { ...state, ...marked, rejected: message };
    case 'doubtful':
      return byDoubt
        ? { ...tried(state, message, now), ...marked, silentSince: state.silentSince ?? now }
        : tried(state, message, now);
    case 'retry':
      return tried(state, message, now);
  }
}

/** It said neither that it takes nor that it refuses: what is known of it stays. */
function tried(state: ChannelState, last: string, triedAt: Instant): ChannelState {
  return state.refusing ? { ...state, refusing: { ...state.refusing, triedAt, last } } : state;
}

/** The checkpoints as they are looked at when these channels are tried again: what waits there for its time waits no longer. */
export function allAwoken(
  checkpoints: ReadonlyMap<string, Checkpoint>,
  awake: ReadonlySet<string>,
): ReadonlyMap<string, Checkpoint> {
  if (awake.size === 0) return checkpoints;
  return new Map([...checkpoints].map(([id, checkpoint]) => [id, awoken(checkpoint, awake)]));
}

function awoken(checkpoint: Checkpoint, awake: ReadonlySet<string>): Checkpoint {
  const waits = ({ channel, state, retryAt }: Delivery) =>
    retryAt !== undefined && awake.has(channel) && (state === 'refused' || state === 'retry');
  if (checkpoint.rest || !checkpoint.deliveries.some(waits)) return checkpoint;
  return {
    ...checkpoint,
    deliveries: checkpoint.deliveries.map(delivery => {
      if (!waits(delivery)) return delivery;
      const { retryAt: _waits, ...ready } = delivery;
      return ready;
    }),
  };
}

/** The channel's state when its carrier has accepted something and named no end for an hour, or for as long as its lead allows. */
export function withEndless(
  state: ChannelState,
  channel: string,
  checkpoints: Iterable<Checkpoint>,
  now: Instant,
): ChannelState {
  if (state.endlessSince !== undefined) return state;
  for (const row of checkpoints) {
    // What rests has nothing under way, and its deliveries need not be read.
    if (row.rest) continue;
    const { expiry } = row;
    const endless = row.deliveries.some(
      delivery => delivery.channel === channel && isEndless(delivery, expiry.at, now),
    );
    if (endless) return { ...state, endlessSince: now };
  }
  return state;
}

/** Only what is not well is kept. */
export function worthKeeping(states: ReadonlyMap<string, ChannelState>): ChannelStates {
  return Object.fromEntries([...states].filter(([, state]) => Object.keys(state).some(name => name !== 'mark')));
}
