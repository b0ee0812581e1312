import type { SettingProblem } from '../model/setting-problem.ts';
import { SETTING_NAMES, SETTINGS, type SettingName, type SettingValue, settingInfo } from './definitions.ts';
import { isQuoted } from './readers.ts';

const UNRESOLVED =
  'is a Key Vault reference that was not resolved: in Azure the secret is missing or the identity may not read it; anywhere else nobody resolves it, so put in the value itself';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Whether a setting holds anything, good or bad. Nothing but spaces counts as nothing. */
export function isGiven(env: Environment, name: string): boolean {
  return (env[name]?.trim() ?? '') !== '';
}

/** The names of settings that have a default. */
type Defaulted = { [N in SettingName]: (typeof SETTINGS)[N]['default'] extends null ? never : N }[SettingName];

/** Reads settings one by one and gathers what is wrong with them. */
export interface SettingsReader {
  /** See `isGiven`. */
  given(name: string): boolean;
  /** The setting or its default; null when there is neither, or when it is malformed, which is then a problem. */
  optional<N extends SettingName>(name: N): SettingValue<N> | null;
  /** A setting whose name people complete, read like the one it is named after. */
  likeOne<N extends SettingName>(kind: N, name: string): SettingValue<N> | null;
  /** The names of all settings that hold anything. */
  names(): readonly string[];
  /** The same, but nothing at all is a problem too. */
  required<N extends SettingName>(name: N): SettingValue<N> | null;
  /** The setting, or its default also when it is malformed. Not for addresses: what they are for is off then. */
  orDefault<N extends Defaulted>(name: N): SettingValue<N>;
  /** Exactly one of two must be set. */
  oneOf(name: SettingName, other: SettingName): void;
  notBoth(name: SettingName, other: SettingName): void;
  problem(setting: string, message: string): void;
}

/** A list of problems that readers share; each is in it once. */
export class Problems {
  readonly #found = new Map<string, SettingProblem>();

  add(problem: SettingProblem): void {
    const key = `${problem.setting} ${problem.message}`;
    const stopsPoll = problem.stopsPoll || this.#found.get(key)?.stopsPoll === true;
    this.#found.set(key, { ...problem, stopsPoll });
  }

  /** In the order of the table of settings. */
  list(): readonly SettingProblem[] {
    const place = ({ setting }: SettingProblem) => SETTING_NAMES.indexOf(setting as SettingName);
    return [...this.#found.values()].toSorted((a, b) => place(a) - place(b));
  }
}

/** @param stopsPoll - whether there is no poll without what is read by this reader */
export function createReader(
  env: Environment,
  problems: Problems,
  { stopsPoll }: Pick<SettingProblem, 'stopsPoll'>,
): SettingsReader {
  const given = (name: string) => isGiven(env, name);
  const problem = (setting: string, message: string) => problems.add({ setting, message, stopsPoll });

  function optional<N extends SettingName>(name: N): SettingValue<N> | null {
    return readAs(name, name, env[name]?.trim() || settingInfo(name).default);
  }

  function readAs<N extends SettingName>(kind: N, name: string, text: string | null): SettingValue<N> | null {
    if (text === null) return null;
    if (/^@Microsoft\.KeyVault\(/i.test(text)) {
      problem(name, UNRESOLVED);
      return null;
    }
    const result = SETTINGS[kind].read.safeParse(text);
    if (result.success) return result.data as SettingValue<N>;
    const why = isQuoted(text) ? 'stands in quotes: leave them out' : result.error.issues[0]?.message;
    problem(name, why ?? 'is malformed');
    return null;
  }

  function required<N extends SettingName>(name: N): SettingValue<N> | null {
    const value = optional(name);
    if (value === null && !given(name)) problem(name, 'is missing');
    return value;
  }

  function orDefault<N extends Defaulted>(name: N): SettingValue<N> {
    return optional(name) ?? (SETTINGS[name].read.parse(SETTINGS[name].default) as SettingValue<N>);
  }

  function notBoth(name: SettingName, other: SettingName): void {
    if (given(name) && given(other)) problem(name, `and ${other} are both set: keep one of them`);
  }

  function oneOf(name: SettingName, other: SettingName): void {
    if (!given(name) && !given(other)) problem(name, `is missing: set it or ${other}`);
    notBoth(name, other);
  }

  const likeOne = <N extends SettingName>(kind: N, name: string) => readAs(kind, name, env[name]?.trim() || null);
  const names = () => Object.keys(env).filter(given);
  return { given, optional, likeOne, names, required, orDefault, oneOf, notBoth, problem };
}
