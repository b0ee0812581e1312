import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import MarkdownIt from 'markdown-it';
import { darkConfig, lightConfig } from '../sandbox/console/page/host-config.ts';
import { japaneseFont } from './japanese-font.ts';

export interface CardPageLook {
  /** BCP 47. */
  readonly language: string;
  /** What stands above each card. */
  readonly captions: readonly string[];
  readonly css: string;
}

/** A page that shows cards the way Teams does, light or dark, with the official renderer, below captions where there are any. */
export async function cardPage(
  cards: readonly object[],
  dark: boolean,
  width = 440,
  { language = 'en', captions = [], css = '' }: Partial<CardPageLook> = {},
): Promise<string> {
  const library = createRequire(import.meta.url).resolve('adaptivecards/dist/adaptivecards.min.js');
  const markdown = new MarkdownIt({ html: false });
  const texts = new Set(
    JSON.stringify(cards)
      .match(/"(?:[^"\\]|\\.)*"/g)
      ?.map(text => JSON.parse(text) as string),
  );
  const rendered = Object.fromEntries([...texts].map(text => [text, markdown.render(text.replace(/<\/?at>/g, ''))]));
  const look = dark ? darkConfig : lightConfig;
  const config =
    language === 'ja' ? { ...look, fontFamily: "'Segoe UI', 'Yu Gothic UI', system-ui, sans-serif" } : look;
  const data = JSON.stringify({ cards, captions, rendered, config }).replaceAll('<', '\\u003c');
  const [ground, ink] = dark ? ['#1f1f1f', '#fff'] : ['#f0f0f0', '#242424'];
  return `<!doctype html><html lang="${language}"><meta charset="utf-8"><title>Cards</title><style>
    body{margin:12px;width:${width}px;background:${ground};color:${ink}}
    figure{margin:0} figure>div{border:1px solid #8886;border-radius:4px;overflow:hidden;margin-bottom:12px} p{margin:0}
    .ac-pushButton{font:600 13px ${language === 'ja' ? '"Segoe UI","Yu Gothic UI"' : '"Segoe UI"'},system-ui;padding:6px 12px;border:1px solid #8888;border-radius:4px;background:none;color:inherit}
    .ac-actionSet{flex-wrap:wrap;row-gap:8px}
    ${language === 'ja' ? await japaneseFont() : ''} ${css}
    </style><main></main><script>${await readFile(library, 'utf8')}</script><script>{
    const { cards, captions, rendered, config } = ${data};
    AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
      result.outputHtml = rendered[text] ?? text; result.didProcess = true; };
    for (const [n, card] of cards.entries()) {
      const adaptive = new AdaptiveCards.AdaptiveCard(); adaptive.hostConfig = new AdaptiveCards.HostConfig(config);
      adaptive.parse(card);
      const place = document.createElement('div'); place.append(adaptive.render());
      const figure = document.createElement('figure');
      if (captions[n]) figure.append(Object.assign(document.createElement('figcaption'), { textContent: captions[n] }));
      figure.append(place);
      document.querySelector('main').append(figure);
    }}</script></html>`;
}
