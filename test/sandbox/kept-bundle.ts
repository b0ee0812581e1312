import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const KEPT = path.join(root, 'node_modules/.cache/referral-alerts');
/** For a bundle that somebody else makes: a tenth of a second each. */
const MOST_TRIES = 300;
/** Longer than a sandbox runs, which loads some of its files late. */
const KEPT_FOR_MS = 3 * 24 * 60 * 60_000;

/**
 * The folder with what `make` makes of the sources as they are now; it is made when there is none of them yet, and
 * nobody writes to it afterwards.
 * @param sources - files and folders of the repository that the bundle is made of, besides the packages
 */
export async function keptBundle(sources: readonly string[], make: (folder: string) => Promise<void>): Promise<string> {
  const kept = path.join(KEPT, await fingerprint([...sources, 'package.json', 'node_modules/.package-lock.json']));
  if (await isOurTurn(kept)) {
    const fresh = path.join(KEPT, randomUUID());
    try {
      await make(fresh);
      // Whoever was faster made the same.
      await rename(fresh, kept).catch(() => rm(fresh, { recursive: true, force: true }));
    } finally {
      await rm(makingOf(kept), { recursive: true, force: true });
    }
    await removeOld();
  }
  return kept;
}

/** Stands there while somebody makes it. */
const makingOf = (kept: string) => `${kept}.making`;

/** Whether the bundle is to be made here: it is not there, and nobody else makes it. Waits for one who does, for a while. */
async function isOurTurn(kept: string): Promise<boolean> {
  await mkdir(KEPT, { recursive: true });
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    if (await stat(kept).catch(() => null)) return false;
    const isMine = await mkdir(makingOf(kept)).then(
      () => true,
      () => false,
    );
    if (isMine) return true;
    await sleep(100);
  }
  return true;
}

async function fingerprint(sources: readonly string[]): Promise<string> {
  const hash = createHash('sha256').update(process.version);
  for (const source of sources) {
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
