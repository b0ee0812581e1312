import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { zipSync } from 'fflate';
import { readArguments } from './arguments.ts';
import { rebuild } from './build.ts';

const STAGE = 'dist/package';
const PART = `${STAGE}.part`;
const ARCHIVE = 'dist/referral-alerts.zip';
const MOST_BYTES = 5_000_000;
// The oldest moment a zip can name: the same archive on every day.
const NO_TIME = new Date(1980, 0, 1);

/**
 * Puts host.json, a small package.json and the bundle in dist/functions into dist/package (for azd) and
 * dist/referral-alerts.zip (for a one-deploy) of the project at `root`. Nothing in it depends on when or where it is made.
 * Answers the archive, and how many files are in it.
 */
export async function makePackage(root: string): Promise<{ zip: Uint8Array; files: number }> {
  const of = (...parts: string[]) => path.join(root, ...parts);
  const files = new Map<string, Uint8Array>();
  files.set('host.json', await readFile(of('host.json')));
  files.set('package.json', new TextEncoder().encode(await packageJson(root)));
  for (const name of (await readdir(of('dist/functions'))).toSorted()) {
    files.set(`functions/${name}`, await readFile(of('dist/functions', name)));
  }

  // Under another name until it is whole: half a package is never deployed.
  await rm(of(PART), { recursive: true, force: true });
  for (const [name, content] of files) {
    await mkdir(path.dirname(of(PART, name)), { recursive: true });
    await writeFile(of(PART, name), content);
  }
  // azd refuses a folder whose .funcignore hides node_modules when nothing is built remotely; there is none to hide.
  await writeFile(of(PART, '.funcignore'), '.funcignore\n');
  await rm(of(STAGE), { recursive: true, force: true });
  await rename(of(PART), of(STAGE));

  const zip = zipSync(Object.fromEntries(files), { level: 9, mtime: NO_TIME });
  await writeFile(of(ARCHIVE), zip);
  return { zip, files: files.size };
}

/** What the platform needs to know; the bundle brings its dependencies along. */
async function packageJson(root: string): Promise<string> {
  const { name, version, type, main } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as Record<
    string,
    string
  >;
  const inPackage = main?.replace(/^dist\//, '');
  return `${JSON.stringify({ name, version, private: true, type, main: inPackage, engines: { node: '>=22' } }, null, 2)}\n`;
}

if (import.meta.main) {
  const { quiet = false } = readArguments(
    `Bundles the app and packs it: ${STAGE}, which azd deploys, and ${ARCHIVE}.

  npm run package     ready to deploy
  npm run build       the same, and says how large each file is`,
    { quiet: { type: 'boolean' } },
  );
  await rebuild(quiet);
  const { zip, files } = await makePackage(fileURLToPath(new URL('..', import.meta.url)));
  process.stdout.write(`${ARCHIVE}  ${(zip.length / 1000).toFixed(0)} kB, ${files} files\n`);
  if (zip.length > MOST_BYTES) {
    process.stderr.write(`The package is larger than ${MOST_BYTES / 1_000_000} MB\n`);
    process.exitCode = 1;
  }
}
