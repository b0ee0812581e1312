// Makes docs/pictures from the real page.
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { findChromium, launchChromium, visit } from './console/browser.ts';
import { createConsole } from './console/console.ts';
import { createSandbox } from './sandbox.ts';

const folder = fileURLToPath(new URL('../../docs/pictures', import.meta.url));

async function take(page: Page, name: string): Promise<void> {
  // How long a poll took, and what a press did a moment ago, differ from run to run.
  await page.evaluate("document.querySelectorAll('#poll-lines .quiet').forEach(node => node.remove())");
  await page.evaluate('document.fonts.ready');
  await page.screenshot({ path: path.join(folder, `${name}.png`), animations: 'disabled' });
  process.stdout.write(`docs/pictures/${name}.png\n`);
}

const STILL = { reducedMotion: 'reduce' } as const;

async function takeAll(browser: Browser, url: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    const suffix = colorScheme === 'dark' ? '-dark' : '';
    const { page } = await visit(browser, url, { ...STILL, colorScheme });
    await take(page, `overview${suffix}`);
    await page.context().close();
    const { page: narrow } = await visit(browser, url, {
      ...STILL,
      colorScheme,
      viewport: { width: 390, height: 844 },
    });
    await take(narrow, `overview-narrow${suffix}`);
    await narrow.context().close();
  }
}

const chromium = findChromium();
if (!chromium) {
  process.stderr.write('Pictures need Chromium; set CHROMIUM to its path.\n');
  process.exit(1);
}
await mkdir(folder, { recursive: true });
const sandbox = await createSandbox({ still: Date.parse('2026-11-03T09:00:00Z') });
const page = await createConsole({ sandbox, port: 0 });
const browser = await launchChromium(chromium);
try {
  const { driver } = await sandbox.startApp({ consoleUrl: page.url });
  await driver.poll();
  await takeAll(browser, page.url);
} finally {
  await browser.close();
  await page.close();
  await sandbox.close();
}
process.exit();
