import type { MessageView } from '../views.ts';
import { type Execution, renderCard } from './card.ts';
import { hideCard, showCard } from './details.ts';
import { element, setText } from './dom.ts';
import { shortTime } from './format.ts';
import type { Row } from './list.ts';
import { press, send } from './send.ts';

/** One message in a channel. */
export function messageRow(first: MessageView): Row<MessageView> {
  return first.page ? pageRow(first, first.page) : cardRow(first);
}

function cardRow(first: MessageView): Row<MessageView> {
  const time = element('time');
  const edited = element('span', { class: 'quiet' });
  const place = element('div');
  const article = element(
    'article',
    { class: 'message' },
    element('div', { class: 'message-head' }, element('b', {}, 'Referral Alerts'), time, edited),
    place,
  );
  let drawn = '';

  function update(item: MessageView): void {
    time.dateTime = new Date(item.at).toISOString();
    setText(time, shortTime(item.at));
    setText(edited, item.editedAt === null ? '' : `Edited ${shortTime(item.editedAt)}`);
    const text = JSON.stringify(item.card);
    if (text === drawn) return;
    drawn = text;
    const card = renderCard(item.card ?? {}, execution => press(() => execute(item, execution)));
    place.replaceChildren(card);
    article.setAttribute('aria-label', nameOf(card));
  }

  update(first);
  return { element: article, update };
}

async function execute(item: MessageView, { verb, data }: Execution): Promise<void> {
  const answer = await send('card-action', { card: item.id, verb, data });
  if (answer.status === 204) return hideCard();
  const body = (await answer.json()) as { card?: Record<string, unknown>; text?: string };
  const text = body.text ?? 'Nobody listens to this button here.';
  const card = body.card ?? { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text, wrap: true }] };
  showCard(card, execution => press(() => execute(item, execution)));
}

/** A message is called what its heading says, and what stands below it. */
function nameOf(card: HTMLElement): string {
  const [heading, ...others] = card.querySelectorAll('[role=heading], .ac-textBlock');
  const texts = [heading, others[0]].map(node => node?.textContent?.trim()).filter(Boolean);
  return texts.join(', ') || 'Message';
}

/** What the pager was told: no card, one line. */
function pageRow({ at }: MessageView, { action, summary }: NonNullable<MessageView['page']>): Row<MessageView> {
  const line = element(
    'p',
    { class: 'page-event', 'data-action': action },
    element('b', {}, action === 'resolve' ? 'Pager resolved' : 'Pager rings'),
    element('span', {}, summary),
    element('time', { datetime: new Date(at).toISOString() }, shortTime(at)),
  );
  return { element: line, update() {} };
}
