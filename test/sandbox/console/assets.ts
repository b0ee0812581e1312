import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { keptBundle } from '../kept-bundle.ts';

export interface Asset {
  readonly type: string;
  readonly body: string;
}

const at = (name: string) => fileURLToPath(new URL(`page/${name}`, import.meta.url));

/** The page's files by path; its TypeScript is bundled with the card renderer, so that nothing comes from outside. */
export async function loadAssets(): Promise<Readonly<Record<string, Asset>>> {
  const [html, css, icon, script] = await Promise.all([
    readFile(at('index.html'), 'utf8'),
    readFile(at('console.css'), 'utf8'),
    readFile(at('icon.svg'), 'utf8'),
    bundle(),
  ]);
  return {
    '/': { type: 'text/html; charset=utf-8', body: html },
    '/console.css': { type: 'text/css; charset=utf-8', body: css },
    '/icon.svg': { type: 'image/svg+xml', body: icon },
    '/console.js': { type: 'text/javascript; charset=utf-8', body: script },
  };
}

async function bundle(): Promise<string> {
  const kept = await keptBundle(['test/sandbox/console/page'], async folder => {
    const { build } = await import('esbuild');
    await build({
      entryPoints: [at('main.ts')],
      outfile: path.join(folder, 'console.js'),
      bundle: true,
      format: 'esm',
      target: 'es2022',
      legalComments: 'none',
      logLevel: 'silent',
    });
  });
  return await readFile(path.join(kept, 'console.js'), 'utf8');
}
