import { HOUR, type Instant } from '../base/instant.ts';
import type { CardView } from './view.ts';

// Before people come to work: whoever reads such an hour must have answered the day before.
const MORNING = 9 * HOUR;

/**
 * Until when to answer, as people say it. An expiry in the first nine hours of a day is the end of the day before, for as
 * long as that day lasts; any other is told with its hour.
 */
export function deadlineInWords(expiry: Instant, now: Instant, { words, timeZone }: CardView): string {
  const { alert, forms } = words;
  if (!(expiry > now)) return alert.expiryWas(forms.moment(expiry, timeZone));
  const end = localTime(expiry, timeZone);
  const today = localTime(now, timeZone);
  if (end && today && end.sinceMidnight <= MORNING && today.day < end.day) {
    return alert.answerByEndOf(forms.day(end.day - 12 * HOUR, 'UTC'));
  }
  return alert.answerBy(forms.moment(expiry, timeZone));
}

interface LocalTime {
  /** The calendar day, as the midnight of its namesake in UTC. */
  readonly day: Instant;
  /** Milliseconds, by the clock on the wall. */
  readonly sinceMidnight: number;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function localTime(at: Instant, timeZone: string): LocalTime | null {
  if (!(Math.abs(at) <= 8.64e15)) return null;
  let clock = clocks.get(timeZone);
  if (!clock) {
    const digits = 'numeric' as const;
    const parts = { year: digits, month: digits, day: digits, hour: digits, minute: digits, second: digits };
    clock = new Intl.DateTimeFormat('en', { ...parts, timeZone, hourCycle: 'h23', calendar: 'gregory' });
    clocks.set(timeZone, clock);
  }
  const parts = clock.formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find(each => each.type === type)?.value);
  const day = Date.UTC(part('year'), part('month') - 1, part('day'));
  const time = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return { day, sinceMidnight: time - day + (((at % 1000) + 1000) % 1000) };
}
