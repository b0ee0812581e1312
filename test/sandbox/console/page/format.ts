const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const full = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'UTC',
});
const short = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'UTC',
});
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });

/** All times on the page are UTC, the zone in which Partner Center counts. */
export const fullTime = (instant: number) => `${full.format(instant)} UTC`;
export const shortTime = (instant: number) => short.format(instant);
export const clockTime = (instant: number) => clock.format(instant);

/** `3d 4h`, `5h 20m`, `12m`. */
export function span(milliseconds: number): string {
  const minutes = Math.max(0, Math.floor(milliseconds / MINUTE));
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60];
  if (days > 0) return hours > 0 ? `${days}d ${hours}h` : `${days}d`;
  if (hours > 0) return rest > 0 ? `${hours}h ${rest}m` : `${hours}h`;
  return `${rest}m`;
}

/** How near the end is, in the words of the style sheet. */
export function urgency(left: number): string {
  if (left <= DAY) return 'critical';
  if (left <= 3 * DAY) return 'warning';
  return left <= 7 * DAY ? 'reminder' : 'calm';
}
