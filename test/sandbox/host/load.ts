import { readFile } from 'node:fs/promises';
import { registerHooks } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { constants, Script } from 'node:vm';
import { installCore, type Registration, registerInto } from './core.ts';

interface HostJson {
  readonly extensions?: { readonly http?: { readonly routePrefix?: string } };
}

/** Node's own import, also where a test runner has put its own in the place of `import()`. */
const importNatively: (address: string) => Promise<unknown> = process.env.VITEST
  ? new Script('address => import(address)', {
      importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    }).runInThisContext()
  : address => import(address);

let copies = 0;
let loading: Promise<unknown> = Promise.resolve();

/**
 * Loads the app's `main` once more: every call gets a fresh copy of the app's own modules.
 * Rejects when host.json or `main` is missing, or when nothing was registered.
 */
export async function loadApp(appFolder: string, registration: Registration): Promise<{ routePrefix: string }> {
  const host = JSON.parse(await readFile(path.join(appFolder, 'host.json'), 'utf8')) as HostJson;
  const manifest = JSON.parse(await readFile(path.join(appFolder, 'package.json'), 'utf8')) as { main?: string };
  if (!manifest.main) throw new Error(`package.json in ${appFolder} names no "main".`);
  const address = pathToFileURL(path.resolve(appFolder, manifest.main));
  // One at a time: what is registered while an app loads belongs to that app.
  const mine = loading.then(() => load(address, registration));
  loading = mine.catch(() => {});
  await mine;
  if (registration.functions.size === 0) throw new Error(`${manifest.main} registered no function.`);
  return { routePrefix: host.extensions?.http?.routePrefix ?? 'api' };
}

async function load(address: URL, registration: Registration): Promise<void> {
  installCore();
  keepCopiesApart();
  registerInto(registration);
  copies += 1;
  address.searchParams.set('copy', String(copies));
  await importNatively(address.href);
  for (const hook of registration.hooks.get('appStart') ?? []) {
    await hook({ hookData: {}, appHookData: {}, functionAppDirectory: path.dirname(address.pathname) });
  }
}

let apart = false;

/** Hands the copy's number on to the chunks that the entry imports, so that no state is shared between copies. */
function keepCopiesApart(): void {
  if (apart) return;
  apart = true;
  registerHooks({
    resolve(specifier, context, next) {
      const resolved = next(specifier, context);
      const copy = context.parentURL && /[?&]copy=(\d+)/.exec(context.parentURL)?.[1];
      if (!copy || !/^\.{1,2}\//.test(specifier) || !resolved.url.startsWith('file:')) return resolved;
      return { ...resolved, url: `${resolved.url}?copy=${copy}` };
    },
  });
}
