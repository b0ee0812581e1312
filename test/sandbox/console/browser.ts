import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Where Chromium is on this machine, `CHROMIUM` before all; null when there is none. */
export function findChromium(): string | null {
  const places = [process.env.CHROMIUM ?? '', ...PLACES];
  return places.find(place => place !== '' && existsSync(place)) ?? null;
}

/** Takes the place of Playwright's list, of which it keeps what plain HTTP, quick pictures and silence need. */
const NOT_WANTED = [
  // The pop-up of an address bar that nobody sees: each window would load it.
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'AimEnabled',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
];

/** Starts a headless Chromium that stays off the network by itself. */
export async function launchChromium(executablePath: string): Promise<Browser> {
  return await chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      `--disable-features=${NOT_WANTED.join()}`,
      // All pages here are of this machine: no process each for a page and its frames.
      '--disable-site-isolation-trials',
      // Pages that live for seconds: threads that compile and clean up beside them cost more than they save.
      '--js-flags=--single-threaded',
    ],
  });
}

export interface Visit {
  readonly page: Page;
  /** Console errors, page errors, and requests that wanted to leave loopback (and were stopped). */
  readonly troubles: string[];
}

/** Opens an address in a fresh context and waits until the clock of the page is at rest. */
export async function visit(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  // Shared machines stall, for a minute at times.
  context.setDefaultTimeout(200_000);
  const troubles: string[] = [];
  await context.route(
    address => !['127.0.0.1', 'localhost'].includes(address.hostname),
    async route => {
      troubles.push(`request to ${route.request().url()}`);
      await route.abort();
    },
  );
  const page = await context.newPage();
  page.on('console', message => {
    if (message.type() === 'error' || message.type() === 'warning') troubles.push(`console: ${message.text()}`);
  });
  page.on('pageerror', error => troubles.push(`error: ${error.message}`));
  await page.goto(url);
  await page.locator('#clock[aria-busy="false"]').waitFor();
  return { page, troubles };
}
