import { openCompiler } from '../../tools/check-infra/compiler.ts';

/**
 * The real compiler over this project's template; null where there is none, and what needs it is then skipped. Files of
 * one process share it, so no file closes it: it ends with the process, whose end of the pipe it loses.
 */
export const compiler = await openCompiler(process.cwd(), process.env);

let built: Promise<string> | null = null;

/** The template, compiled once for all tests of a process. */
export async function template(): Promise<string> {
  built ??=
    compiler?.build().then(({ problems, template }) => {
      if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join('\n'));
      return template;
    }) ?? Promise.reject(new Error('there is no compiler'));
  return built;
}
