import { SETTING_NAMES } from '../settings/definitions.ts';
import type { Environment } from '../settings/reader.ts';
import { describeSchedule } from '../settings/schedule.ts';
import { parseSettings, type Settings } from '../settings/settings.ts';
import { SettingsError } from '../settings/settings-error.ts';
import { type Finding, failed, ok } from './check.ts';

const SCHEDULE = 'POLL_SCHEDULE';

/** All settings, or what is wrong with them. A bad schedule is a matter of its own and stops no other check. */
export function readAllSettings(env: Environment): {
  readonly settings: Settings | null;
  readonly finding: Finding;
  readonly schedule: Finding;
} {
  const { settings, problems } = parse(env);
  const bad = problems.filter(problem => problem.setting !== SCHEDULE);
  const badSchedule = problems.find(problem => problem.setting === SCHEDULE);
  const usable = settings ?? (bad.length === 0 ? parse({ ...env, [SCHEDULE]: undefined }).settings : null);
  const names = bad.map(problem => problem.setting);
  const given = SETTING_NAMES.filter(name => (env[name]?.trim() ?? '') !== '');
  return {
    settings: usable,
    finding:
      bad.length > 0
        ? failed(
            `${[...new Set(names)].join(', ')} ${names.length === 1 ? 'needs' : 'need'} attention`,
            bad.map(({ setting, message }) => `${setting} ${message}.`).join(' '),
          )
        : ok(`${given.length} settings are set, all well-formed`),
    schedule: badSchedule
      ? failed(
          `${SCHEDULE} ${badSchedule.message}`,
          `Set ${SCHEDULE} to six fields, such as 0 */5 * * * * for every 5 minutes.`,
        )
      : ok(`polls ${describeSchedule(env[SCHEDULE]?.trim() || usable?.pollSchedule || '0 */5 * * * *')}`),
  };
}

function parse(env: Environment) {
  try {
    return { settings: parseSettings(env), problems: [] };
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return { settings: null, problems: error.problems };
  }
}
