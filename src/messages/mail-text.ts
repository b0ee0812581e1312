import type { MailBody } from './mail-body.ts';
import { unlinked } from './text.ts';
import type { LabelledFact } from './wording.ts';

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
