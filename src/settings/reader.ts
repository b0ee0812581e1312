import { SETTING_NAMES, SETTINGS, type SettingName, type SettingValue, settingInfo } from './definitions.ts';
import { isQuoted } from './readers.ts';
import { type SettingProblem, SettingsError } from './settings-error.ts';

const UNRESOLVED =
  'is a Key Vault reference that was not resolved: in Azure the secret is missing or the identity may not read it; anywhere else nobody resolves it, so put in the value itself';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads settings one by one and gathers what is wrong with them. */
export interface SettingsReader {
  /** Whether the setting holds anything, good or bad. Nothing but spaces counts as nothing. */
  given(name: string): boolean;
  /** The setting or its default; null when there is neither, or when it is malformed, which is then a problem. */
  optional<N extends SettingName>(name: N): SettingValue<N> | null;
  /** The same, but nothing at all is a problem too. What comes back then is never seen: reading fails in the end. */
  required<N extends SettingName>(name: N): SettingValue<N>;
  /** The first of two, exactly one of which must be set. Read the second by itself. */
  oneOfBoth<N extends SettingName>(name: N, other: SettingName): SettingValue<N>;
  notBoth(name: SettingName, other: SettingName): void;
  problem(setting: SettingName, message: string): void;
}

/** Runs `build` over the environment. @throws SettingsError when anything was wrong */
export function readSettings<T>(env: Environment, build: (read: SettingsReader) => T): T {
  const problems: SettingProblem[] = [];
  const reader = createReader(env, problems);
  const settings = build(reader);
  if (problems.length === 0) return settings;
  const place = (problem: SettingProblem) => SETTING_NAMES.indexOf(problem.setting as SettingName);
  throw new SettingsError(problems.toSorted((a, b) => place(a) - place(b)));
}

function createReader(env: Environment, problems: SettingProblem[]): SettingsReader {
  const given = (name: string) => (env[name]?.trim() ?? '') !== '';

  function problem(setting: SettingName, message: string): void {
    const known = problems.some(one => one.setting === setting && one.message === message);
    if (!known) problems.push({ setting, message });
  }

  function optional<N extends SettingName>(name: N): SettingValue<N> | null {
    const text = env[name]?.trim() || settingInfo(name).default;
    if (text === null) return null;
    if (/^@Microsoft\.KeyVault\(/i.test(text)) {
      problem(name, UNRESOLVED);
      return null;
    }
    const result = SETTINGS[name].read.safeParse(text);
    if (result.success) return result.data as SettingValue<N>;
    const why = isQuoted(text) ? 'stands in quotes: leave them out' : result.error.issues[0]?.message;
    problem(name, why ?? 'is malformed');
    return null;
  }

  function required<N extends SettingName>(name: N): SettingValue<N> {
    const value = optional(name);
    if (value === null && !given(name)) problem(name, 'is missing');
    return value as SettingValue<N>;
  }

  function notBoth(name: SettingName, other: SettingName): void {
    if (given(name) && given(other)) problem(name, `and ${other} are both set: keep one of them`);
  }

  function oneOfBoth<N extends SettingName>(name: N, other: SettingName): SettingValue<N> {
    if (!given(name) && !given(other)) problem(name, `is missing: set it or ${other}`);
    notBoth(name, other);
    return optional(name) as SettingValue<N>;
  }

  return { given, optional, required, oneOfBoth, notBoth, problem };
}
