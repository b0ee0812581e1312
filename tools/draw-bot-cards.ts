import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { BOT_CARDS } from '../test/bot/bot-cards.ts';
import { findChromium, launchChromium } from '../test/sandbox/console/browser.ts';
import { cardPage } from '../test/support/card-page.ts';

// Draws every state of the bot's cards, light and dark: node tools/draw-bot-cards.ts FOLDER [STATE…]

const [folder = 'cards', ...wanted] = process.argv.slice(2);
const chromium = findChromium();
if (!chromium) throw new Error('Chromium is needed: set CHROMIUM to its path.');
await mkdir(folder, { recursive: true });
const browser = await launchChromium(chromium);
for (const look of ['light', 'dark']) {
  for (const [state, card] of Object.entries(BOT_CARDS)) {
    if (wanted.length > 0 && !wanted.includes(state)) continue;
    const page = await browser.newPage({ viewport: { width: 464, height: 100 } });
    await page.setContent(await cardPage([card], look === 'dark'));
    await page.screenshot({ path: path.join(folder, `bot-${state}-${look}.png`), fullPage: true });
    await page.close();
  }
}
await browser.close();
