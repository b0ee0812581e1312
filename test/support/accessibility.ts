import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** Which of axe's rules; all of them without it. */
export type Rules = readonly string[];

/** What a colour scheme can break; no other rule of axe looks at a colour. */
export const COLOUR_RULES: Rules = ['color-contrast', 'link-in-text-block'];

/** What axe finds wrong on a page. Frames are pages of their own. */
export async function axeOn(page: Page, rules?: Rules): Promise<axe.Result[]> {
  // It is large: a page reads it once. Of its many nodes only those that are wrong are told by their HTML, below.
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(`${axe.source}; axe.configure({ noHtml: true })`);
  // What passes is counted, but neither described nor sent.
  const options = {
    resultTypes: ['violations'],
    selectors: false,
    elementRef: true,
    iframes: false,
    ...(rules && { runOnly: rules }),
  };
  return await page.evaluate<axe.Result[]>(`axe.run(${JSON.stringify(options)}).then(({ violations }) => {
    const tell = ({ element, ...node }) => ({ ...node, html: element.outerHTML });
    return violations.map(violation => ({ ...violation, nodes: violation.nodes.map(tell) }));
  })`);
}

/** What of it is serious or critical, in words. */
export async function seriousTroubles(page: Page, rules?: Rules): Promise<string[]> {
  return (await axeOn(page, rules))
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 300)).join(' ')}`);
}
