import type { Clock } from './instant.ts';
import type { Log } from './log.ts';

/** How long one call may take, in milliseconds of real time; what is not named takes as long as the product gives it. */
export interface TimeLimits {
  readonly tables?: number;
  readonly partnerCenter?: number;
  readonly signIn?: number;
  readonly vault?: number;
  readonly identity?: number;
  /** For the work of a poll, and for its walk through the list. */
  readonly work?: number;
  readonly walk?: number;
}

/** What the app is given by whoever runs it. */
export interface Surroundings {
  readonly log: Log;
  readonly clock: Clock;
  /** For whoever knows that an answer will not come. */
  readonly limits?: TimeLimits;
}
