import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type StartProcess, spawnStart } from '../start-process.ts';
import { findChromium, launchChromium, type Visit, visit } from './browser.ts';

const chromium = findChromium();

describe.runIf(chromium)('the console page with the bot in the sales channel', () => {
  let sandbox: StartProcess;
  let browser: Browser;
  let visited: Visit;

  beforeAll(async () => {
    sandbox = spawnStart(['--port', '0', '--bot']);
    browser = await launchChromium(chromium as string);
    visited = await visit(browser, await sandbox.url());
  });

  afterAll(async () => {
    await browser?.close();
    await sandbox?.stop();
  });

  const details = () => visited.page.getByRole('dialog');
  const card = () =>
    visited.page
      .getByRole('region', { name: 'Teams' })
      .getByRole('group', { name: 'Sales' })
      .getByRole('article', { name: /Wide World Importers/ });

  it('edits the posted card for everybody when somebody claims the referral', async () => {
    await card().getByRole('button', { name: 'Claim' }).click();
    await card().getByText('Claimed by Adele Vance').waitFor();
    await card().getByRole('button', { name: 'Release' }).waitFor();
    expect(await card().getByRole('button', { name: 'Release' }).count()).toBe(1);
    expect(await details().count()).toBe(0);
  });

  it('shows details to the one who asks, and goes back from them', async () => {
    await card().getByRole('button', { name: 'Details' }).click();
    await details().getByText('Contacts').waitFor();
    expect(await card().getByText('Contacts').count()).toBe(0);
    await details().getByRole('button', { name: 'Back' }).click();
    await details().waitFor({ state: 'hidden' });
  });

  it('had no error in the console and asked nothing outside this machine', () => {
    expect(visited.troubles).toEqual([]);
  });
});
