import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type StartProcess, spawnStart } from '../start-process.ts';
import { findChromium, launchChromium, visit } from './browser.ts';

const chromium = findChromium();

describe.runIf(chromium)('the console page with the bot in the sales channel', () => {
  let sandbox: StartProcess;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    sandbox = spawnStart(['--port', '0', '--bot']);
    browser = await launchChromium(chromium as string);
    page = (await visit(browser, await sandbox.url())).page;
  });

  afterAll(async () => {
    await browser?.close();
    await sandbox?.stop();
  });

  const card = () =>
    page.getByRole('group', { name: 'Sales' }).getByRole('article').filter({ hasText: 'Wide World Importers' });

  it('edits the posted card for everybody when somebody claims the referral', async () => {
    await card().getByRole('button', { name: 'Claim' }).click();
    await card()
      .getByText(/^Claimed by /)
      .waitFor();
    await card().getByRole('button', { name: 'Release' }).waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  it('shows details to the one who asks, and goes back from them', async () => {
    await card().getByRole('button', { name: 'Details' }).click();
    const details = page.getByRole('dialog');
    await details.getByText('Contacts').waitFor();
    expect(await card().getByText('Contacts').count()).toBe(0);
    await details.getByRole('button', { name: 'Back' }).click();
    await details.waitFor({ state: 'hidden' });
  });
});
