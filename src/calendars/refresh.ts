import { NotInTimeError } from '../base/in-time.ts';
import { inTurns } from '../base/in-turns.ts';
import { DAY, type Instant } from '../base/instant.ts';
import type { Shift } from '../model/shift.ts';
import { fetchCalendar } from './fetch-calendar.ts';
import { afterReading, isDue, type KeptCalendar } from './kept-calendar.ts';
import type * as Reader from './read-calendar.ts';

/** A calendar of shifts as it is kept: those of the next two weeks. */
export interface KeptShifts {
  readonly shifts: readonly Shift[];
  /** Addresses of those whose shifts of the last two weeks are over: they may have been told of what is answered now. */
  readonly before: readonly string[];
  /** How many name nobody's address. */
  readonly withoutAddress: number;
}

/** For understanding a calendar, in milliseconds: leads wait to be told meanwhile. */
const BUDGET_MS = 10_000;
const SHIFTS_AHEAD = 14 * DAY;
/** What a row of a table surely takes; a rotation by the hour has as many in two weeks. */
const MOST_SHIFTS = 340;
const MOST_BEFORE = 100;
/** A lead is pending for no longer than this before or after. */
const HOLIDAYS_AROUND = 90 * DAY;

/** The shifts as kept, read anew when it is time to. Never throws. */
export function refreshedShifts(
  kept: KeptCalendar<KeptShifts> | null,
  address: string,
  zone: string,
  now: Instant,
): Promise<KeptCalendar<KeptShifts>> {
  return refreshed(kept, address, now, async ({ readShifts }, text) => {
    const read = await inTurns(BUDGET_MS, readShifts(text, { from: now - SHIFTS_AHEAD, to: now + SHIFTS_AHEAD, zone }));
    if ('problem' in read) return read;
    const { shifts, withoutAddress } = read;
    const over = shifts.filter(({ to }) => to <= now).flatMap(({ people }) => people.map(({ address }) => address));
    const before = [...new Set(over)].slice(-MOST_BEFORE);
    return { value: { shifts: shifts.filter(({ to }) => to > now).slice(0, MOST_SHIFTS), before, withoutAddress } };
  });
}

/** The holidays as kept, as days in order, read anew when it is time to. Never throws. */
export function refreshedHolidays(
  kept: KeptCalendar<readonly string[]> | null,
  address: string,
  zone: string,
  now: Instant,
): Promise<KeptCalendar<readonly string[]>> {
  return refreshed(kept, address, now, async ({ readHolidayList }, text) => {
    const span = { from: now - HOLIDAYS_AROUND, to: now + HOLIDAYS_AROUND, zone };
    const read = await inTurns(BUDGET_MS, readHolidayList(text, span));
    return 'problem' in read ? read : { value: read.days };
  });
}

async function refreshed<T>(
  kept: KeptCalendar<T> | null,
  address: string,
  now: Instant,
  read: (reader: typeof Reader, text: string) => Promise<{ readonly value: T } | { readonly problem: string }>,
): Promise<KeptCalendar<T>> {
  if (kept && !isDue(kept, now)) return kept;
  const fetched = await fetchCalendar(address);
  if ('problem' in fetched) return afterReading(kept, fetched, now);
  try {
    // Three libraries, for whoever has a calendar.
    return afterReading(kept, await read(await import('./read-calendar.ts'), fetched.text), now);
  } catch (error) {
    const isLate = error instanceof NotInTimeError;
    const problem = isLate
      ? 'the calendar holds so much that it takes too long to understand'
      : 'the calendar cannot be understood';
    return afterReading(kept, { problem }, now);
  }
}

/** Whether these are shifts as they are kept. */
export function areShifts(value: unknown): value is KeptShifts {
  const { shifts, before, withoutAddress } = (value ?? {}) as { readonly [K in keyof KeptShifts]?: unknown };
  if (!Array.isArray(shifts) || !Array.isArray(before)) return false;
  return shifts.every(isShift) && before.every(isText) && Number.isFinite(withoutAddress);
}

/** Whether these are days as they are kept. */
export function areDays(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(isText);
}

function isShift(value: unknown): value is Shift {
  const { from, to, people } = (value ?? {}) as { readonly [K in keyof Shift]?: unknown };
  return (
    Number.isFinite(from) && Number.isFinite(to) && Array.isArray(people) && people.every(one => isText(one?.address))
  );
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
