import type { SettingProblem } from '../model/setting-problem.ts';

/** The settings cannot be used. Names every problem at once, so that one look is enough to mend them all. */
export class SettingsError extends Error {
  readonly problems: readonly SettingProblem[];

  constructor(problems: readonly SettingProblem[]) {
    const lines = problems.map(problem => `${problem.setting} ${problem.message}`);
    super(
      `${problems.length === 1 ? 'One setting needs' : `${problems.length} settings need`} attention: ${lines.join('; ')}`,
    );
    this.name = 'SettingsError';
    this.problems = problems;
  }
}
