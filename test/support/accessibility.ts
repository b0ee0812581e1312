import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** What axe finds wrong on a page, by all of its rules or by these. Frames are pages of their own. */
export async function axeOn(page: Page, rules?: readonly string[]): Promise<axe.Result[]> {
  // It is large: a page reads it once.
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(axe.source);
  // What passes is counted, but neither described nor sent.
  const options = { resultTypes: ['violations'], iframes: false, ...(rules && { runOnly: rules }) };
  return await page.evaluate<axe.Result[]>(`axe.run(${JSON.stringify(options)}).then(({ violations }) => violations)`);
}

/** What of it is serious or critical, in words. */
export async function seriousTroubles(page: Page): Promise<string[]> {
  return (await axeOn(page))
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 300)).join(' ')}`);
}
