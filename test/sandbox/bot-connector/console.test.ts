import { expect, it } from 'vitest';
import { findChromium, launchChromium, visit } from '../console/browser.ts';
import { createConsole } from '../console/console.ts';
import { createSandbox } from '../sandbox.ts';

const chromium = findChromium();

it.runIf(chromium)('the page shows the bot’s cards, and their buttons work', async () => {
  const sandbox = await createSandbox({ bot: true });
  const page = await createConsole({ sandbox, port: 0, ...(sandbox.bot && { onCardAction: sandbox.bot.press }) });
  const browser = await launchChromium(chromium as string);
  try {
    const { driver } = await sandbox.startApp({ consoleUrl: page.url });
    await driver.poll();
    const { page: tab, troubles } = await visit(browser, page.url);
    const sales = tab.getByRole('region', { name: 'Teams' }).getByRole('group', { name: 'Sales' });
    const lead = sales.getByRole('article', { name: /Fabrikam/ });
    await lead.getByRole('button', { name: 'Claim' }).click();
    await lead.getByText('Claimed by Adele Vance').waitFor({ timeout: 10_000 });
    expect(await lead.getByRole('button', { name: 'Release' }).count()).toBe(1);
    await tab.keyboard.press('Escape');
    await lead.getByRole('button', { name: 'Details' }).click();
    await tab.getByRole('dialog').getByText('Contacts').waitFor({ timeout: 10_000 });
    expect(await lead.getByText('Contacts').count()).toBe(0);
    expect(troubles).toEqual([]);
  } finally {
    await browser.close();
    await page.close();
    await sandbox.close();
  }
});
