import { randomUUID } from 'node:crypto';
import {
  closeSync,
  fchmodSync,
  fsyncSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { MINUTE } from '../../base/instant.ts';
import { type StoredToken, type TokenStore, TokenStoreError } from './token-store.ts';

/** Keeps the refresh token in a file that only its owner can read. For local runs. */
export function createFileTokenStore(file: string): TokenStore {
  async function read(): Promise<StoredToken> {
    try {
      const token = (await readFile(file, 'utf8')).trim();
      // A file's date is of the system's clock, which need not be ours; nobody leaves a local run alone for months.
      if (token !== '') return { token, savedAt: null, expiresAt: null };
    } catch (error) {
      const code = codeOf(error);
      if (code !== 'ENOENT')
        throw new TokenStoreError(
          `The file of REFRESH_TOKEN_FILE cannot be read (${code})`,
          'Let the user who runs this app read and write the file of REFRESH_TOKEN_FILE and its folder.',
        );
    }
    throw new TokenStoreError('No refresh token is stored yet', 'Run `npm run sign-in` once.');
  }

  async function save(token: string): Promise<void> {
    try {
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
      replaceFile(real(file), `${token}\n`);
      await removeLeftovers(real(file));
    } catch (error) {
      throw new TokenStoreError(
        `The refresh token cannot be saved in the file of REFRESH_TOKEN_FILE (${codeOf(error)})`,
        'Let the user who runs this app write the file of REFRESH_TOKEN_FILE and its folder; see that the disk has room.',
      );
    }
  }

  return { read, save };
}

/** All at once or not at all. Done without a pause, so that no signal handler of ours runs in between. */
function replaceFile(file: string, text: string): void {
  const beside = join(dirname(file), `.${basename(file)}.${randomUUID()}.tmp`);
  try {
    const handle = openSync(beside, 'wx', 0o600);
    try {
      // The umask may have taken more from the mode than we asked for.
      fchmodSync(handle, 0o600);
      writeFileSync(handle, text);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(beside, file);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
  syncFolder(dirname(file));
}

function syncFolder(folder: string): void {
  // Not every system lets a folder be opened; there the rename is as durable as it gets.
  try {
    const handle = openSync(folder, 'r');
    fsyncSync(handle);
    closeSync(handle);
  } catch {}
}

/** What a process left behind that was killed while it saved. */
async function removeLeftovers(file: string): Promise<void> {
  const prefix = `.${basename(file)}.`;
  for (const name of await readdir(dirname(file))) {
    if (!name.startsWith(prefix) || !name.endsWith('.tmp')) continue;
    const path = join(dirname(file), name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
    // By the wall clock, as the file system's own dates are.
    if (Date.now() - mtimeMs > MINUTE) await rm(path, { force: true });
  }
}

/** The file itself where a link was configured: a rename would replace the link. */
function real(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}

function codeOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  return typeof code === 'string' ? code : 'unknown reason';
}
