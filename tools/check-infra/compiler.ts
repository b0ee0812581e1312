import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Problem } from './bicep-file.ts';

const run = promisify(execFile);

/** The Bicep compiler's own findings, warnings as well; null when there is no compiler. */
export async function compilerProblems(root: string, env: NodeJS.ProcessEnv): Promise<Problem[] | null> {
  const compiler = await findCompiler(env);
  if (!compiler) return null;
  const template = path.join(root, 'infra/main.bicep');
  const said = await run(compiler, ['build', template, '--stdout'], { maxBuffer: 64_000_000 }).catch(
    (error: { stderr?: string; message: string }) => ({
      stderr: error.stderr || `${template}(1,1) : Error: ${error.message}`,
    }),
  );
  return said.stderr.split('\n').flatMap(line => {
    const match = /^(.*?)\((\d+),(\d+)\) : (?:Error|Warning) (.*)$/.exec(line.trim());
    if (match)
      return [{ place: `${path.relative(root, match[1] ?? '')}:${match[2]}:${match[3]}`, message: match[4] ?? '' }];
    return /error|warning/i.test(line) ? [{ place: 'infra', message: line.trim() }] : [];
  });
}

async function findCompiler(env: NodeJS.ProcessEnv): Promise<string | null> {
  if (env.BICEP) return env.BICEP;
  const name = process.platform === 'win32' ? 'bicep.exe' : 'bicep';
  for (const folder of (env.PATH ?? '').split(path.delimiter).filter(Boolean)) {
    // npm puts a package of that name, which is something else, below node_modules
    if (folder.includes('node_modules')) continue;
    const file = path.join(folder, name);
    const found = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (found) return file;
  }
  return null;
}
