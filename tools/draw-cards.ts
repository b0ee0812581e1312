import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import MarkdownIt from 'markdown-it';
import { type Browser, chromium } from 'playwright-core';
import { DAY, HOUR } from '../src/base/instant.ts';
import { alertCard } from '../src/messages/alert-card.ts';
import { detailCard } from '../src/messages/detail-card.ts';
import { digestCard } from '../src/messages/digest-card.ts';
import { mailOf, operatorMail } from '../src/messages/mail.ts';
import { operatorCard } from '../src/messages/operator-card.ts';
import { aDigest, aMessage, anEscalation, aReferral, facts, now, trouble, view } from '../test/messages/samples.ts';
import { darkConfig, lightConfig } from '../test/sandbox/console/page/host-config.ts';

// Draws every card and mail as PNG, light and dark: node tools/draw-cards.ts FOLDER

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'];
const claim = { by: 'a', name: 'Adele Vance', at: now, until: now + 2 * DAY };
const messages = {
  new: aMessage(),
  bare: aMessage({
    facts: {
      ...facts,
      customer: null,
      deal: null,
      value: null,
      country: null,
      solutions: [],
      qualification: null,
      type: 'Shared',
      customerRequestedContact: false,
    },
  }),
  reminder: anEscalation('reminder', 6 * DAY, { claim }),
  warning: anEscalation('warning', 2 * DAY + 5 * HOUR, { unconfirmedSince: now }),
  critical: anEscalation('critical', 6 * HOUR, { firstTold: true, mayBeRepeat: true }),
  hostile: aMessage({
    facts: { ...facts, customer: '**Bold** [click](https://evil.example) <at>all</at>', deal: 'x'.repeat(200) },
  }),
  answered: aMessage({ kind: 'answered', exit: 'accepted' }),
  expired: aMessage({ kind: 'expired', exit: 'expired' }),
  digest: aDigest(25),
} as const;

function cards(): Record<string, unknown> {
  const told = [
    { alert: 'new', channel: 'teams', state: 'delivered', attempts: 1, at: now - DAY },
    { alert: 'escalation:7d', channel: 'email', state: 'retry', attempts: 2, at: now },
  ] as const;
  const actions = ['Claim', 'Details', 'Snooze 1 day'].map(
    title => ({ type: 'Action.Execute', title, verb: title, data: {} }) as const,
  );
  return {
    ...Object.fromEntries(
      Object.entries(messages).map(([name, message]) => [
        name,
        message.kind === 'digest' ? digestCard(message, view) : alertCard(message, view),
      ]),
    ),
    'with-actions': alertCard(aMessage(), view, { actions }),
    detail: detailCard(aReferral, { expiry: { at: now + 12 * DAY, source: 'estimated' }, deliveries: told }, now, view),
    'trouble-began': operatorCard(trouble, view),
    'trouble-ended': operatorCard({ ...trouble, phase: 'ended' }, view),
  };
}

function mails() {
  const from = 'alerts@contoso.com';
  return {
    ...Object.fromEntries(Object.entries(messages).map(([name, message]) => [name, mailOf(message, view, from)])),
    trouble: operatorMail(trouble, view, from),
  };
}

async function cardPage(card: unknown, dark: boolean): Promise<string> {
  const library = createRequire(import.meta.url).resolve('adaptivecards/dist/adaptivecards.min.js');
  const markdown = new MarkdownIt({ html: false });
  const data = JSON.stringify({ card, config: dark ? darkConfig : lightConfig }).replaceAll('<', '\\u003c');
  const texts = [...new Set(JSON.stringify(card).match(/"(?:[^"\\]|\\.)*"/g))].map(text => JSON.parse(text) as string);
  const rendered = JSON.stringify(Object.fromEntries(texts.map(text => [text, markdown.render(text)])));
  return `<!doctype html><meta charset="utf-8"><style>body{margin:16px;width:460px;background:${dark ? '#1f1f1f' : '#f0f0f0'}}
    #card{border:1px solid #8886;border-radius:4px;overflow:hidden} p{margin:0}
    .ac-pushButton{font:600 13px system-ui;padding:6px 12px;border:1px solid #8888;border-radius:4px;background:none;color:inherit}
    body{color:${dark ? '#fff' : '#242424'}}</style><div id="card"></div>
    <script>${await readFile(library, 'utf8')}</script><script>
    const { card, config } = ${data}; const rendered = ${rendered.replaceAll('<', '\\u003c')};
    AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
      result.outputHtml = rendered[text] ?? text; result.didProcess = true; };
    const adaptive = new AdaptiveCards.AdaptiveCard(); adaptive.hostConfig = new AdaptiveCards.HostConfig(config);
    adaptive.parse(card); document.getElementById('card').append(adaptive.render());</script>`;
}

async function draw(browser: Browser, html: string, dark: boolean, file: string): Promise<void> {
  const page = await browser.newPage({
    viewport: { width: 492, height: 200 },
    colorScheme: dark ? 'dark' : 'light',
  });
  await page.setContent(html);
  await page.screenshot({ path: file, fullPage: true });
  await page.close();
}

const [folder = 'cards'] = process.argv.slice(2);
await mkdir(folder, { recursive: true });
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: FLAGS });
for (const dark of [false, true]) {
  const look = dark ? 'dark' : 'light';
  for (const [name, card] of Object.entries(cards())) {
    await draw(browser, await cardPage(card, dark), dark, join(folder, `card-${name}-${look}.png`));
  }
  for (const [name, mail] of Object.entries(mails())) {
    await draw(browser, mail.html, dark, join(folder, `mail-${name}-${look}.png`));
    await writeFile(join(folder, `mail-${name}.txt`), `${mail.subject}\n\n${mail.text}`);
  }
}
await browser.close();
