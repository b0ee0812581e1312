import { escapeUTF8 } from 'entities/escape';
import type { Tone } from '../model/alert-kinds.ts';
import { unlinked } from './text.ts';
import type { LabelledFact } from './wording.ts';

/** What stands in a mail, as cleaned plain text. */
export interface MailBody {
  readonly title: string;
  readonly state: string;
  readonly tone: Tone;
  readonly notes: readonly string[];
  /** Notes are words of our own, in which addresses may be clickable. */
  readonly notesAreOurs?: boolean;
  readonly facts: readonly LabelledFact[];
  readonly rows: readonly {
    readonly title: string;
    readonly line: string;
    readonly id: string;
    readonly link: string;
  }[];
  readonly more?: string;
  readonly link?: string;
  readonly footer: string;
}

const LINK = 'Open in Partner Center';

/** The mail for those who read plain text. */
export function textBody(body: MailBody): string {
  const width = Math.max(0, ...body.facts.map(fact => fact.label.length)) + 2;
  const blocks = [
    [unlinked(body.title), unlinked(body.state)],
    body.notes.map(note => (body.notesAreOurs ? note : unlinked(note))),
    body.facts.map(({ label, value, id }) => `${`${label}:`.padEnd(width)}${id ? value : unlinked(value)}`),
    ...body.rows.map(row => [unlinked(row.title), `  ${unlinked(row.line)} · ${row.id}`, `  ${row.link}`]),
    body.more === undefined ? [] : [body.more],
    body.link === undefined ? [] : [`${LINK}:`, body.link],
    ['--', body.footer],
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

/**
 * The mail as simple HTML: one column, system fonts, no picture, nothing to load. Text takes the reader's own colours,
 * so that a dark reader stays dark.
 */
export function htmlBody(body: MailBody): string {
  const text = (value: string) => escapeUTF8(unlinked(value));
  const paragraph = (content: string, style: string) => `<p style="margin:0 0 12px;${style}">${content}</p>`;
  const parts = [
    `<div style="border-left:4px solid ${TONES[body.tone]};padding:2px 0 2px 12px;margin:0 0 16px">`,
    `<h1 style="font-size:20px;line-height:1.3;margin:0 0 4px">${text(body.title)}</h1>`,
    `<p style="font-size:16px;font-weight:bold;margin:0">${text(body.state)}</p>`,
    '</div>',
    ...body.notes.map(note => paragraph(body.notesAreOurs ? escapeUTF8(note) : text(note), '')),
    ...factTable(body.facts, text),
    ...body.rows.map(row =>
      paragraph(
        `<a href="${escapeUTF8(row.link)}"><b>${text(row.title)}</b></a><br>${text(row.line)} · ${escapeUTF8(row.id)}`,
        '',
      ),
    ),
    ...(body.more === undefined ? [] : [paragraph(escapeUTF8(body.more), 'font-weight:bold')]),
    ...(body.link === undefined ? [] : [button(body.link)]),
    `<hr style="border:0;border-top:1px solid #808080;margin:20px 0 8px">`,
    paragraph(escapeUTF8(body.footer), 'font-size:12px'),
  ];
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">',
    `<meta name="supported-color-schemes" content="light dark"><title>${text(body.title)}</title>`,
    '<style>:root{color-scheme:light dark}</style></head>',
    `<body style="margin:0;padding:16px;font:15px/1.5 'Segoe UI',system-ui,sans-serif;overflow-wrap:anywhere">`,
    '<div style="max-width:600px">',
    ...parts,
    '</div></body></html>\n',
  ].join('\n');
}

function factTable(facts: readonly LabelledFact[], text: (value: string) => string): string[] {
  if (facts.length === 0) return [];
  return [
    '<table role="presentation" cellspacing="0" cellpadding="0" style="margin:0 0 16px;border-collapse:collapse">',
    ...facts.map(
      ({ label, value, id }) =>
        `<tr><td style="padding:2px 16px 2px 0;vertical-align:top;white-space:nowrap"><b>${escapeUTF8(label)}</b></td><td style="padding:2px 0">${id ? escapeUTF8(value) : text(value)}</td></tr>`,
    ),
    '</table>',
  ];
}

function button(link: string): string {
  return `<p style="margin:0 0 12px"><a href="${escapeUTF8(link)}" style="display:inline-block;padding:10px 18px;border-radius:4px;background:#4f52b2;color:#ffffff;text-decoration:none;font-weight:bold">${LINK}</a></p>`;
}
