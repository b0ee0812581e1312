import { setTimeout as sleep } from 'node:timers/promises';
import type { Channel, Message, Outcome } from '../model/channel.ts';

/** What became of a message, in which form it went last, and how long its channel took. */
export interface Answer {
  readonly outcome: Outcome;
  readonly plainest: boolean;
  readonly tookMs: number;
}

/** Sends to one channel, in order and at its own pace. */
export function createSender(channel: Pick<Channel, 'deliver' | 'paceMs'>) {
  let nextPostAt = 0;

  async function send(message: Message): Promise<Outcome> {
    await sleep(Math.max(0, Math.ceil(nextPostAt - performance.now())));
    const outcome = await asOutcome(() => channel.deliver(message));
    // From its answer on: measured from our start, a slow connection would let two posts arrive close together.
    nextPostAt = performance.now() + channel.paceMs;
    return outcome;
  }

  /** Tells one message; once more at once in its plainest form when the channel rejects what it holds. */
  return async (message: Message, inPlainestForm: () => Message): Promise<Answer> => {
    const startedAt = performance.now();
    const plainest = message.plainest === true;
    const first = await send(message);
    const again = first.state === 'rejected' && !first.afterAcceptance && !plainest;
    const outcome = again ? await send(inPlainestForm()) : first;
    return { outcome, plainest: plainest || again, tookMs: performance.now() - startedAt };
  };
}

/** A channel answers expected failures; whatever it throws is a fault of ours and must not lose what was to be told. */
export async function asOutcome(told: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await told();
  } catch (error) {
    return { state: 'retry', reason: `unexpected ${error instanceof Error ? error.name : 'failure'}` };
  }
}
