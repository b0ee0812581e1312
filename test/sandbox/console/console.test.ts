import { readFile } from 'node:fs/promises';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { COLOUR_RULES, type Rules, seriousTroubles } from '../../support/accessibility.ts';
import { type StartProcess, spawnStart } from '../start-process.ts';
import { findChromium, launchChromium, type Visit, visit } from './browser.ts';
import { darkConfig, lightConfig } from './page/host-config.ts';

const chromium = findChromium();
if (!chromium)
  process.stderr.write('\nNO CHROMIUM FOUND: the console page is NOT tested. Set CHROMIUM to its path.\n\n');

const HOSTILE = 'Proseware <b>& Sons</b> *Ltd*';

let sandbox: StartProcess;
let browser: Browser;
let url: string;
let visited: Visit;
let page: Page;

const region = (name: string) => page.getByRole('region', { name, exact: true });
const channel = (name: string) => region('Teams').getByRole('group', { name, exact: true });
const partnerCenter = () => region('Partner Center');
const referral = (customer: string) => partnerCenter().getByRole('article', { name: customer, exact: true });
const naming = (place: Locator, customer: string) => place.getByRole('article').filter({ hasText: customer });
const nowOnPage = async () =>
  Date.parse((await region('Clock').locator('time').first().getAttribute('datetime')) ?? '');

async function turn(button: string): Promise<void> {
  await region('Clock').getByRole('button', { name: button, exact: true }).click();
  await page.locator('#clock[aria-busy="false"]').waitFor();
}

async function flip(place: string, name: string): Promise<void> {
  await region(place).getByRole('switch', { name, exact: true }).click();
}

async function customers(): Promise<string[]> {
  return await partnerCenter()
    .getByRole('article')
    .evaluateAll(all => all.map(one => one.ariaLabel ?? ''));
}

/** Adds a lead and answers its customer. */
async function addLead(button = 'Add lead'): Promise<string> {
  const before = new Set(await customers());
  await partnerCenter().getByRole('button', { name: button, exact: true }).click();
  let added: string | undefined;
  await expect.poll(async () => (added = (await customers()).find(one => !before.has(one)))).toBeTruthy();
  return added as string;
}

/** The looks, and what of axe can find in the second what it did not find in the first: they differ by their colours alone. */
const LOOKS: [look: 'light' | 'dark', rules?: Rules][] = [['light'], ['dark', COLOUR_RULES]];

/** Mails that differ in more than their words: what is between the words is all that a reader's colours depend on. */
async function mailsOfOneKindEach(): Promise<string[]> {
  const sent = await region('Mail').getByRole('article').count();
  const mails = new Map<string, string>();
  for (let index = 0; index < sent; index += 1) {
    const html = await (await fetch(`${url}/mail/${index}`)).text();
    mails.set(html.replace(/>[^<]+</g, '><').replace(/ href="[^"]*"/g, ''), html);
  }
  return [...mails.values()];
}

test('the looks differ by their colours alone', async () => {
  const uncoloured = (config: object) => JSON.stringify(config).replace(/#[\da-f]{3,8}\b/gi, '#');
  expect(uncoloured(darkConfig)).toBe(uncoloured(lightConfig));
  const css = await readFile(new URL('page/console.css', import.meta.url), 'utf8');
  expect(css).toContain('light-dark(');
  expect(css).not.toContain('prefers-color-scheme');
});

describe.runIf(chromium)('the console page', () => {
  beforeAll(async () => {
    sandbox = spawnStart(['--port', '0'], { POLL_SCHEDULE: '0 0 */12 * * *' });
    browser = await launchChromium(chromium as string);
    url = await sandbox.url();
    visited = await visit(browser, url, { reducedMotion: 'reduce' });
    page = visited.page;
  });

  afterAll(async () => {
    await browser?.close();
    await sandbox?.stop();
  });

  it('has its parts by name, and at least five pending referrals at the start', async () => {
    for (const name of ['Partner Center', 'Teams', 'Mail', 'Checkpoints', 'Polls', 'Clock', 'Promise']) {
      await expect(region(name).count(), name).resolves.toBe(1);
    }
    for (const name of ['Throttled', 'Down', 'Slow', 'Broken page', 'Signed out']) {
      const state = await partnerCenter().getByRole('switch', { name, exact: true }).getAttribute('aria-checked');
      expect(state, name).toBe('false');
    }
    expect(
      await partnerCenter()
        .getByRole('button', { name: /^Accept/ })
        .count(),
    ).toBeGreaterThanOrEqual(5);
    const names = await customers();
    expect(new Set(names).size).toBe(names.length);
    expect(Number.isNaN(await nowOnPage())).toBe(false);
  });

  it.each([320, 390, 1280])('fits into %i pixels without scrolling sideways', async width => {
    await page.setViewportSize({ width, height: 800 });
    expect(await page.evaluate<number>('innerWidth')).toBe(width);
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
  });

  it('shows a new lead’s card in the sales channel and its mail after the next poll', async () => {
    const customer = await addLead();
    expect(await naming(channel('Sales'), customer).count()).toBe(0);
    await turn('Poll now');
    await expect.poll(() => naming(channel('Sales'), customer).count()).toBe(1);
    expect(await naming(region('Mail'), customer).count()).toBe(1);
    expect(await naming(channel('On-call'), customer).count()).toBe(0);
    expect(await region('Checkpoints').getByRole('row').filter({ hasText: customer }).count()).toBe(1);
    const mail = naming(region('Mail'), customer);
    await mail.getByText('Message', { exact: true }).click();
    await mail.frameLocator('iframe').getByText(customer).first().waitFor();
  });

  it('says what it is, keeps the score of the promise, and answers a press for eyes and ears', async () => {
    expect(await page.getByText('Press Add lead, then Poll now').count()).toBe(1);
    const score = async (name: string) => {
      const text = (await region('Promise').textContent()) ?? '';
      return Number(new RegExp(`(\\d+)\\s+${name}`).exec(text)?.[1]);
    };
    const before = await score('leads');
    const answered = await score('answered');
    expect(await score('expired untold')).toBe(0);
    const customer = await addLead();
    await expect.poll(() => page.getByRole('status').textContent()).toContain(`${customer} came in. Press Poll now`);
    await expect.poll(() => referral(customer).isVisible()).toBe(true);
    const box = await referral(customer).boundingBox();
    expect(box && box.y >= 0 && box.y < 900).toBe(true);
    await expect.poll(() => score('leads')).toBe(before + 1);
    expect(await score('told')).toBe(before);
    await turn('Poll now');
    await expect.poll(() => score('told')).toBe(before + 1);
    await expect.poll(() => referral(customer).textContent()).toContain('Told in: Mail (sales), Teams (sales)');
    await referral(customer)
      .getByRole('button', { name: /^Accept/ })
      .click();
    await expect.poll(() => page.getByRole('status').textContent()).toContain(`${customer} is accepted.`);
    await expect.poll(() => score('answered')).toBe(answered + 1);
  });

  it('tells what each switch does, and shows it in forced colours', async () => {
    const throttled = partnerCenter().getByRole('switch', { name: 'Throttled', exact: true });
    await expect.poll(() => throttled.getAttribute('aria-description')).toContain('429');
    await throttled.click();
    await expect.poll(() => page.getByRole('status').textContent()).toMatch(/^Partner Center throttled: on\. /);
    await page.emulateMedia({ forcedColors: 'active' });
    const look = (name: string) =>
      page.evaluate<string>(
        `getComputedStyle(document.querySelector('[data-switch="partner-center:${name}"]'), '::before').backgroundImage`,
      );
    const slow = await look('slow');
    await expect.poll(() => look('throttled')).not.toBe(slow);
    await page.emulateMedia({ forcedColors: null });
    await throttled.click();
    await expect.poll(() => throttled.getAttribute('aria-checked')).toBe('false');
  });

  it('shows what a stranger typed as text and nothing else, once somebody asks for it', async () => {
    expect(await referral(HOSTILE).count()).toBe(0);
    await partnerCenter().getByRole('button', { name: 'Add odd lead', exact: true }).click();
    await expect.poll(() => referral(HOSTILE).count()).toBe(1);
    await turn('Poll now');
    // Its marks are broken by what nobody sees.
    await expect.poll(() => naming(channel('Sales'), 'Proseware').count()).toBe(1);
    const card = naming(channel('Sales'), 'Proseware').first();
    expect(await card.locator('b, img, script', { hasText: 'Sons' }).count()).toBe(0);
    expect(await page.locator('img[src="x"]').count()).toBe(0);
    expect(await card.locator('a').count()).toBe(0);
  });

  it('lets no name turn the sentence round that it stands in', async () => {
    // The second of the odd ones: the first came in before.
    expect(await addLead('Add odd lead')).toContain('\u202e');
    await expect.poll(() => page.getByRole('status').textContent()).toContain('came in. Press Poll now');
    const places = await page.evaluate<number[]>(`['came', 'Press', 'Poll', 'sales'].map(word => {
      const line = document.getElementById('said').lastChild;
      const range = document.createRange();
      range.setStart(line, line.data.indexOf(word));
      range.setEnd(line, line.data.indexOf(word) + word.length);
      return range.getBoundingClientRect().left;
    })`);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  it('keeps the focus where it is while the page changes, and loses it to no answered referral', async () => {
    const add = partnerCenter().getByRole('button', { name: 'Add lead', exact: true });
    await add.focus();
    await page.keyboard.press('Enter');
    await page.evaluate(() =>
      fetch('/sandbox/clock/poll', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }),
    );
    await expect.poll(() => region('Clock').getAttribute('aria-busy')).toBe('false');
    expect(await add.and(page.locator(':focus')).count()).toBe(1);
    const [customer = ''] = await customers();
    await referral(customer)
      .getByRole('button', { name: /^Accept/ })
      .press('Enter');
    await expect.poll(() => referral(customer).textContent()).toContain('Accepted');
    expect(await referral(customer).and(page.locator(':focus')).count()).toBe(1);
  });

  it.each(LOOKS)('has no serious accessibility trouble when it opens in the %s look', async (colorScheme, rules) => {
    await page.emulateMedia({ colorScheme });
    await page.reload();
    await page.locator('#clock[aria-busy="false"]').waitFor();
    expect(await seriousTroubles(page, rules)).toEqual([]);
  });

  it('turns the clock by exactly what was asked for, with the polls on the way', async () => {
    const before = await nowOnPage();
    await turn('+1 hour');
    const moved = (await nowOnPage()) - before;
    expect(moved).toBeGreaterThanOrEqual(3_600_000);
    expect(moved).toBeLessThan(3_900_000);
  });

  it('still escalates while Partner Center is down, and says that nothing could be confirmed', async () => {
    await flip('Partner Center', 'Down');
    const runs = await region('Polls').getByRole('listitem').count();
    for (let day = 0; day < 3; day += 1) await turn('+1 day');
    await expect
      .poll(() =>
        region('Teams')
          .getByText(/could not be confirmed/i)
          .count(),
      )
      .toBeGreaterThan(0);
    expect(await region('Polls').getByRole('listitem').filter({ hasText: 'failed' }).count()).toBeGreaterThan(runs);
    await flip('Partner Center', 'Down');
    await turn('Poll now');
    await expect.poll(() => region('Polls').getByRole('listitem').first().textContent()).toContain('ok');
  });

  it('climbs 7d, 3d and 24h to expired for a lead that nobody answers, and is silent for one that is', async () => {
    const [open, taken] = [await addLead(), await addLead()];
    await turn('Poll now');
    for (let day = 0; day < 8; day += 1) await turn('+1 day');
    await expect.poll(() => naming(channel('Sales'), taken).count()).toBe(2);
    await referral(taken)
      .getByRole('button', { name: /^Accept/ })
      .click();
    await turn('Poll now');
    await expect.poll(() => naming(channel('Sales'), taken).count()).toBe(3);
    for (let day = 0; day < 5; day += 1) await turn('+1 day');
    expect(await referral(open).textContent()).not.toContain('Expired');
    await region('Clock').getByRole('button', { name: 'Play' }).click();
    await referral(open).getByText('Expired').waitFor();
    await turn('Pause');
    await turn('Poll now');
    await expect.poll(() => naming(channel('Sales'), open).count()).toBe(5);
    expect(await naming(channel('On-call'), open).count()).toBeGreaterThan(0);
    expect(await naming(channel('Sales'), taken).count()).toBe(3);
    expect(await naming(channel('On-call'), taken).count()).toBe(0);
    const told = await region('Checkpoints').getByRole('row').filter({ hasText: open }).textContent();
    for (const alert of ['new', '7 days before expiry', '3 days before expiry', '24 hours before expiry', 'expired']) {
      expect(told).toContain(`${alert} · Teams (sales) · delivered`);
    }
  });

  it.each(LOOKS)(
    'has no serious accessibility trouble in all that came since, in the %s look',
    async (colorScheme, rules) => {
      await page.emulateMedia({ colorScheme });
      expect(await seriousTroubles(page, rules)).toEqual([]);
    },
  );

  it('sent no mail with serious accessibility trouble', async () => {
    const mails = await mailsOfOneKindEach();
    expect(mails.length).toBeGreaterThan(5);
    for (const html of mails) expect(html).toMatch(/^<!doctype html><html lang="en">.*<title>[^<]+<\/title>/s);
    const reader = await page.context().newPage();
    // All in one: a document that begins within another adds its body to that one's.
    await reader.setContent(mails.join(''));
    expect(await reader.locator('h1').count()).toBe(mails.length);
    for (const [colorScheme, rules] of LOOKS) {
      await reader.emulateMedia({ colorScheme });
      expect(await seriousTroubles(reader, rules), colorScheme).toEqual([]);
    }
    await reader.close();
  });

  it('shows the detail card that the product’s own endpoint answers', async () => {
    const [customer = ''] = await customers();
    await referral(customer)
      .getByRole('button', { name: /^Details/ })
      .click();
    await page.getByRole('dialog').getByText(customer).first().waitFor();
    await page.keyboard.press('Escape');
  });

  it.each([
    [503, 'The app is still starting. Press again in a moment.'],
    [404, 'That is not possible any more.'],
  ])('says what a press met that was answered %i', async (status, words) => {
    const troubles = visited.troubles.length;
    await page.route('**/sandbox/clock/advance', route => route.fulfill({ status }));
    await region('Clock').getByRole('button', { name: '+1 hour', exact: true }).click();
    await expect.poll(() => page.getByRole('status').textContent()).toBe(words);
    expect(await region('Clock').getAttribute('aria-busy')).toBe('false');
    await page.unroute('**/sandbox/clock/advance');
    // The browser notes the answer; that is no error of the page.
    expect(visited.troubles.splice(troubles)).toEqual([expect.stringContaining(String(status))]);
  });

  it('had no error in the console and asked nothing outside this machine', () => {
    expect(visited.troubles).toEqual([]);
  });

  describe('when the sandbox has stopped', () => {
    const said = () => page.getByRole('status').textContent();
    const press = (name: RegExp | string) => page.getByRole('button', { name, exact: true }).first().click();
    beforeAll(async () => {
      await sandbox.stop();
      await page.locator('#connection', { hasText: 'The sandbox has stopped' }).waitFor();
    });

    it.each(['Add lead', '+1 hour', 'Poll now', /^Details of/])('answers a press of %s', async name => {
      // Another sentence, so that the one below is seen to come.
      await page.evaluate(`document.getElementById('said').replaceChildren()`);
      await press(name);
      await expect.poll(said).toMatch(/^The sandbox does not answer/);
      expect(await page.getByRole('dialog').count()).toBe(0);
      expect(await page.locator('#clock').getAttribute('aria-busy')).toBe('false');
    });

    it('leaves a switch as it was, and says so', async () => {
      await page.evaluate(`document.getElementById('said').replaceChildren()`);
      await flip('Partner Center', 'Slow');
      await expect.poll(said).toMatch(/^The sandbox does not answer/);
      const slow = partnerCenter().getByRole('switch', { name: 'Slow', exact: true });
      expect(await slow.getAttribute('aria-checked')).toBe('false');
    });

    it('shows what is there once another one stands in its place, and takes orders again', async () => {
      sandbox = spawnStart(['--port', new URL(url).port], { POLL_SCHEDULE: '0 0 */12 * * *' });
      await sandbox.url();
      const polls = region('Polls').getByRole('listitem');
      await expect.poll(() => polls.count(), { timeout: 60_000 }).toBe(1);
      await expect.poll(() => page.locator('#clock').getAttribute('aria-busy')).toBe('false');
      const customer = await addLead();
      await turn('Poll now');
      await expect.poll(() => naming(channel('Sales'), customer).count()).toBe(1);
      expect(await polls.count()).toBe(2);
    });
  });
});
