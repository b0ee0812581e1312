import { copyFile, cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Metafile } from 'esbuild';
import { buildFunctions } from '../../tools/build.ts';
import { keptBundle } from './kept-bundle.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Builds the functions into an app folder of their own, as they are deployed: two starts side by side, or a start
 * beside a build, take nothing from under each other. The same sources are bundled once.
 */
export async function buildAppFolder(folder: string): Promise<void> {
  await mkdir(path.join(folder, 'dist'), { recursive: true });
  const bundle = path.join(folder, 'dist/functions');
  await Promise.all([
    linkBundle(bundle),
    ...['host.json', 'package.json'].map(file => copyFile(path.join(root, file), path.join(folder, file))),
  ]);
}

/** Puts the bundle of the sources as they are now into a folder. */
export async function copyBundle(folder: string): Promise<Metafile> {
  const kept = await keptFunctions();
  await cp(path.join(kept, 'bundle'), folder, { recursive: true });
  return JSON.parse(await readFile(path.join(kept, 'metafile.json'), 'utf8')) as Metafile;
}

/** A link, so that every process loads the same files: Node keeps them compiled, by their place. */
async function linkBundle(folder: string): Promise<void> {
  await symlink(path.join(await keptFunctions(), 'bundle'), folder, 'junction');
}

const keptFunctions = () =>
  keptBundle(['functions', 'src', 'tools/build.ts'], async folder => {
    const metafile = await buildFunctions(path.join(folder, 'bundle'));
    await writeFile(path.join(folder, 'metafile.json'), JSON.stringify(metafile));
    await writeFile(path.join(folder, 'package.json'), '{"type":"module"}\n');
  });
