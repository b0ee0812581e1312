import { createHash } from 'node:crypto';

/** A name for a recipient that may be kept with a delivery: it is no address, and tells none. */
export function shortName(address: string): string {
  return createHash('sha256').update(address.trim().toLowerCase()).digest('hex').slice(0, 12);
}
