import { DAY, HOUR, type Instant, inWords } from '../base/instant.ts';
import type { Severity } from '../model/alert.ts';
import { longestPauseMs } from '../settings/schedule.ts';
import type { OtherSettings, SettingsReading } from '../settings/settings.ts';
import { reach } from './reach.ts';
import type { SetUp } from './set-up.ts';
import { ok, type Verdict, warning } from './verdict.ts';

/** The steps in words, where they contradict each other or the rest, and what they lean on that is away. */
export async function checkEscalation({ reading, holidays, now }: SetUp): Promise<Verdict> {
  const { other } = reading;
  const found = other.steps.map(({ name, severity }) => `${severity} ${name} before expiry`).join(', ');
  const doubts = [...doubtsOf(reading, now), ...(await awayOf(other, holidays))];
  if (doubts.length === 0) return ok(found);
  return warning(
    `${found}; but ${doubts.map(({ what }) => what).join('; ')}`,
    doubts.map(({ cure }) => cure).join(' '),
  );
}

const LOUDNESS: readonly Severity[] = ['reminder', 'warning', 'critical'];

interface Doubt {
  readonly what: string;
  readonly cure: string;
}

function* doubtsOf({ other, problems }: SettingsReading, now: Instant): Iterable<Doubt> {
  const { steps, onCall, operator, windowDays, pollSchedule } = other;
  const hasOnCall = Boolean(onCall.teamsWebhookUrl) || onCall.emailTo.length > 0 || onCall.pager !== null;
  if (hasOnCall && !steps.some(({ severity }) => severity === 'critical')) {
    yield {
      what: 'no step is critical, so on-call never hears anything',
      cure: 'Add a step such as 24h:critical to ESCALATION_STEPS, or take the ONCALL_ settings out.',
    };
  }
  const milder = steps.find(
    ({ severity }, at) => at > 0 && LOUDNESS.indexOf(severity) < LOUDNESS.indexOf(steps[at - 1]?.severity ?? severity),
  );
  if (milder) {
    yield {
      what: `the step ${milder.name} is milder than the one before it, though less time is left`,
      cure: 'Let ESCALATION_STEPS grow louder towards the expiry, such as 7d:reminder,3d:warning,24h:critical.',
    };
  }
  const longest = steps[0];
  if (longest && longest.before > windowDays * DAY) {
    yield {
      what: `the step ${longest.name} is longer than the ${windowDays} days of a referral, so each is told at once`,
      cure: 'Shorten it in ESCALATION_STEPS, or correct REFERRAL_WINDOW_DAYS.',
    };
  }
  const shortest = steps.at(-1);
  const pause = longestPauseMs(pollSchedule, now);
  if (shortest && pause >= shortest.before) {
    yield {
      what: `polls pause for up to ${inWords(pause)}, and the ${shortest.name} step can pass unseen meanwhile`,
      cure:
        pause < HOUR
          ? 'Let the last step of ESCALATION_STEPS be longer, or POLL_SCHEDULE poll more often.'
          : 'Let POLL_SCHEDULE poll around the clock, such as 0 */5 * * * *: nobody is disturbed by a poll.',
    };
  }
  const areHoursRead = !problems.some(({ setting }) => setting === 'WORKING_HOURS');
  if (hasHolidays(other) && other.workingHours === null && areHoursRead) {
    yield {
      what: 'holidays are set without working hours, so they change nothing',
      cure: 'Set WORKING_HOURS, such as Mon-Fri 09:00-17:00, or take HOLIDAYS and HOLIDAYS_CALENDAR_URL out.',
    };
  }
  if (!operator.teamsWebhookUrl && operator.emailTo.length === 0) {
    yield {
      what: 'no operator channel is set, so nobody hears when the watch itself fails',
      cure: 'Set OPERATOR_TEAMS_WEBHOOK_URL or OPERATOR_EMAIL_TO.',
    };
  }
}

async function awayOf({ heartbeatUrl }: OtherSettings, holidays: SetUp['holidays']): Promise<readonly Doubt[]> {
  const calendar = (await holidays?.()) ?? null;
  // A request would be a sign of life, which only a poll may give.
  const watch = heartbeatUrl === null ? null : await reach(heartbeatUrl);
  return [
    ...(calendar === null
      ? []
      : [
          {
            what: `the calendar of holidays cannot be read: ${calendar}`,
            cure: 'Check HOLIDAYS_CALENDAR_URL: it is the secret iCalendar address of the calendar, which needs no sign-in.',
          },
        ]),
    ...(watch === null
      ? []
      : [
          {
            what: `the outside watch cannot be reached (${watch}), so it will take this app for dead`,
            cure: 'Check HEARTBEAT_URL, the ping address of a check at your monitoring service.',
          },
        ]),
  ];
}

function hasHolidays({ holidays, holidaysCalendarUrl }: OtherSettings): boolean {
  return holidays.length > 0 || holidaysCalendarUrl !== null;
}
