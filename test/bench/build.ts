import { rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build, type Metafile } from 'esbuild';
import { copyBundle } from '../sandbox/app-folder.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Outside git, and inside the tree, so that unbundled programs find their packages. */
const cacheOf = (name: string) => `${root}node_modules/.cache/${name}`;

export interface Built {
  /** The app's entry as it is deployed. */
  readonly bundle: string;
  readonly metafile: Metafile;
  /** The same app as plain files beside node_modules. */
  readonly plain: string;
  /** One empty function, bundled the same way. */
  readonly empty: string;
  /** A measured program or server. */
  program(name: string): string;
}

/** Builds everything that is measured. Programs keep their packages outside, as a plain deployment would. */
export async function buildAll(name = 'bench'): Promise<Built> {
  const cache = cacheOf(name);
  await rm(cache, { recursive: true, force: true });
  const metafile = await copyBundle(`${cache}/bundle`);
  await buildPlain(cache);
  await buildEmpty(cache);
  await build({
    absWorkingDir: root,
    entryPoints: ['test/bench/programs/*.ts', 'test/bench/stand-in/server.ts', 'test/bench/stand-in/azurite.ts'],
    entryNames: '[name]',
    outdir: `${cache}/programs`,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    target: 'node22',
    logLevel: 'warning',
  });
  await writeFile(`${cache}/package.json`, '{"type":"module"}\n');
  return {
    bundle: `${cache}/bundle/index.js`,
    metafile,
    plain: `${cache}/plain/functions/index.js`,
    empty: `${cache}/empty/empty.mjs`,
    program: name => `${cache}/programs/${name}.mjs`,
  };
}

/** Every module by itself, as tsc would emit it. */
async function buildPlain(cache: string): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: ['functions/**/*.ts', 'src/**/*.ts'],
    outbase: '.',
    outdir: `${cache}/plain`,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    logLevel: 'warning',
  });
  // Specifiers name .ts files; the plain tree has .js ones.
  const { readdir, readFile } = await import('node:fs/promises');
  for (const entry of await readdir(`${cache}/plain`, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = `${entry.parentPath}/${entry.name}`;
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replaceAll(/((?:from|import)\s*\(?\s*["'])(\.[^"']+)\.ts(["'])/g, '$1$2.js$3'));
  }
  const { version } = JSON.parse(await readFile(`${root}package.json`, 'utf8')) as { version: string };
  await writeFile(`${cache}/plain/package.json`, `${JSON.stringify({ type: 'module', version })}\n`);
}

async function buildEmpty(cache: string): Promise<void> {
  await build({
    absWorkingDir: root,
    stdin: {
      contents: `import { app } from '@azure/functions';
        app.timer('empty', { schedule: '0 */5 * * * *', handler: async () => {} });`,
      resolveDir: root,
    },
    outfile: `${cache}/empty/empty.mjs`,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    minifySyntax: true,
    minifyWhitespace: true,
    external: ['@azure/functions-core'],
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
    logLevel: 'warning',
  });
}
