const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** Whether an instant is working time, by `WORKING_HOURS`, `HOLIDAYS` and `ALERT_TIME_ZONE` as they are given; always without hours. */
export function workingTimeIn(env: Readonly<Record<string, string | undefined>>): (at: number) => boolean {
  const periods = (env.WORKING_HOURS ?? '').split(',').flatMap(readPeriod);
  if (periods.length === 0) return () => true;
  const holidays = new Set((env.HOLIDAYS ?? '').split(',').map(day => day.trim()));
  const wall = new Intl.DateTimeFormat('en-CA', {
    timeZone: env.ALERT_TIME_ZONE?.trim() || 'UTC',
    dateStyle: 'short',
    timeStyle: 'short',
    hourCycle: 'h23',
  });
  return at => {
    const [date = '', time = ''] = wall.format(at).split(', ');
    if (holidays.has(date)) return false;
    const day = (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
    const minutes = minutesOf(time);
    return periods.some(({ days, from, to }) => days.includes(day) && from <= minutes && minutes < to);
  };
}

function readPeriod(text: string): { days: number[]; from: number; to: number }[] {
  const [, first = '', last = first, from = '', to = ''] =
    /^\s*([a-z]+)(?:-([a-z]+))?\s+(\d+:\d\d)-(\d+:\d\d)\s*$/i.exec(text) ?? [];
  const [begin, end] = [first, last].map(day => DAYS.indexOf(day.slice(0, 3).toLowerCase())) as [number, number];
  if (begin < 0 || end < 0) return [];
  const count = ((end - begin + 7) % 7) + 1;
  return [{ days: Array.from({ length: count }, (_, i) => (begin + i) % 7), from: minutesOf(from), to: minutesOf(to) }];
}

function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * 60 + minutes;
}
