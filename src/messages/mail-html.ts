import { escapeUTF8 } from 'entities/escape';
import type { Tone } from '../model/alert-kinds.ts';
import type { MailBars, MailBody, MailLink } from './mail-body.ts';
import { unlinked } from './text.ts';
import type { LabelledFact } from './wording.ts';

// Readable on white and on black alike; the only surfaces with a colour of their own bring their text colour along.
const TONES: Record<Tone, string> = {
  accent: '#6264a7',
  warning: '#b8860b',
  attention: '#d13438',
  good: '#2e8b57',
  quiet: '#808080',
};

const safe = (value: string) => escapeUTF8(unlinked(value));

// Outlook on Windows knows padding only on table cells.
const table = (cells: string, style = '') =>
  `<table role="presentation" cellspacing="0" cellpadding="0" border="0" style="border-collapse:collapse;${style}">${cells}</table>`;

/**
 * The mail as simple HTML: one column, system fonts, no picture, nothing to load. Text takes the reader's own colours,
 * so that a dark reader stays dark.
 */
export function htmlBody(body: MailBody): string {
  const paragraph = (content: string, style = '') => `<p style="margin:0 0 12px;${style}">${content}</p>`;
  const parts = [
    headTable(body),
    ...body.notes.map(note => paragraph(body.notesAreOurs ? escapeUTF8(note) : safe(note))),
    ...factTable(body.facts),
    ...(body.bars === undefined ? [] : [heading(body.bars.title), barTable(body.bars)]),
    ...(body.sections ?? []).flatMap(({ title, lines, facts }) => [
      heading(title),
      ...(lines.length === 0 ? [] : [paragraph(lines.map(safe).join('<br>'), 'margin:0 0 16px')]),
      ...factTable(facts),
    ]),
    ...body.rows.map(({ title, line, id, link }) =>
      paragraph(
        `${linked(`<b>${safe(title)}</b>`, link)}<br>${[safe(line), escapeUTF8(id)].filter(part => part !== '').join(' · ')}`,
      ),
    ),
    ...body.more.map(line => paragraph(safe(line), 'font-weight:bold')),
    ...(body.link === undefined ? [] : [button(body.link)]),
    `<hr style="border:0;border-top:1px solid #808080;margin:20px 0 8px">`,
    ...body.footer.map(line => `<p style="margin:0 0 4px;font-size:12px">${escapeUTF8(line)}</p>`),
  ];
  return [
    `<!doctype html><html lang="${escapeUTF8(body.writing.language)}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">',
    `<meta name="supported-color-schemes" content="light dark"><title>${safe(body.title)}</title>`,
    '<style>:root{color-scheme:light dark}</style></head>',
    `<body style="margin:0;padding:0;font:15px/1.5 ${body.writing.fonts};overflow-wrap:anywhere">`,
    '<table role="presentation" width="100%" cellspacing="0" cellpadding="0" border="0" style="max-width:632px;table-layout:fixed"><tr><td style="padding:16px;overflow-wrap:anywhere;word-break:break-word">',
    ...parts,
    '</td></tr></table></body></html>\n',
  ].join('\n');
}

function headTable({ title, tone, subtitle, strong, state }: MailBody): string {
  const below = (value: string | null | undefined, style: string) =>
    value ? `<p style="margin:0;${style}">${safe(value)}</p>` : '';
  const cell = [
    `<h1 style="font-size:20px;line-height:1.3;margin:0 0 4px">${safe(title)}</h1>`,
    below(subtitle, ''),
    below(strong, 'font-size:16px;font-weight:bold'),
    below(state, strong ? '' : 'font-size:16px;font-weight:bold'),
  ].join('');
  return table(
    `<tr><td style="border-left:4px solid ${TONES[tone]};padding:2px 0 2px 12px">${cell}</td></tr>`,
    'margin:0 0 16px',
  );
}

function factTable(facts: readonly LabelledFact[]): string[] {
  if (facts.length === 0) return [];
  const rows = facts.map(
    ({ label, value, id }) =>
      `<tr><td style="padding:2px 16px 2px 0;vertical-align:top;overflow-wrap:normal;word-break:keep-all"><b>${safe(label)}</b></td><td style="padding:2px 0;vertical-align:top">${id ? escapeUTF8(value) : safe(value)}</td></tr>`,
  );
  return [table(rows.join(''), 'margin:0 0 16px')];
}

function heading(title: string): string {
  return `<h2 style="font-size:16px;line-height:1.3;margin:0 0 8px">${safe(title)}</h2>`;
}

/** The longest bar, in pixels: beside it the words must fit on a phone. */
const LONGEST_BAR = 96;

function barCell(width: number, tone: Tone): string {
  const style = `background:${TONES[tone]};width:${width}px;height:8px;font-size:1px;line-height:8px`;
  return `<td width="${width}" height="8" bgcolor="${TONES[tone]}" style="${style}">&#160;</td>`;
}

function barTable({ rows }: MailBars): string {
  const most = Math.max(1, ...rows.flatMap(({ good, bad }) => [good, bad]));
  const bar = (count: number, tone: Tone) =>
    count === 0 ? '' : table(`<tr>${barCell(Math.ceil((count / most) * LONGEST_BAR), tone)}</tr>`, 'margin:2px 0');
  const cells = rows.map(
    ({ label, text: words, good, bad }) =>
      `<tr><td style="padding:2px 16px 2px 0;vertical-align:top;white-space:nowrap"><b>${safe(label)}</b></td><td style="padding:2px 0">${safe(words)}${bar(good, 'good')}${bar(bad, 'attention')}</td></tr>`,
  );
  return table(cells.join(''), 'margin:0 0 16px');
}

function button({ text, url }: MailLink): string {
  const link = `<a href="${escapeUTF8(url)}" style="color:#ffffff;text-decoration:none;font-weight:bold;display:block;text-align:center">${escapeUTF8(text)}</a>`;
  return table(
    `<tr><td bgcolor="#4f52b2" style="background:#4f52b2;border-radius:4px;padding:10px 18px">${link}</td></tr>`,
    'margin:0 0 12px',
  );
}

function linked(html: string, link: string | null): string {
  return link === null ? html : `<a href="${escapeUTF8(link)}">${html}</a>`;
}
