import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { BOT_CARDS } from '../test/bot/bot-cards.ts';
import { CARDS, MAILS } from '../test/messages/every-message.ts';
import { findChromium, launchChromium } from '../test/sandbox/console/browser.ts';
import { cardPage } from '../test/support/card-page.ts';

// node tools/draw-messages.ts          what docs/messages.md and docs/teams.md show, into docs/pictures
// node tools/draw-messages.ts FOLDER   every card and mail, light and dark, 440 and 320 pixels wide, to be looked at

const [folder] = process.argv.slice(2);
const everything = folder !== undefined;
const BOT_IN_DOCS = ['new', 'claimed', 'critical', 'answered', 'list'];

interface Look {
  readonly dark: boolean;
  readonly width: number;
}

const LOOKS: readonly Look[] = everything
  ? [false, true].flatMap(dark => [440, 320].map(width => ({ dark, width })))
  : [{ dark: false, width: 440 }];

async function draw(browser: Browser, html: string, { dark, width }: Look, name: string): Promise<void> {
  const page = await browser.newPage({
    viewport: { width: width + 24, height: 100 },
    colorScheme: dark ? 'dark' : 'light',
  });
  await page.setContent(html);
  const look = everything ? `-${dark ? 'dark' : 'light'}-${width}` : '';
  const file = join(folder ?? 'docs/pictures', `${name}${look}.png`);
  await page.screenshot({ path: file, fullPage: true });
  await page.close();
  process.stdout.write(`${file}\n`);
}

const chromium = findChromium();
if (!chromium) throw new Error('Chromium is needed: set CHROMIUM to its path.');
await mkdir(folder ?? 'docs/pictures', { recursive: true });
const browser = await launchChromium(chromium);
for (const look of LOOKS) {
  for (const [name, card] of Object.entries(CARDS)) {
    await draw(browser, await cardPage([card], look.dark, look.width), look, `message-${name}`);
  }
  for (const [name, card] of Object.entries(BOT_CARDS)) {
    if (!everything && !BOT_IN_DOCS.includes(name)) continue;
    await draw(browser, await cardPage([card], look.dark, look.width), look, `bot-${name}`);
  }
  for (const [name, mail] of Object.entries(MAILS)) {
    await draw(browser, mail.html, look, `mail-${name}`);
    if (everything) await writeFile(join(folder, `mail-${name}.txt`), `${mail.subject}\n\n${mail.text}`);
  }
}
await browser.close();
