import type { MailView } from '../views.ts';
import { element } from './dom.ts';
import { shortTime } from './format.ts';
import type { Row } from './list.ts';

/** One mail of the inbox. Its HTML is loaded, into a locked frame, when somebody opens it. */
export function mailRow(item: MailView): Row<MailView> {
  const article = element(
    'article',
    { class: 'mail', 'aria-label': item.subject, 'data-kind': item.kind ?? 'other', 'data-audience': item.audience },
    element('h3', {}, item.subject),
    element(
      'p',
      { class: 'quiet' },
      `To ${item.to} · `,
      element('time', { datetime: new Date(item.at).toISOString() }, shortTime(item.at)),
    ),
    element('p', { class: 'preview' }, item.text.replace(/\s+/g, ' ').slice(0, 180)),
  );
  const folds = element('div', { class: 'folds' });
  if (item.html) folds.append(opening('Message', () => frame(item)));
  folds.append(opening('Plain text', () => element('pre', {}, item.text)));
  article.append(folds);
  return { element: article, update() {} };
}

/** A fold that is filled when it is first opened: hundreds of mails must not cost hundreds of frames. */
function opening(label: string, fill: () => HTMLElement): HTMLElement {
  const fold = element('details', {}, element('summary', {}, label));
  fold.addEventListener('toggle', () => {
    if (fold.open && fold.childElementCount === 1) fold.append(fill());
  });
  return fold;
}

function frame(item: MailView): HTMLElement {
  return element('iframe', { sandbox: '', src: item.html ?? undefined, title: `Mail: ${item.subject}` });
}
