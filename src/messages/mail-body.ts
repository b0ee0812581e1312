import { escapeUTF8 } from 'entities/escape';
import type { Tone } from '../model/alert-kinds.ts';
import { unlinked } from './text.ts';
import type { LabelledFact } from './wording.ts';
import type { Writing } from './words/writing.ts';

/** What stands in a mail, as plain text that is not yet made safe. */
export interface MailBody {
  readonly writing: Writing;
  readonly title: string;
  readonly tone: Tone;
  /** Below the title: the deal, say. */
  readonly subtitle?: string | null;
  /** What to see first after the title; lines that are empty are left out. */
  readonly strong?: string;
  readonly state?: string;
  readonly notes: readonly string[];
  /** Notes are words of our own, in which addresses may be clickable. */
  readonly notesAreOurs?: boolean;
  readonly facts: readonly LabelledFact[];
  /** What happened from day to day. */
  readonly bars?: MailBars;
  /** Lists with a heading of their own. */
  readonly sections?: readonly MailSection[];
  readonly rows: readonly MailRow[];
  readonly more: readonly string[];
  readonly link?: MailLink;
  /** Small print, each line safe as it stands. */
  readonly footer: readonly string[];
}

export interface MailRow {
  readonly title: string;
  readonly line: string;
  /** Not broken up; empty when the title says it. */
  readonly id: string;
  /** Null where there is no way to it. */
  readonly link: string | null;
}

export interface MailBars {
  readonly title: string;
  readonly rows: readonly {
    readonly label: string;
    /** The numbers in words: nobody has to read a bar. */
    readonly text: string;
    readonly good: number;
    readonly bad: number;
  }[];
}

export interface MailSection {
  readonly title: string;
  readonly lines: readonly string[];
  readonly facts: readonly LabelledFact[];
}

export interface MailLink {
  readonly text: string;
  readonly url: string;
}

/** The mail for those who read plain text. */
export function textBody(body: MailBody): string {
  const { label: labelled } = body.writing.forms;
  const factLines = (facts: readonly LabelledFact[]) => {
    const width = Math.max(0, ...facts.map(({ label }) => labelled(label).length)) + 1;
    return facts.map(({ label, value, id }) => `${labelled(label).padEnd(width)}${id ? value : unlinked(value)}`);
  };
  const { bars, sections = [] } = body;
  const days = bars?.rows.map(({ label, text: value }) => ({ label, value })) ?? [];
  const blocks = [
    [body.title, body.subtitle, body.strong, body.state].filter(text => text).map(text => unlinked(text as string)),
    body.notes.map(note => (body.notesAreOurs ? note : unlinked(note))),
    factLines(body.facts),
    bars === undefined ? [] : [unlinked(bars.title), ...factLines(days)],
    ...sections.map(({ title, lines, facts }) => [unlinked(title), ...lines.map(unlinked), ...factLines(facts)]),
    ...body.rows.map(({ title, line, id, link }) => [
      unlinked(title),
      `  ${[unlinked(line), id].filter(text => text !== '').join(' · ')}`,
      ...(link === null ? [] : [`  ${link}`]),
    ]),
    body.more.map(unlinked),
    body.link === undefined ? [] : [labelled(body.link.text), body.link.url],
    ['--', ...body.footer],
  ];
  return `${blocks
    .filter(block => block.length > 0)
    .map(block => block.join('\n'))
    .join('\n\n')}\n`;
}

// Readable on white and on black alike; the only surfaces with a colour of their own bring their text colour along.
const TONES: Record<Tone, string> = {
  accent: '#6264a7',
  warning: '#b8860b',
  attention: '#d13438',
  good: '#2e8b57',
  quiet: '#808080',
};

// Outlook on Windows knows padding only on table cells.
const table = (cells: string, style = '') =>
  `<table role="presentation" cellspacing="0" cellpadding="0" border="0" style="border-collapse:collapse;${style}">${cells}</table>`;

/**
 * The mail as simple HTML: one column, system fonts, no picture, nothing to load. Text takes the reader's own colours,
 * so that a dark reader stays dark.
 */
export function htmlBody(body: MailBody): string {
  const text = (value: string) => escapeUTF8(unlinked(value));
  const paragraph = (content: string, style = '') => `<p style="margin:0 0 12px;${style}">${content}</p>`;
  const parts = [
    headTable(body, text),
    ...body.notes.map(note => paragraph(body.notesAreOurs ? escapeUTF8(note) : text(note))),
    ...factTable(body.facts, text),
    ...(body.bars === undefined ? [] : [heading(body.bars.title, text), barTable(body.bars, text)]),
    ...(body.sections ?? []).flatMap(({ title, lines, facts }) => [
      heading(title, text),
      ...(lines.length === 0 ? [] : [paragraph(lines.map(text).join('<br>'), 'margin:0 0 16px')]),
      ...factTable(facts, text),
    ]),
    ...body.rows.map(({ title, line, id, link }) =>
      paragraph(
        `${linked(`<b>${text(title)}</b>`, link)}<br>${[text(line), escapeUTF8(id)].filter(part => part !== '').join(' · ')}`,
      ),
    ),
    ...body.more.map(line => paragraph(text(line), 'font-weight:bold')),
    ...(body.link === undefined ? [] : [button(body.link)]),
    `<hr style="border:0;border-top:1px solid #808080;margin:20px 0 8px">`,
    ...body.footer.map(line => `<p style="margin:0 0 4px;font-size:12px">${escapeUTF8(line)}</p>`),
  ];
  return [
    `<!doctype html><html lang="${escapeUTF8(body.writing.language)}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">',
    `<meta name="supported-color-schemes" content="light dark"><title>${text(body.title)}</title>`,
    '<style>:root{color-scheme:light dark}</style></head>',
    `<body style="margin:0;padding:0;font:15px/1.5 ${body.writing.fonts};overflow-wrap:anywhere">`,
    '<table role="presentation" width="100%" cellspacing="0" cellpadding="0" border="0" style="max-width:632px;table-layout:fixed"><tr><td style="padding:16px;overflow-wrap:anywhere;word-break:break-word">',
    ...parts,
    '</td></tr></table></body></html>\n',
  ].join('\n');
}

function headTable({ title, tone, subtitle, strong, state }: MailBody, text: (value: string) => string): string {
  const below = (value: string | null | undefined, style: string) =>
    value ? `<p style="margin:0;${style}">${text(value)}</p>` : '';
  const cell = [
    `<h1 style="font-size:20px;line-height:1.3;margin:0 0 4px">${text(title)}</h1>`,
    below(subtitle, ''),
    below(strong, 'font-size:16px;font-weight:bold'),
    below(state, strong ? '' : 'font-size:16px;font-weight:bold'),
  ].join('');
  return table(
    `<tr><td style="border-left:4px solid ${TONES[tone]};padding:2px 0 2px 12px">${cell}</td></tr>`,
    'margin:0 0 16px',
  );
}

function factTable(facts: readonly LabelledFact[], text: (value: string) => string): string[] {
  if (facts.length === 0) return [];
  const rows = facts.map(
    ({ label, value, id }) =>
      `<tr><td style="padding:2px 16px 2px 0;vertical-align:top;overflow-wrap:normal;word-break:keep-all"><b>${text(label)}</b></td><td style="padding:2px 0;vertical-align:top">${id ? escapeUTF8(value) : text(value)}</td></tr>`,
  );
  return [table(rows.join(''), 'margin:0 0 16px')];
}

function heading(title: string, text: (value: string) => string): string {
  return `<h2 style="font-size:16px;line-height:1.3;margin:0 0 8px">${text(title)}</h2>`;
}

/** The longest bar, in pixels: beside it the words must fit on a phone. */
const LONGEST_BAR = 96;

function barCell(width: number, tone: Tone): string {
  const style = `background:${TONES[tone]};width:${width}px;height:8px;font-size:1px;line-height:8px`;
  return `<td width="${width}" height="8" bgcolor="${TONES[tone]}" style="${style}">&#160;</td>`;
}

function barTable({ rows }: MailBars, text: (value: string) => string): string {
  const most = Math.max(1, ...rows.flatMap(({ good, bad }) => [good, bad]));
  const bar = (count: number, tone: Tone) =>
    count === 0 ? '' : table(`<tr>${barCell(Math.ceil((count / most) * LONGEST_BAR), tone)}</tr>`, 'margin:2px 0');
  const cells = rows.map(
    ({ label, text: words, good, bad }) =>
      `<tr><td style="padding:2px 16px 2px 0;vertical-align:top;white-space:nowrap"><b>${text(label)}</b></td><td style="padding:2px 0">${text(words)}${bar(good, 'good')}${bar(bad, 'attention')}</td></tr>`,
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
