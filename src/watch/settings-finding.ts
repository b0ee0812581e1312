import type { SettingProblem } from '../model/setting-problem.ts';
import type { Finding } from './troubles.ts';

/** What is wrong with the settings. What joins later is news again. */
export function settingsFinding(problems: readonly SettingProblem[]): Finding[] {
  if (problems.length === 0) return [{ key: 'settings', ok: true }];
  const parts = problems.map(({ setting, message }) => `${setting} ${message}`);
  const meaning = problems.some(({ stopsPoll }) => stopsPoll)
    ? 'Nothing is polled, so nobody hears of any lead, until this is mended.'
    : 'Leads are told all the same, but what these settings are for is off or at its default.';
  return [
    {
      key: 'settings',
      ok: false,
      title: problems.length === 1 ? 'A setting is wrong' : `${problems.length} settings are wrong`,
      text: `${parts.map(part => part.replace(/\.?$/, '.')).join(' ')} ${meaning} Correct it in the app settings, then run the doctor.`,
      parts,
    },
  ];
}
