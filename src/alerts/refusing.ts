import type { Checkpoint } from '../model/checkpoint.ts';
import type { Audience } from './policy.ts';

/** The channels that take nothing from us now: their last word, as far as it is kept, was a refusal. */
export function refusingChannels(checkpoints: Iterable<Checkpoint>, channels: readonly Audience[]): Set<string> {
  const refusedAt = new Map<string, number>();
  const takenAt = new Map<string, number>();
  for (const { deliveries } of checkpoints) {
    for (const { channel, state, at } of deliveries) {
      if (state === 'refused') refusedAt.set(channel, Math.max(at, refusedAt.get(channel) ?? 0));
      // Doubt is no refusal: it may have taken that one.
      if (state === 'delivered' || state === 'accepted' || state === 'doubtful') {
        takenAt.set(channel, Math.max(at, takenAt.get(channel) ?? 0));
      }
    }
  }
  const refuses = ({ id }: Audience) => (refusedAt.get(id) ?? -1) >= (takenAt.get(id) ?? 0);
  return new Set(channels.filter(refuses).map(({ id }) => id));
}
