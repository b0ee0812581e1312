import { isGiven } from '../settings/reader.ts';
import type { SetUp } from './set-up.ts';
import { failed, ok, skipped, type Verdict, warning } from './verdict.ts';

/** Who is on shift now, and whether somebody will be in the coming two weeks. */
export async function checkOnCall({ shifts, reading, source: { env } }: SetUp): Promise<Verdict> {
  if (!isGiven(env, 'ONCALL_CALENDAR_URL')) return skipped('no calendar of shifts is set');
  if (reading.other.onCallCalendarUrl === null || !shifts) return skipped();
  const read = await shifts();
  if ('problem' in read) {
    return failed(
      `the on-call calendar cannot be read: ${read.problem}`,
      'Check ONCALL_CALENDAR_URL: it is the secret iCalendar address of the calendar, which needs no sign-in.',
    );
  }
  const { now, gap, withoutAddress } = read;
  const who = now.length === 0 ? 'nobody is on call now' : `on call now: ${now.join(', ')}`;
  const gaps = gap === null ? who : `${who}; nobody is from ${gap.from} to ${gap.to}`;
  if (withoutAddress > 0) {
    return warning(
      `${gaps}; ${withoutAddress} ${withoutAddress === 1 ? 'shift names' : 'shifts name'} nobody's address`,
      "Invite the people to their shifts, or write their addresses into the titles: a shift without one is nobody's.",
    );
  }
  return gap === null ? ok(who) : warning(gaps, 'Put somebody into the calendar for that time.');
}
