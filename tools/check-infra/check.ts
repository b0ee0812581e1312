import { appSettingsProblems } from './app-settings.ts';
import type { Compiler, Evaluation } from './compiler.ts';
import { CONFIGURATIONS, type Configuration, everything } from './configurations.ts';
import { type KnownSetting, knownSettings } from './known-settings.ts';
import type { Problem } from './problem.ts';
import { resourceProblems } from './resources.ts';
import { roleProblems } from './roles.ts';
import { templateProblems } from './template.ts';
import { textProblems } from './texts.ts';
import { readWaysIn, type WaysIn, wayInProblems } from './ways-in.ts';
import { wishesOf } from './wishes.ts';

export interface Findings {
  /** Names of the set-ups that were evaluated; null when there was no compiler. */
  readonly evaluated: readonly string[] | null;
  readonly problems: readonly Problem[];
}

/**
 * Checks the template of the project at `root`: compiled and evaluated where there is a compiler, and against settings,
 * sample, README and guide. `only` names the set-ups to evaluate; all of them unless given.
 */
export async function checkInfra(root: string, compiler: Compiler | null, only?: readonly string[]): Promise<Findings> {
  const settings = await knownSettings(root);
  const ways = await readWaysIn(root);
  const problems = [...wayInProblems(ways, settings), ...(await textProblems(root, settings, ways))];
  if (!compiler) return { evaluated: null, problems };
  const all = [...CONFIGURATIONS, unset(ways), everything(settings.filter(({ way }) => way === 'environment'))];
  const configurations = all.filter(({ name }) => only?.includes(name) ?? true);
  const said = await compiledProblems(root, compiler, ways, settings, configurations);
  return { evaluated: configurations.map(({ name }) => name), problems: [...problems, ...said] };
}

/** A pipeline hands an empty text over for each variable that nobody set. */
function unset({ plain, secret, own }: WaysIn): Configuration {
  const nothing = Object.fromEntries([...plain, ...secret, ...own].map(name => [name, '']));
  return { name: 'a pipeline that sets the two ids', env: { ...nothing, ...CONFIGURATIONS[0]?.env } };
}

async function compiledProblems(
  root: string,
  compiler: Compiler,
  ways: WaysIn,
  settings: readonly KnownSetting[],
  configurations: readonly Configuration[],
): Promise<Problem[]> {
  const built = await compiler.build(root);
  // What does not compile cannot be judged: the rest would only repeat it in other words.
  if (built.problems.length > 0) return distinct(built.problems);
  const leaks = templateProblems(built.template, [...ways.plain, ...ways.secret, ...ways.own]);
  const each: Problem[] = [];
  for (const one of configurations) {
    const evaluation = await compiler.evaluate(root, built.template, one.env, one.routes ?? []);
    each.push(...evaluationProblems(evaluation, one, settings));
  }
  return distinct([...leaks.map(message => ({ place: 'infra', message })), ...each]);
}

function evaluationProblems(
  { prediction, problems }: Evaluation,
  one: Configuration,
  settings: readonly KnownSetting[],
): Problem[] {
  if (!prediction) return [...problems];
  const wishes = wishesOf(one);
  const found = [
    ...appSettingsProblems(prediction, wishes, settings),
    ...resourceProblems(prediction, wishes),
    ...roleProblems(prediction, wishes),
  ];
  return [...problems, ...found.map(message => ({ place: `infra (${one.name})`, message }))];
}

/** The same fault in every set-up is one fault: the first that shows it is named. */
function distinct(problems: readonly Problem[]): Problem[] {
  return problems.filter(({ message }, index) => problems.findIndex(other => other.message === message) === index);
}
