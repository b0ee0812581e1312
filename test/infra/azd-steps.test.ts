import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parse } from 'yaml';

const run = promisify(execFile);
const MARK = 'src/base/version.ts';
const SOURCES = [MARK, 'tools', 'host.json', 'package.json', 'tsconfig.json', 'azure.yaml', '.funcignore'];
let root: string;

interface Service {
  readonly project: string;
  readonly dist: string;
  readonly hooks: {
    readonly prepackage: { readonly posix: { readonly run: string }; readonly windows: { readonly run: string } };
  };
}

/** The steps are the same whatever is built, and seven builds of the product take long: package.test.ts builds that one. */
const LITTLE = "import { VERSION } from '../src/base/version.ts';\nprocess.stdout.write(VERSION);\n";

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'azd-'));
  for (const name of SOURCES) await cp(name, path.join(root, name), { recursive: true });
  await mkdir(path.join(root, 'functions'));
  await writeFile(path.join(root, 'functions/index.ts'), LITTLE);
});
afterEach(() => rm(root, { recursive: true, force: true }));

/**
 * What `azd package` does for a function service in TypeScript: restore, the service's hook, in some ways of calling it
 * the npm script `build` where there is one, then the folder `dist` as it lies there. Answers the deployed files.
 */
async function azdPackage(way: 'hook' | 'hook and build'): Promise<Map<string, string>> {
  const { services } = parse(await readFile(path.join(root, 'azure.yaml'), 'utf8')) as {
    services: { functions: Service };
  };
  const { project, dist, hooks } = services.functions;
  const cwd = path.join(root, project);
  await symlink(path.resolve('node_modules'), path.join(root, 'node_modules')).catch(() => {});
  await run('sh', ['-c', hooks.prepackage.posix.run], { cwd });
  if (way === 'hook and build') await run('npm', ['run', 'build', '--if-present'], { cwd });
  const files = await readdir(path.join(cwd, dist), { recursive: true, withFileTypes: true });
  expect(files.length, `package source '${dist}' is empty`).toBeGreaterThan(0);
  const names = files.filter(file => file.isFile()).map(file => path.join(file.parentPath, file.name));
  return new Map(
    await Promise.all(
      names.map(async name => [path.relative(path.join(cwd, dist), name), await readFile(name, 'utf8')] as const),
    ),
  );
}

const codeOf = (files: Map<string, string>) =>
  [...files]
    .filter(([name]) => name.endsWith('.js'))
    .map(([, text]) => text)
    .join('\n');

async function mark(word: string): Promise<void> {
  const text = await readFile(MARK, 'utf8');
  await writeFile(path.join(root, MARK), `${text}\nglobalThis.process.emitWarning('${word}');\n`);
}

test('a fresh clone, changed sources and a roll back: azd gets the code that is there', async () => {
  const fresh = await azdPackage('hook');
  expect([...fresh.keys()]).toEqual(
    expect.arrayContaining(['host.json', 'package.json', 'functions/index.js', '.funcignore']),
  );
  await mark('the-new-code');
  expect(codeOf(await azdPackage('hook and build'))).toContain('the-new-code');
  await cp(MARK, path.join(root, MARK));
  expect(codeOf(await azdPackage('hook'))).toBe(codeOf(fresh));
});

test('the build alone makes the package too, and one that fails leaves no older one behind', async () => {
  await mkdir(path.join(root, 'dist/package'), { recursive: true });
  await writeFile(path.join(root, 'dist/package/old.js'), 'old');
  await writeFile(path.join(root, 'dist/referral-alerts.zip'), 'old');
  await symlink(path.resolve('node_modules'), path.join(root, 'node_modules'));
  await writeFile(path.join(root, 'functions/index.ts'), 'import "./nothing.ts";');
  await expect(azdPackage('hook and build')).rejects.toThrow(/nothing\.ts/);
  expect(await readdir(path.join(root, 'dist'))).toEqual([]);

  await writeFile(path.join(root, 'functions/index.ts'), LITTLE);
  await run('npm', ['run', 'build'], { cwd: root });
  expect(await readdir(path.join(root, 'dist/package'))).toContain('host.json');
  expect(await readdir(path.join(root, 'dist/package'))).not.toContain('old.js');
});

test('on Windows the hook runs the same', async () => {
  const { services } = parse(await readFile('azure.yaml', 'utf8')) as { services: { functions: Service } };
  expect(services.functions.hooks.prepackage.windows.run).toBe(services.functions.hooks.prepackage.posix.run);
});
