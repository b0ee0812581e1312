import { HOUR, type Instant, MINUTE } from '../base/instant.ts';

/** What was read of a calendar, and how reading it goes. Kept in the watch's state; holds no address of the calendar. */
export interface KeptCalendar<T> {
  /** As it was read last; null when it never was. */
  readonly value: T | null;
  readonly triedAt: Instant;
  /** Since when it cannot be read, and why not. */
  readonly away: { readonly since: Instant; readonly problem: string } | null;
}

const READ_EVERY = 15 * MINUTE;
const TROUBLE_AFTER = HOUR;
const CLOCK_TOLERANCE = 10 * MINUTE;

/** Whether it is time to read it again. What a clock wrote that was ahead does not count. */
export function isDue(kept: KeptCalendar<unknown> | null, now: Instant): boolean {
  if (!kept) return true;
  const age = now - kept.triedAt;
  return age >= READ_EVERY || age < -CLOCK_TOLERANCE;
}

/** What is kept after it was tried to read it: what was read before goes on serving while it is away. */
export function afterReading<T>(
  kept: KeptCalendar<T> | null,
  answer: { readonly value: T } | { readonly problem: string },
  now: Instant,
): KeptCalendar<T> {
  if ('value' in answer) return { value: answer.value, triedAt: now, away: null };
  const since = Math.min(kept?.away?.since ?? now, now);
  return { value: kept?.value ?? null, triedAt: now, away: { since, problem: answer.problem } };
}

/** Why the operator has to hear of it: it could not be read for an hour. */
export function calendarTrouble(kept: KeptCalendar<unknown> | null, now: Instant): string | null {
  return kept?.away && now - kept.away.since >= TROUBLE_AFTER ? kept.away.problem : null;
}

/** Whether this is what was kept of a calendar, its value as `isValue` says. */
export function isKept<T>(isValue: (value: unknown) => value is T) {
  return (kept: unknown): kept is KeptCalendar<T> => {
    const { value, triedAt, away } = (kept ?? {}) as { readonly [K in keyof KeptCalendar<T>]?: unknown };
    const { since, problem } = (away ?? {}) as { readonly since?: unknown; readonly problem?: unknown };
    const isAwayKnown = away === null || (Number.isFinite(since) && typeof problem === 'string');
    return Number.isFinite(triedAt) && isAwayKnown && (value === null || isValue(value));
  };
}
