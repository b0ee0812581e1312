import type { Clock } from './instant.ts';
import type { Log } from './log.ts';

/** What the app is given by whoever runs it. */
export interface Surroundings {
  readonly log: Log;
  readonly clock: Clock;
}
