import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { plainCard } from '../../src/messages/plain.ts';
import type { CardView } from '../../src/messages/view.ts';
import { LANGUAGES } from '../../src/model/language.ts';
import { BOT_CARDS, botCardsFor } from '../bot/bot-cards.ts';
import { findChromium, launchChromium } from '../sandbox/console/browser.ts';
import { axeOn } from '../support/accessibility.ts';
import { cardPage } from '../support/card-page.ts';
import { CARDS, cardsFor } from './every-message.ts';
import { CATALOGUES } from './languages.ts';
import { anAlert, view } from './samples.ts';

const chromium = findChromium();
const NARROW = 320;

/** What does not fit, in words; asked in the page. */
const MISFITS = `[...document.querySelectorAll('figure')].flatMap((figure, n) => {
  const card = figure.querySelector('div').getBoundingClientRect();
  const buttons = [...figure.querySelectorAll('.ac-pushButton')].filter(button => {
    const { left, right } = button.getBoundingClientRect();
    return button.scrollWidth > button.clientWidth || left < card.left || right > card.right;
  });
  const headings = [...figure.querySelectorAll('[role=heading]')].filter(heading => {
    const { lineHeight, fontSize } = getComputedStyle(heading);
    return heading.getBoundingClientRect().height > 3.5 * (parseFloat(lineHeight) || 1.4 * parseFloat(fontSize));
  });
  const wide = [...figure.querySelectorAll('*')].filter(node => node.getBoundingClientRect().right > card.right + 1);
  return [
    ...buttons.map(node => n + ': a button is cut off: ' + node.textContent),
    ...headings.map(node => n + ': a heading of more than three lines: ' + node.textContent),
    ...wide.map(node => n + ': sticks out: ' + node.textContent),
  ];
})`;

describe.runIf(chromium)('drawn cards', () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await launchChromium(chromium as string);
    page = await browser.newPage();
    page.setDefaultTimeout(200_000);
  });
  afterAll(() => browser?.close());

  test.each(['light', 'dark'])('the bot’s and the webhook’s can be read in %s', async look => {
    const cards = [...Object.values(BOT_CARDS), ...Object.values(CARDS)];
    await page.setViewportSize({ width: 480, height: 800 });
    await page.setContent(await cardPage(cards, look === 'dark'));
    expect(await page.locator('figure > div > .ac-adaptiveCard').count()).toBe(cards.length);
    const violations = await axeOn(page, ['color-contrast', 'button-name', 'link-name']);
    expect(violations.map(({ id, nodes }) => [id, nodes.map(node => node.html)])).toEqual([]);
  });

  test.each(LANGUAGES)(
    '%s, at 320 pixels: no button is cut off and no heading takes more than three lines',
    async language => {
      const readers = { ...view, words: CATALOGUES[language], workingDaysLeft: () => 5 };
      const toList: CardView = { ...readers, linkFor: () => ({ url: 'https://partner.example', opensList: true }) };
      const { new: listed } = cardsFor(toList);
      const cards = [cardsFor(readers), botCardsFor(readers)].flatMap(({ hostile: _hostile, ...each }) =>
        Object.values(each),
      );
      expect(await misfits([...cards, listed as object], language)).toEqual([]);
    },
  );

  test('what does not fit is found', async () => {
    const card = plainCard(
      { title: 'Unanswered '.repeat(12), notes: [], rows: [anAlert()], total: 1, why: 'W'.repeat(90) },
      {
        ...view,
        words: { ...CATALOGUES.en, link: { ...CATALOGUES.en.link, openReferral: () => 'Open it '.repeat(9) } },
      },
    );
    const found = (await misfits([card], 'en')).join('\n');
    for (const what of ['cut off', 'more than three lines', 'sticks out']) expect(found).toContain(what);
  });

  async function misfits(cards: readonly object[], language: string): Promise<string[]> {
    await page.setViewportSize({ width: NARROW + 24, height: 600 });
    await page.setContent(await cardPage(cards, false, NARROW, { language }));
    await page.evaluate('document.fonts.ready');
    expect(await page.evaluate("document.querySelectorAll('[role=heading]').length")).toBeGreaterThanOrEqual(
      cards.length,
    );
    return await page.evaluate<string[]>(MISFITS);
  }
});
