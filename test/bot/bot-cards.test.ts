import { describe, expect, it } from 'vitest';
import { greeting } from '../../src/bot/commands.ts';
import { en } from '../../src/messages/words/en.ts';
import { faultsOf } from '../messages/card-lint.ts';
import { findChromium, launchChromium } from '../sandbox/console/browser.ts';
import { axeOn } from '../support/accessibility.ts';
import { cardPage } from '../support/card-page.ts';
import { textOf } from '../support/read-card.ts';
import { BOT_CARDS, REMARKS } from './bot-cards.ts';

describe.each(Object.entries({ ...BOT_CARDS, remark: REMARKS.alone.card }))('the %s card', (_, card) => {
  it('parses without a warning and keeps to what Teams takes', () => {
    expect(faultsOf(card)).toEqual([]);
  });
});

it('says its state in words', () => {
  const words = Object.fromEntries(Object.entries(BOT_CARDS).map(([name, card]) => [name, textOf(card)]));
  expect(words.new).toContain('New lead');
  expect(words.reminder).toContain('Reminder');
  expect(words.warning).toContain('Warning');
  expect(words.critical).toContain('Critical');
  expect(words.claimed).toContain('Claimed by Adele Vance');
  expect(words.snoozed).toContain('Snoozed until');
  expect(words.answered).toContain('answered by Adele Vance');
  expect(words.expired).toContain('expired');
  expect(words['list-empty']).toContain('Nothing waits');
});

it('keeps hostile names from becoming mentions, links or bold text', () => {
  expect(JSON.stringify(BOT_CARDS.hostile)).not.toMatch(/<at>|\]\(https?:/);
  expect(textOf(BOT_CARDS.hostile)).not.toContain('**');
});

it('calls people by name in a way that Teams takes', () => {
  for (const { card } of [REMARKS.calling, REMARKS.alone]) {
    const { body, msteams } = card as {
      body: { text: string }[];
      msteams: { entities: { text: string; mentioned: object }[] };
    };
    expect(msteams.entities.map(({ mentioned }) => mentioned)).toEqual([
      { id: '11111111-aaaa-4aaa-8aaa-000000000001', name: 'Adele' },
      { id: 'megan@contoso.example', name: 'megan' },
    ]);
    for (const { text } of msteams.entities) expect(body[0]?.text).toContain(text);
  }
  expect(JSON.stringify(REMARKS.plain)).not.toContain('<at>');
});

it('greets without a word of any referral', () => {
  expect(JSON.stringify(greeting(en))).toContain('use this channel');
});

const chromium = findChromium();

it.runIf(chromium)('can be read in light and dark', async () => {
  const browser = await launchChromium(chromium as string);
  const page = await browser.newPage({ viewport: { width: 480, height: 800 } });
  page.setDefaultTimeout(200_000);
  for (const dark of [false, true]) {
    const cards = Object.values(BOT_CARDS);
    await page.setContent(await cardPage(cards, dark));
    expect(await page.locator('.ac-adaptiveCard').count()).toBeGreaterThanOrEqual(cards.length);
    const violations = await axeOn(page, ['color-contrast', 'button-name', 'link-name']);
    expect(violations.map(({ id, nodes }) => [id, nodes.map(node => node.html)])).toEqual([]);
  }
  await browser.close();
});
