import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { LANGUAGES, type Language } from '../src/model/language.ts';
import { botCardsFor } from '../test/bot/bot-cards.ts';
import { cardsFor, mailsFor } from '../test/messages/every-message.ts';
import { CATALOGUES } from '../test/messages/languages.ts';
import { view } from '../test/messages/samples.ts';
import { findChromium, launchChromium } from '../test/sandbox/console/browser.ts';
import { cardPage } from '../test/support/card-page.ts';
import { japaneseFont } from '../test/support/japanese-font.ts';

// node tools/draw-languages.ts                  a sheet of cards for each language but English, into docs/pictures
// node tools/draw-languages.ts FOLDER [WIDTH]   sheets of cards and of mails, each card and mail so many pixels wide

const [folder, given] = process.argv.slice(2);
const place = folder ?? 'docs/pictures';
const width = Number(given ?? 320);
const COLUMNS = 4;
const SHEET = COLUMNS * (width + 24) + 24;
const BOT = ['claimed', 'snoozed', 'answered', 'release?', 'list'];

/** Columns that the browser fills from top to bottom; nothing is broken over two of them. */
const css = `body{width:${SHEET - 24}px!important} main{columns:${COLUMNS};column-gap:24px}
  figure{break-inside:avoid;width:${width}px!important;padding-bottom:12px!important}
  figcaption{font:12px monospace;opacity:.6;padding:4px 0}`;

async function draw(browser: Browser, html: string, name: string): Promise<void> {
  const page = await browser.newPage({ viewport: { width: SHEET, height: 100 }, colorScheme: 'light' });
  // Eight pages with all their frames take their time on a busy machine.
  await page.setContent(html, { timeout: 180_000 });
  await page.evaluate('document.fonts.ready');
  const picture = await page.screenshot({ fullPage: true });
  const file = join(place, folder === undefined ? `${name}.webp` : `${name}.png`);
  await writeFile(file, folder === undefined ? await smaller(page, picture) : picture);
  await page.close();
  process.stdout.write(`${file}\n`);
}

/** The same picture without loss in a third of the bytes: it goes into the repository. */
async function smaller(page: Page, png: Buffer): Promise<Buffer> {
  const address = await page.evaluate(`(async () => {
    const image = Object.assign(new Image(), { src: 'data:image/png;base64,${png.toString('base64')}' });
    await image.decode();
    const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height });
    canvas.getContext('2d').drawImage(image, 0, 0);
    return canvas.toDataURL('image/webp', 1);
  })()`);
  return Buffer.from((address as string).split(',')[1] ?? '', 'base64');
}

/** Every kind of message, then what the bot makes of them. The text of customers and operators is the same in each. */
function cardSheet(language: Language): Promise<string> {
  const readers = { ...view, words: CATALOGUES[language], workingDaysLeft: () => 5 };
  const { hostile: _hostile, ...cards } = cardsFor({ ...view, words: CATALOGUES[language] });
  const bot = Object.entries(botCardsFor(readers)).filter(([name]) => BOT.includes(name));
  const all = [...Object.entries(cards), ...bot.map(([name, card]) => [`bot: ${name}`, card] as const)];
  const captions = all.map(([name]) => name);
  return cardPage(
    all.map(([, card]) => card),
    false,
    width,
    { language, captions, css },
  );
}

async function mailSheet(language: Language): Promise<string> {
  const font = language === 'ja' ? await japaneseFont() : '';
  const { hostile: _hostile, ...mails } = mailsFor({ ...view, words: CATALOGUES[language] });
  const figures = Object.entries(mails).map(([name, { subject, html }]) => {
    const inside = html.replace('</head>', `<style>${font}</style></head>`).replaceAll('&', '&amp;');
    return `<figure><figcaption>${name}<br>${subject}</figcaption><iframe width="${width}" srcdoc="${inside.replaceAll('"', '&quot;')}"></iframe></figure>`;
  });
  // Each mail is as tall as what stands in it.
  const fit =
    "for (const frame of document.querySelectorAll('iframe')) { frame.onload = () => { frame.height = frame.contentDocument.documentElement.scrollHeight; }; }";
  return `<!doctype html><html lang="${language}"><meta charset="utf-8"><style>body{margin:12px}figure{margin:0}iframe{border:1px solid #ccc}${font}${css}
    figcaption{font-family:'Yu Gothic UI',sans-serif}</style><main>${figures.join('')}</main><script>${fit}</script></html>`;
}

const chromium = findChromium();
if (!chromium) throw new Error('Chromium is needed: set CHROMIUM to its path.');
await mkdir(place, { recursive: true });
const browser = await launchChromium(chromium);
for (const language of LANGUAGES) {
  if (folder === undefined && language === 'en') continue;
  await draw(browser, await cardSheet(language), `language-${language}`);
  if (folder !== undefined) await draw(browser, await mailSheet(language), `language-${language}-mails`);
}
await browser.close();
