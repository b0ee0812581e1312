/** One thing that is wrong with the settings. Safe to show: it holds no value of a setting. */
export interface SettingProblem {
  readonly setting: string;
  readonly message: string;
  /** Whether there is no poll with it; else it switches off only what it is for. */
  readonly stopsPoll: boolean;
}

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
