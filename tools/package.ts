import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { zipSync } from 'fflate';

/**
 * Puts host.json, a small package.json and the bundle into dist/package (for azd) and dist/referral-alerts.zip
 * (for a one-deploy). Nothing in it depends on when or where it is made.
 */
const STAGE = 'dist/package';
const PART = `${STAGE}.part`;
const ARCHIVE = 'dist/referral-alerts.zip';
const MOST_BYTES = 5_000_000;
// The oldest moment a zip can name: the same archive on every day.
const NO_TIME = new Date(1980, 0, 1);

const files = new Map<string, Uint8Array>();
files.set('host.json', await readFile('host.json'));
files.set('package.json', new TextEncoder().encode(await packageJson()));
for (const name of (await readdir('dist/functions')).toSorted()) {
  files.set(`functions/${name}`, await readFile(path.join('dist/functions', name)));
}

// Under another name until it is whole: half a package is never deployed.
await rm(PART, { recursive: true, force: true });
for (const [name, content] of files) {
  await mkdir(path.dirname(path.join(PART, name)), { recursive: true });
  await writeFile(path.join(PART, name), content);
}
// azd refuses a folder whose .funcignore hides node_modules when nothing is built remotely; there is none to hide.
await writeFile(path.join(PART, '.funcignore'), '.funcignore\n');
await rm(STAGE, { recursive: true, force: true });
await rename(PART, STAGE);

const zip = zipSync(Object.fromEntries(files), { level: 9, mtime: NO_TIME });
await writeFile(ARCHIVE, zip);
process.stdout.write(`${ARCHIVE}  ${(zip.length / 1000).toFixed(0)} kB, ${files.size} files\n`);
if (zip.length > MOST_BYTES) {
  process.stderr.write(`The package is larger than ${MOST_BYTES / 1_000_000} MB\n`);
  process.exitCode = 1;
}

/** What the platform needs to know; the bundle brings its dependencies along. */
async function packageJson(): Promise<string> {
  const { name, version, type, main } = JSON.parse(await readFile('package.json', 'utf8')) as Record<string, string>;
  const inPackage = main?.replace(/^dist\//, '');
  return `${JSON.stringify({ name, version, private: true, type, main: inPackage, engines: { node: '>=22' } }, null, 2)}\n`;
}
