/** One thing that is wrong with the settings. Safe to show: it holds no value of a setting. */
export interface SettingProblem {
  readonly setting: string;
  readonly message: string;
  /** Whether there is no poll with it; else it switches off only what it is for. */
  readonly stopsPoll: boolean;
}
