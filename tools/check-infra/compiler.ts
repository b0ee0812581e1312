import { access, constants, copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { Bicep } from 'bicep-node';
import type { Problem } from './problem.ts';

/** What a deployment would create, as the compiler evaluates it; what only Azure can know stays an expression in brackets. */
export interface Prediction {
  readonly resources: readonly Resource[];
  readonly outputs: Readonly<Record<string, unknown>>;
}

export interface Resource {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly properties?: unknown;
  readonly [member: string]: unknown;
}

export interface Evaluation {
  /** Null when it would not be deployed; the problems say why. */
  readonly prediction: Prediction | null;
  readonly problems: readonly Problem[];
}

/** Works over `infra` of the project at `root`. */
export interface Compiler {
  /** The template alone: errors, warnings, the linter's findings; and what Azure would get. */
  build(root: string): Promise<{ problems: Problem[]; template: string }>;
  /** A built template with the parameters of one environment, and rules in place of infra/routes.json. */
  evaluate(
    root: string,
    template: string,
    env: Readonly<Record<string, string>>,
    routes?: unknown,
  ): Promise<Evaluation>;
  close(): void;
}

export const SUBSCRIPTION = '00000000-0000-4000-8000-000000000001';
export const TENANT = '00000000-0000-4000-8000-000000000002';
const PATIENCE_MS = 120_000;
const PLACE = { subscriptionId: SUBSCRIPTION, tenantId: TENANT, location: 'westeurope' };

/** The Bicep compiler, one process for everything that is asked; null when there is none. */
export async function openCompiler(env: NodeJS.ProcessEnv): Promise<Compiler | null> {
  const program = await findProgram(env);
  if (!program) return null;
  if (!(await canRun(program))) throw new Error(`BICEP names ${program}, which cannot be run.`);
  shortenStart();
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => late.reject(new Error(`${program} does not answer as a Bicep compiler.`)),
    PATIENCE_MS,
  );
  try {
    return createCompiler(await Promise.race([Bicep.initialize(program), late.promise]));
  } finally {
    clearTimeout(timer);
  }
}

/**
 * .NET makes the code of a program faster as it runs, which pays in a day and not in a minute: without that, and without
 * a collector of its own thread, a check takes less than half of the processor.
 */
function shortenStart(): void {
  process.env.DOTNET_TieredCompilation ??= '0';
  process.env.DOTNET_gcConcurrent ??= '0';
}

function createCompiler(bicep: Bicep): Compiler {
  async function build(root: string) {
    const { diagnostics, contents = '' } = await bicep.compile({ path: path.join(root, 'infra/main.bicep') });
    return { problems: problemsOf(diagnostics, root), template: contents };
  }

  async function evaluate(
    root: string,
    template: string,
    given: Readonly<Record<string, string>>,
    routes?: unknown,
  ): Promise<Evaluation> {
    const folder = await mkdtemp(path.join(tmpdir(), 'infra-'));
    const file = path.join(folder, 'infra/main.bicepparam');
    try {
      await copyFiles(path.join(root, 'infra'), path.join(folder, 'infra'));
      if (routes !== undefined) await writeFile(path.join(folder, 'infra/routes.json'), JSON.stringify(routes));
      await writeFile(path.join(folder, 'infra/main.json'), template);
      await writeFile(file, withEnvironment(await readFile(file, 'utf8'), given));
      const said = await bicep.compileParams({ path: file, parameterOverrides: {} });
      const problems = problemsOf(said.diagnostics, folder);
      if (!said.success) return { prediction: null, problems };
      const { snapshot } = await bicep.getSnapshot({ path: file, metadata: PLACE });
      const { predictedResources, diagnostics, outputs } = JSON.parse(snapshot) as Snapshot;
      const more = diagnostics.map(one => ({ place: 'infra', message: JSON.stringify(one) }));
      return { prediction: { resources: predictedResources, outputs }, problems: [...problems, ...more] };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  return { build, evaluate, close: () => bicep.dispose() };
}

/** Without the folders: what lies in them is in the built template. */
async function copyFiles(from: string, to: string): Promise<void> {
  const files = (await readdir(from, { withFileTypes: true })).filter(entry => entry.isFile());
  await mkdir(to);
  await Promise.all(files.map(({ name }) => copyFile(path.join(from, name), path.join(to, name))));
}

interface Snapshot {
  readonly predictedResources: readonly Resource[];
  readonly diagnostics: readonly unknown[];
  readonly outputs: Readonly<Record<string, unknown>>;
}

/**
 * The parameters with what the environment holds written in: a process has one environment, and starting one for each
 * is most of the time. So is compiling: the built template stands for its source.
 */
function withEnvironment(parameters: string, given: Readonly<Record<string, string>>): string {
  return parameters
    .replace("using './main.bicep'", "using './main.json'")
    .replace(/readEnvironmentVariable\('(\w+)', '(.*?)'\)/g, (_, name, fallback) => literal(given[name] ?? fallback));
}

function literal(text: string): string {
  const escaped = text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('${', '\\${');
  return `'${escaped.replaceAll('\r', '\\r').replaceAll('\n', '\\n')}'`;
}

type Diagnostics = Awaited<ReturnType<Bicep['compile']>>['diagnostics'];

function problemsOf(diagnostics: Diagnostics, folder: string): Problem[] {
  return diagnostics.map(({ source, range, code, message }) => ({
    place: `${path.relative(folder, source).replaceAll(path.sep, '/')}:${range.start.line + 1}:${range.start.char + 1}`,
    message: `${code}: ${message}`,
  }));
}

/** `BICEP`, `bicep` on the PATH, or the one that `az bicep install` or azd brings. */
async function findProgram(env: NodeJS.ProcessEnv): Promise<string | null> {
  if (env.BICEP) return env.BICEP;
  const name = process.platform === 'win32' ? 'bicep.exe' : 'bicep';
  // npm puts a package of that name, which is something else, below node_modules
  const onPath = (env.PATH ?? '').split(path.delimiter).filter(folder => folder && !folder.includes('node_modules'));
  const home = env.HOME ?? env.USERPROFILE ?? homedir();
  for (const folder of [...onPath, path.join(home, '.azure/bin'), path.join(home, '.azd/bin')]) {
    const file = path.join(folder, name);
    if (await canRun(file)) return file;
  }
  return null;
}

function canRun(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}
