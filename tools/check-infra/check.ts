import { type BicepFile, type Problem, readBicep } from './bicep-file.ts';
import { compilerProblems } from './compiler.ts';
import { moduleProblems, parameterFileProblems } from './modules.ts';
import { nameProblems } from './names.ts';
import { resourceProblems } from './resources.ts';
import { roleProblems } from './roles.ts';
import { secretProblems } from './secrets.ts';
import { settingsProblems } from './settings.ts';
import { syntaxProblems } from './syntax.ts';

export interface Findings {
  readonly files: number;
  /** Whether the real compiler had its say. */
  readonly compiled: boolean;
  readonly problems: readonly Problem[];
}

/** Checks the template of the project at `root`, alone and against settings, sample and README. */
export async function checkInfra(root: string, env: NodeJS.ProcessEnv): Promise<Findings> {
  const files = await readBicep(root);
  const compiled = await compilerProblems(root, env);
  const broken = files.flatMap(syntaxProblems);
  // What cannot be read cannot be judged: the rest would only repeat it in other words.
  const own = broken.length > 0 ? broken : await meaningProblems(root, files);
  return { files: files.length, compiled: compiled !== null, problems: [...(compiled ?? []), ...own] };
}

async function meaningProblems(root: string, files: readonly BicepFile[]): Promise<Problem[]> {
  return [
    ...files.flatMap(nameProblems),
    ...files.flatMap(file => moduleProblems(file, files)),
    ...files.flatMap(resourceProblems),
    ...files.flatMap(roleProblems),
    ...files.flatMap(file => secretProblems(file, files)),
    ...(await parameterFileProblems(root, files)),
    ...(await settingsProblems(root, files)),
  ];
}
