import { type Instant, MINUTE } from '../base/instant.ts';
import type { SettingProblem } from '../model/setting-problem.ts';
import { SETTING_NAMES } from '../settings/definitions.ts';
import { isGiven } from '../settings/reader.ts';
import { nextRuns, shortestPauseMs } from '../settings/schedule.ts';
import type { SettingsReading } from '../settings/settings.ts';
import { idleSettings } from './idle-settings.ts';
import { nearMisses } from './near-misses.ts';
import type { SettingsSource, SetUp } from './set-up.ts';
import { failed, ok, type Verdict, warning } from './verdict.ts';

const SCHEDULE = 'POLL_SCHEDULE';

/** All settings but the schedule, which is a check of its own. */
export function checkSettings({ reading, source }: SetUp): Verdict {
  if (source.trouble) return failed(source.trouble.found, source.trouble.cure);
  const bad = reading.problems.filter(({ setting }) => setting !== SCHEDULE);
  const misses = nearMisses(source);
  const hints = misses.map(
    ({ name, nearest }) => `${name} is no setting${nearest ? `: did you mean ${nearest}?` : '.'}`,
  );
  if (bad.length > 0) {
    const names = [...new Set(bad.map(({ setting }) => setting))];
    const found = `${names.join(', ')} ${names.length === 1 ? 'needs' : 'need'} attention (${whereFrom(source)})`;
    return failed(found, [...bad.map(sentence), ...hints].join(' '));
  }
  const doubts = doubtsOf(source.env);
  if (misses.length > 0 || doubts.length > 0) {
    const unread = misses.map(({ name }) => name).join(', ');
    const found = [
      ...(misses.length > 0 ? [`${unread} ${misses.length === 1 ? 'is' : 'are'} read by nobody`] : []),
      ...(doubts.length > 0
        ? [`${[...new Set(doubts.map(({ name }) => name))].join(', ')} will not do what was meant`]
        : []),
    ].join('; ');
    const cures = [
      ...(misses.length > 0 ? [...hints, 'Correct the name, or take it out.'] : []),
      ...doubts.map(({ name, why }) => `${name} ${why}`),
    ];
    return warning(`${found} (${whereFrom(source)})`, cures.join(' '));
  }
  return ok(`all well-formed: ${whereFrom(source)}; times are shown in ${zoneName(reading.other.timeZone)}`);
}

/** What is well-formed and yet not what anybody wants. */
function doubtsOf(env: SettingsSource['env']) {
  const scope = env.PARTNER_SCOPE?.trim() ?? '';
  const brings = scope === '' || scope.split(/\s+/).includes('offline_access');
  const why = 'has no offline_access, without which a sign-in brings nothing that lasts: add it.';
  return [...(brings ? [] : [{ name: 'PARTNER_SCOPE', why }]), ...idleSettings(env)];
}

function sentence({ setting, message }: SettingProblem): string {
  return `${setting} ${message}${/[.?!]$/.test(message) ? '' : '.'}`;
}

/** `12 from local.settings.json, 2 from the environment (POLL_SCHEDULE, EMAIL_TO)`. */
function whereFrom({ env, file }: SettingsSource): string {
  const given = SETTING_NAMES.filter(name => isGiven(env, name));
  const inFile = given.filter(name => file?.names.includes(name));
  const rest = given.filter(name => !file?.names.includes(name));
  if (!file) return `${given.length} from the environment`;
  const outside =
    rest.length === 0 ? 'none from the environment' : `${rest.length} from the environment (${rest.join(', ')})`;
  return `${inFile.length} from ${file.name}, ${outside}`;
}

/** What the platform takes a zone for: `CET` and `europe/berlin` have proper names. */
function zoneName(zone: string): string {
  if (zone === 'UTC') return zone;
  return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
}

/** When polls come. */
export function checkSchedule({ problems, other }: SettingsReading, now: Instant): Verdict {
  const problem = problems.find(({ setting }) => setting === SCHEDULE);
  if (problem) {
    return failed(
      `${SCHEDULE} ${problem.message}`,
      `Set ${SCHEDULE} to six fields, such as 0 */5 * * * * for every 5 minutes.`,
    );
  }
  const runs = nextRuns(other.pollSchedule, now, 3).map(run => `${new Date(run).toISOString().slice(0, 19)}Z`);
  const found = `${other.pollSchedule}: next ${runs.join(', ')}`;
  if (shortestPauseMs(other.pollSchedule, now) >= MINUTE) return ok(found);
  return warning(
    `${found}; more often than once a minute`,
    `Set ${SCHEDULE} to every few minutes, such as 0 */5 * * * *: Partner Center throttles, and the first of six fields is the second.`,
  );
}
