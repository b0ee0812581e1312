import { standing } from '../alerts/channel-states.ts';
import type { Audience, Policy } from '../alerts/policy.ts';
import type { WorkingTime } from '../alerts/working-time.ts';
import { HOUR, type Instant } from '../base/instant.ts';
import type { Channel } from '../model/channel.ts';
import type { ChannelStates } from '../model/channel-state.ts';
import type { Finding } from '../watch/troubles.ts';
import type { Duty } from './duty.ts';

/** After so many milliseconds of refusals, others hear what only a channel would have heard. */
const FAILING_AFTER = HOUR;

/** What bears on one day: when people work, and what keeps us from knowing it. */
export interface Today {
  readonly workingTime: WorkingTime | null;
  /** Changes with rules, working hours and holidays; empty without them. */
  readonly stamp: string;
  /** Null without a calendar of shifts. */
  readonly duty: Duty | null;
  /** What is wrong with the calendars. */
  readonly findings: readonly Finding[];
  /** Whether on-call is due to hear of one of these within a day, in a gap between shifts. */
  gap(expiries: Iterable<Instant>): readonly Finding[];
}

/** The policy of one poll: the settings, the channels that there are now, and the day. */
export function policyOf(
  settings: Pick<Policy, 'steps' | 'digestAbove' | 'windowDays' | 'rules'>,
  channels: readonly Channel[],
  states: ChannelStates,
  { workingTime, stamp }: Pick<Today, 'workingTime' | 'stamp'>,
  now: Instant,
): Policy {
  return { ...settings, channels: channels.map(channel => audienceOf(channel, states, now)), workingTime, stamp };
}

function audienceOf(
  { id, audience, mark, routedAs, incidents, editsCards }: Channel,
  states: ChannelStates,
  now: Instant,
): Audience {
  const bare = { id, audience, ...(mark !== undefined && { mark }) };
  const { refusing } = standing(states, bare);
  return {
    ...bare,
    ...(routedAs !== undefined && { routedAs }),
    ...(incidents && { incidents }),
    ...(editsCards && { editsCards }),
    failing: refusing !== undefined && now - refusing.since >= FAILING_AFTER,
  };
}
