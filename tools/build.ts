import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build, type Metafile, type Plugin } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * One ESM bundle for the platform: finding hundreds of small files is what a cold start waits for.
 * What is imported lazily (the bot) goes into chunks of its own, so that nobody else waits for it.
 */
export async function buildFunctions(outdir: string, plugins: Plugin[] = []): Promise<Metafile> {
  await rm(outdir, { recursive: true, force: true });
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['functions/index.ts'],
    outdir,
    plugins,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    minifySyntax: true,
    minifyWhitespace: true,
    keepNames: true,
    legalComments: 'none',
    metafile: true,
    // The platform supplies this one when the app is loaded.
    external: ['@azure/functions-core'],
    // CommonJS packages inside an ESM bundle still call require.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
    logLevel: 'warning',
  });
  return metafile;
}

if (import.meta.main) {
  const { outputs } = await buildFunctions(`${root}dist/functions`);
  if (!process.argv.includes('--quiet')) {
    for (const [file, { bytes }] of Object.entries(outputs)) {
      process.stdout.write(`${file}  ${(bytes / 1000).toFixed(0)} kB\n`);
    }
  }
}
