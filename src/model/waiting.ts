import type { Instant } from '../base/instant.ts';

/** A delivery that its channel should have and has not. */
export interface Waiting {
  readonly referralId: string;
  readonly channel: string;
  /** Since when it is due. */
  readonly since: Instant;
  readonly reason: string | null;
  /** Refused in every form, so the message is at fault, not the channel. */
  readonly rejected: boolean;
  /** Some recipients have it; the others wait for it. */
  readonly forSome: boolean;
}
