import { createHash } from 'node:crypto';

/** A name for a recipient that may be kept with a delivery: it is no address, and tells none. */
export function shortName(address: string): string {
  return createHash('sha256').update(address.trim().toLowerCase()).digest('hex').slice(0, 12);
}

/**
 * A mark that changes when a channel's settings do. It stands in a table, so it is too short to guess a secret by: one change
 * in 65,536 goes unseen, and the channel is then tried within the hour.
 */
export function markOf(...settings: readonly string[]): string {
  return createHash('sha256').update(settings.join('\n')).digest('hex').slice(0, 4);
}
