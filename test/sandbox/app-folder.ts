import { copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';
import { buildFunctions } from '../../tools/build.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Builds the functions into an app folder of their own, as they are deployed: two starts side by side, or a start
 * beside a build, take nothing from under each other.
 */
export async function buildAppFolder(folder: string, plugins: Plugin[] = []): Promise<void> {
  await mkdir(folder, { recursive: true });
  await Promise.all([
    buildFunctions(path.join(folder, 'dist/functions'), plugins),
    ...['host.json', 'package.json'].map(file => copyFile(path.join(root, file), path.join(folder, file))),
  ]);
}
