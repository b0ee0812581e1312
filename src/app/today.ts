import { createHash } from 'node:crypto';
import { onCallMoments } from '../alerts/gaps.ts';
import { createWorkingTime, type WorkingTime } from '../alerts/working-time.ts';
import { DAY, type Instant } from '../base/instant.ts';
import { loadLocalTime } from '../base/local-time.ts';
import { calendarTrouble, type KeptCalendar } from '../calendars/kept-calendar.ts';
import { gapsWithin, onCallAt } from '../calendars/on-duty.ts';
import { type KeptShifts, refreshedHolidays, refreshedShifts } from '../calendars/refresh.ts';
import { shortName } from '../channels/short-name.ts';
import type { Duty } from '../poll/duty.ts';
import type { Today } from '../poll/policy-of.ts';
import type { Settings } from '../settings/settings.ts';
import type { KeptStore } from '../storage/kept-calendars.ts';
import { calendarFinding, gapFinding } from '../watch/calendar-findings.ts';
import type { Finding } from '../watch/troubles.ts';

/** Where calendars are kept. */
export interface KeptCalendars {
  readonly shifts: KeptStore<KeptCalendar<KeptShifts>>;
  readonly holidays: KeptStore<KeptCalendar<readonly string[]>>;
}

/** What the settings say of days and shifts, looked up for each poll. Loads no library where nothing is set. */
export function createToday(settings: Settings, kept: KeptCalendars) {
  const { workingHours, holidays, holidaysCalendarUrl, onCallCalendarUrl, rules, steps, timeZone } = settings;
  let workingTime: WorkingTime | null = null;
  let known = '';

  /** Working time with these days off; the same object as long as they are the same. */
  async function workingTimeWith(off: readonly string[]): Promise<WorkingTime | null> {
    if (!workingHours) return null;
    const key = off.join();
    if (!workingTime || known !== key) {
      workingTime = createWorkingTime(workingHours, off, (await loadLocalTime())(timeZone));
      known = key;
    }
    return workingTime;
  }

  if (workingHours) void workingTimeWith(holidays).catch(() => {});

  return {
    /** For cards; null until it is known. */
    workingTime: () => workingTime,

    async of(now: Instant): Promise<Today> {
      const [shifts, daysOff] = await Promise.all([
        onCallCalendarUrl
          ? refreshed(kept.shifts, last => refreshedShifts(last, onCallCalendarUrl, timeZone, now))
          : null,
        holidaysCalendarUrl && workingHours
          ? refreshed(kept.holidays, last => refreshedHolidays(last, holidaysCalendarUrl, timeZone, now))
          : null,
      ]);
      const off = [...new Set([...holidays, ...(daysOff?.value ?? [])])].sort();
      const time = await workingTimeWith(off);
      const isPlain = rules === null && !workingHours;
      const findings: Finding[] = [
        calendarFinding('on-call-calendar', calendarTrouble(shifts, now)),
        calendarFinding('holidays-calendar', calendarTrouble(daysOff, now)),
      ];
      return {
        workingTime: time,
        stamp: isPlain ? '' : stampOf([rules, workingHours, timeZone, off]),
        duty: onCallCalendarUrl ? dutyOf(shifts?.value ?? null, settings.onCall.emailTo, now) : null,
        findings,
        gap(expiries) {
          const list = shifts?.value?.shifts;
          if (!list) return onCallCalendarUrl ? [] : [{ key: 'on-call-gap', ok: true }];
          const moments = onCallMoments(expiries, { steps, workingTime: time }, now);
          const gaps = gapsWithin(list, now, now + 2 * DAY);
          const gap = gaps.find(({ from, to }) => moments.some(moment => from <= moment && moment < to));
          return [gapFinding(gap ?? null, timeZone)];
        },
      };
    },
  };
}

/** As it is kept after it was read anew, where that was due. What cannot be kept serves this process all the same. */
async function refreshed<T>(
  store: KeptStore<KeptCalendar<T>>,
  refresh: (kept: KeptCalendar<T> | null) => Promise<KeptCalendar<T>>,
): Promise<KeptCalendar<T>> {
  const kept = await store.recall().catch(() => null);
  const now = await refresh(kept);
  if (now !== kept) await store.keep(now).catch(() => {});
  return now;
}

function dutyOf(kept: KeptShifts | null, fallback: readonly string[], now: Instant): Duty {
  const onDuty = kept ? onCallAt(kept.shifts, now) : [];
  const people = kept?.shifts.flatMap(shift => shift.people.map(({ address }) => address)) ?? [];
  const addresses = new Map([...(kept?.before ?? []), ...people, ...fallback].map(one => [shortName(one), one]));
  return {
    onDuty,
    fallback,
    nameOf: shortName,
    addressesOf: names => [...new Set(names)].flatMap(name => addresses.get(name) ?? []),
  };
}

function stampOf(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
}
