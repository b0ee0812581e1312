import { setTimeout as sleep } from 'node:timers/promises';
import type { Instant } from '../base/instant.ts';
import type { Channel, Message, Outcome } from '../model/channel.ts';

/** A message with the place it goes to. */
export interface Sendable<T> {
  readonly channel: Channel;
  readonly message: Message;
  readonly of: T;
}

/** What became of a message; null when its turn did not come in this poll, with the time its channel named if any. */
export type Answered<T> =
  | { readonly of: T; readonly outcome: Outcome }
  | { readonly of: T; readonly outcome: null; readonly retryAt?: Instant };

/** Time for all sending of a poll, in milliseconds. The platform ends an invocation after ten minutes. */
const BUDGET_MS = 150_000;

/**
 * Sends messages: each channel in order and at its own pace, the channels side by side, so that a dead one delays no
 * other. Answers are handed over as they come.
 */
export async function deliverAll<T>(
  sendables: readonly Sendable<T>[],
  onAnswer: (answered: Answered<T>) => void,
): Promise<void> {
  const deadline = performance.now() + BUDGET_MS;
  const byChannel = Map.groupBy(sendables, ({ channel }) => channel);
  await Promise.all(
    [...byChannel].map(async ([channel, queue]) => {
      let nextPostAt = 0;
      let putOff = false;
      let named: { readonly retryAt?: Instant } = {};
      for (const { message, of } of queue) {
        if (putOff || performance.now() > deadline) {
          onAnswer({ of, outcome: null, ...named });
          continue;
        }
        await sleep(Math.max(0, Math.ceil(nextPostAt - performance.now())));
        const startedAt = performance.now();
        const outcome = await tryDeliver(channel, message);
        // From its answer on: measured from our start, a slow connection would let two posts arrive close together.
        nextPostAt = performance.now() + channel.paceMs;
        onAnswer({ of, outcome });
        if (outcome.state !== 'retry') continue;
        putOff = outcome.retryAt !== undefined || isSlow(performance.now() - startedAt);
        if (outcome.retryAt !== undefined) named = { retryAt: outcome.retryAt };
      }
    }),
  );
}

/** A channel that named a time, or let us wait, is not asked again in this poll. */
function isSlow(tookMs: number): boolean {
  return tookMs > 10_000;
}

/** A channel answers expected failures; whatever it throws is a fault of ours and must not lose the alert. */
async function tryDeliver(channel: Channel, message: Message): Promise<Outcome> {
  try {
    return await channel.deliver(message);
  } catch (error) {
    return { state: 'retry', reason: `unexpected ${error instanceof Error ? error.name : 'failure'}` };
  }
}
