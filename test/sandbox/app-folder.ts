import { createHash, randomUUID } from 'node:crypto';
import { copyFile, cp, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Metafile, Plugin } from 'esbuild';
import { buildFunctions } from '../../tools/build.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const KEPT = path.join(root, 'node_modules/.cache/referral-alerts');
/** For a bundle that somebody else makes: a tenth of a second each. */
const MOST_TRIES = 300;
const KEPT_FOR_MS = 24 * 60 * 60_000;
/** All that a bundle is made of. */
const SOURCES = ['functions', 'src', 'tools/build.ts', 'package.json', 'node_modules/.package-lock.json'];

/**
 * Builds the functions into an app folder of their own, as they are deployed: two starts side by side, or a start
 * beside a build, take nothing from under each other. The same sources are bundled once, unless plugins change them.
 */
export async function buildAppFolder(folder: string, plugins: Plugin[] = []): Promise<void> {
  await mkdir(folder, { recursive: true });
  const bundle = path.join(folder, 'dist/functions');
  await Promise.all([
    plugins.length > 0 ? buildFunctions(bundle, plugins) : copyBundle(bundle),
    ...['host.json', 'package.json'].map(file => copyFile(path.join(root, file), path.join(folder, file))),
  ]);
}

/** Puts the bundle of the sources as they are now into a folder; makes it when there is none of them yet. */
export async function copyBundle(folder: string): Promise<Metafile> {
  const kept = path.join(KEPT, await fingerprint());
  if (await isOurTurn(kept)) {
    const fresh = path.join(KEPT, randomUUID());
    const metafile = await buildFunctions(path.join(fresh, 'bundle'));
    await writeFile(path.join(fresh, 'metafile.json'), JSON.stringify(metafile));
    // Whoever was faster made the same.
    await rename(fresh, kept).catch(() => rm(fresh, { recursive: true, force: true }));
    await removeOld();
  }
  await cp(path.join(kept, 'bundle'), folder, { recursive: true });
  return JSON.parse(await readFile(path.join(kept, 'metafile.json'), 'utf8')) as Metafile;
}

/** Whether the bundle is to be made here: it is not there, and nobody else makes it. Waits for one who does, for a while. */
async function isOurTurn(kept: string): Promise<boolean> {
  await mkdir(KEPT, { recursive: true });
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    if (await stat(kept).catch(() => null)) return false;
    const isMine = await mkdir(`${kept}.making`).then(
      () => true,
      () => false,
    );
    if (isMine) return true;
    await sleep(100);
  }
  return true;
}

async function fingerprint(): Promise<string> {
  const hash = createHash('sha256').update(process.version);
  for (const source of SOURCES) {
    for (const file of await filesOf(path.join(root, source))) {
      hash.update(`${file}\0`).update(await readFile(file).catch(() => ''));
    }
  }
  return hash.digest('hex').slice(0, 32);
}

async function filesOf(place: string): Promise<readonly string[]> {
  const entries = await readdir(place, { recursive: true, withFileTypes: true }).catch(() => null);
  if (!entries) return [place];
  return entries
    .filter(entry => entry.isFile())
    .map(({ parentPath, name }) => path.join(parentPath, name))
    .toSorted();
}

async function removeOld(): Promise<void> {
  for (const name of await readdir(KEPT)) {
    const place = path.join(KEPT, name);
    const { mtimeMs } = await stat(place).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
    if (mtimeMs < performance.timeOrigin - KEPT_FOR_MS) await rm(place, { recursive: true, force: true });
  }
}
