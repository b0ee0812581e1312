import { rm } from 'node:fs/promises';
import { build } from 'esbuild';

/**
 * One ESM bundle for the platform: finding hundreds of small files is what a cold start waits for.
 * What is imported lazily (the bot) goes into chunks of its own, so that nobody else waits for it.
 */
const outdir = 'dist/functions';
await rm(outdir, { recursive: true, force: true });
const { metafile } = await build({
  entryPoints: ['functions/index.ts'],
  outdir,
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

if (!process.argv.includes('--quiet')) {
  for (const [file, { bytes }] of Object.entries(metafile.outputs)) {
    process.stdout.write(`${file}  ${(bytes / 1000).toFixed(0)} kB\n`);
  }
}
