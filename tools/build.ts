import { readFile, rm } from 'node:fs/promises';
import { builtinModules } from 'node:module';
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
    plugins: [requiredBuiltins, onlyOurVersion, ...plugins],
    bundle: true,
    // Its other form asks for its own files in a way that no bundler follows.
    alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
    // Paths name the chunks: the same ones must come out where node_modules is a link to another place.
    preserveSymlinks: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    // Names stay: stack traces in the log shall say what the source says. Short ones that are restored when a function is
    // made (`keepNames`) cost every call that makes functions, and most calls of the SDKs do.
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    metafile: true,
    // The platform supplies this one when the app is loaded.
    // The other one stands in for web streams, which every Node we run on has: node-fetch never asks for it.
    external: ['@azure/functions-core', 'web-streams-polyfill/dist/ponyfill.es2018.js'],
    // CommonJS packages inside an ESM bundle still call require.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
    logLevel: 'warning',
  });
  return metafile;
}

/**
 * Gets Node's own modules by `require`. An `import` reads every export of theirs at once, and one of http's loads all of
 * fetch, which is nearly half of a cold start; who needs it gets it then.
 */
const requiredBuiltins: Plugin = {
  name: 'required-builtins',
  setup({ onResolve, onLoad }) {
    const names = builtinModules.filter(name => !name.startsWith('_'));
    const filter = new RegExp(`^(node:)?(${names.join('|')})$`);
    onResolve({ filter }, ({ kind, path }) =>
      kind === 'import-statement' ? { path: path.replace(/^node:/, ''), namespace: 'builtin' } : null,
    );
    onLoad({ filter: /./, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = require('node:${path}')`,
    }));
  },
};

/** Of our own package.json the app reads its version; the rest of it stays at home. */
const onlyOurVersion: Plugin = {
  name: 'only-our-version',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]package\.json$/ }, async ({ path }) => {
      if (path !== fileURLToPath(new URL('../package.json', import.meta.url))) return null;
      const { version } = JSON.parse(await readFile(path, 'utf8')) as { version: string };
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
  },
};

/** Bundles into dist/functions, and says what came out unless told to be quiet. */
export async function rebuild(isQuiet: boolean): Promise<void> {
  // Whatever happens next, nobody shall deploy what an earlier build left.
  for (const old of ['package', 'package.part', 'referral-alerts.zip']) {
    await rm(`${root}dist/${old}`, { recursive: true, force: true });
  }
  const { outputs } = await buildFunctions(`${root}dist/functions`);
  if (isQuiet) return;
  for (const [file, { bytes }] of Object.entries(outputs)) {
    process.stdout.write(`${file}  ${(bytes / 1000).toFixed(0)} kB\n`);
  }
}

if (import.meta.main) await rebuild(false);
