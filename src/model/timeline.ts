import type { Instant } from '../base/instant.ts';

/** Something that happened to a referral, for the detail. */
export interface TimelineEntry {
  readonly at: Instant;
  readonly what:
    | 'first seen'
    | 'told'
    | 'escalated'
    | 'claimed'
    | 'released'
    | 'snoozed'
    | 'answered'
    | 'expired'
    | 'gone';
  /** The channel that was told, or the colleague who did it. */
  readonly who?: string;
}
