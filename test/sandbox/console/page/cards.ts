import type { CardView } from '../views.ts';
import { type Execution, renderCard } from './card.ts';
import { showCard } from './details.ts';
import { element, setText } from './dom.ts';
import { shortTime } from './format.ts';
import type { Row } from './list.ts';
import { send } from './send.ts';

const SENDERS = { sales: 'Referral Alerts', 'on-call': 'Referral Alerts', operator: 'Referral Alerts' } as const;

/** One message in a channel. */
export function cardRow(first: CardView): Row<CardView> {
  const time = element('time');
  const edited = element('span', { class: 'quiet' });
  const place = element('div');
  const article = element(
    'article',
    { class: 'message' },
    element('div', { class: 'message-head' }, element('b', {}, SENDERS[first.place]), time, edited),
    place,
  );
  let drawn = '';

  function update(item: CardView): void {
    time.dateTime = new Date(item.at).toISOString();
    setText(time, shortTime(item.at));
    setText(edited, item.editedAt === null ? '' : `Edited ${shortTime(item.editedAt)}`);
    const text = JSON.stringify(item.card);
    if (text === drawn) return;
    drawn = text;
    const card = renderCard(item.card, execution => execute(item, execution));
    place.replaceChildren(card);
    article.setAttribute('aria-label', nameOf(card));
  }

  update(first);
  return { element: article, update };
}

async function execute(item: CardView, { verb, data }: Execution): Promise<void> {
  const answer = await send('card-action', { card: item.id, verb, data });
  if (answer.status === 204) return;
  const body = (await answer.json()) as { card?: Record<string, unknown>; text?: string };
  const text = body.text ?? 'Nobody listens to this button here.';
  showCard(body.card ?? { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text, wrap: true }] });
}

/** A message is called what its heading says, and what stands below it. */
function nameOf(card: HTMLElement): string {
  const heading = card.querySelector('[role=heading]') ?? card.querySelector('.ac-textBlock');
  const next = heading?.parentElement?.querySelectorAll('.ac-textBlock')[1];
  return (
    [heading, next]
      .map(node => node?.textContent?.trim())
      .filter(Boolean)
      .join(', ') || 'Message'
  );
}
