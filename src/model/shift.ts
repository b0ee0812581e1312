import type { Instant } from '../base/instant.ts';

/** Somebody on call. A colleague's work address and the name that the calendar gives them. */
export interface OnCallPerson {
  readonly address: string;
  readonly name: string | null;
}

/** Somebody on call at an instant, and until when. */
export interface OnDuty extends OnCallPerson {
  readonly until: Instant;
}

/** From when to when people are on call. Whoever stands in several shifts at once is on duty with all of them. */
export interface Shift {
  readonly from: Instant;
  /** No longer on duty at this instant. */
  readonly to: Instant;
  readonly people: readonly OnCallPerson[];
}
