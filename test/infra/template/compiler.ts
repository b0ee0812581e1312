import { type Evaluation, openCompiler } from '../../../tools/check-infra/compiler.ts';

/**
 * The real compiler; null where there is none, and what needs it is then skipped. Nobody closes it: it ends with the
 * process, whose end of the pipe it loses.
 */
export const compiler = await openCompiler(process.env);

/** What this project's template comes to in an environment, with rules in place of infra/routes.json. */
export async function evaluate(env: Readonly<Record<string, string>>, routes?: unknown): Promise<Evaluation> {
  if (!compiler) throw new Error('there is no compiler');
  return compiler.evaluate(process.cwd(), await template(), env, routes);
}

let built: Promise<string> | null = null;

/** The template, compiled once for all tests of a process. */
async function template(): Promise<string> {
  built ??=
    compiler?.build(process.cwd()).then(({ problems, template }) => {
      if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join('\n'));
      return template;
    }) ?? Promise.reject(new Error('there is no compiler'));
  return built;
}
