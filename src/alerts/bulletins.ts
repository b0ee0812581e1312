import { type Instant, MINUTE } from '../base/instant.ts';
import type { LocalTime } from '../base/local-time.ts';
import type { Delivery } from '../model/checkpoint.ts';
import type { WeeklyTime } from '../model/weekly.ts';
import { takenOver } from './deliveries.ts';
import { type DuePeriod, duePeriod } from './periods.ts';
import { STALE_RESERVATION_MS } from './policy.ts';
import { isEndless } from './told.ts';

/** What is told at set times. */
export type BulletinKind = 'summary' | 'report';

const LATE = { summary: 'within its day', report: 'within its week' } as const;

/** What comes later than this, in milliseconds, says so. */
const LATE_AFTER = 30 * MINUTE;

/** A bulletin that is to be told in one channel now. */
export interface DueBulletin {
  readonly period: DuePeriod;
  /** When it was due, where it comes late. */
  readonly lateSince: Instant | null;
  /** The mark that keeps other runs off while this one sends. */
  readonly marked: Delivery;
}

/**
 * The bulletin whose time has come in a channel, or null. Told once a period; what its channel did not take is tried again
 * until the period is over.
 * @param noted - how the last one stands
 */
export function dueBulletin(
  kind: BulletinKind,
  schedule: WeeklyTime,
  { channel, noted }: { readonly channel: string; readonly noted: Delivery | undefined },
  now: Instant,
  time: LocalTime,
): DueBulletin | null {
  const isOver = noted !== undefined && isTold(noted, now);
  const period = duePeriod(schedule, LATE[kind], isOver ? periodOf(noted) : null, now, time);
  if (!period) return null;
  const before = noted && periodOf(noted) === period.key ? noted : undefined;
  if (before && !isDueAgain(before, now)) return null;
  return {
    period,
    lateSince: now - period.to > LATE_AFTER ? period.to : null,
    marked: {
      alert: `${kind}:${period.key}`,
      channel,
      state: 'sending',
      attempts: (before?.attempts ?? 0) + 1,
      at: now,
      since: before?.since ?? now,
      ...(before && takenOver(before)),
    },
  };
}

/** Noted as told without a message: there was nothing to tell. */
export function withoutMessage({ marked }: DueBulletin): Delivery {
  return { ...marked, state: 'delivered', attempts: 0 };
}

/** The day that a bulletin was due on. */
function periodOf({ alert }: Delivery): string {
  return alert.slice(alert.indexOf(':') + 1);
}

/** Nothing more is sent of it: its channel has it, or its carrier, which gets it anew once when it names no end. */
function isTold(noted: Delivery, now: Instant): boolean {
  const { state, byDoubt, again, anew } = noted;
  if (byDoubt) return true;
  return state === 'accepted' ? anew === true || !hasNoEnd(noted, now) : state === 'delivered' && again === undefined;
}

/** Whether its carrier has had it for an hour and named no end. */
export function hasNoEnd(noted: Delivery, now: Instant): boolean {
  return isEndless(noted, Number.POSITIVE_INFINITY, now);
}

function isDueAgain({ state, at, retryAt = 0 }: Delivery, now: Instant): boolean {
  if (state === 'sending') return Math.abs(now - at) > STALE_RESERVATION_MS;
  return retryAt <= now;
}
