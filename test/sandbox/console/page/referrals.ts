import type { ReferralView } from '../views.ts';
import { showDetails } from './details.ts';
import { element, named, setAttribute, setText } from './dom.ts';
import { DAY, shortTime, span, urgency } from './format.ts';
import type { Row } from './list.ts';
import { press, say, send } from './send.ts';

const WINDOW = 14 * DAY;

export interface ReferralRow extends Row<ReferralView> {
  /** Shows the time that is left at `now`. */
  tick(now: number): void;
}

export function referralRow(first: ReferralView, now: () => number): ReferralRow {
  const name = element('h3');
  const left = element('span', { class: 'chip' });
  const deal = element('p', { class: 'deal' });
  const facts = element('p', { class: 'quiet' });
  const told = element('p', { class: 'told' });
  const rule = element('p', { class: 'told' });
  const bar = element('span', { class: 'bar' });
  const accept = button('Accept', () => decide('accept', 'accepted'));
  const decline = button('Decline', () => decide('decline', 'declined'));
  const details = button('Details', () => showDetails(first.id));
  details.classList.add('plain');
  const buttons = element('div', { class: 'buttons' }, accept, decline, details);
  const article = element(
    'article',
    { id: `referral-${first.id}`, class: 'referral', tabindex: '-1' },
    element('div', { class: 'row' }, name, left),
    deal,
    facts,
    element('div', { class: 'track' }, bar),
    told,
    rule,
    buttons,
  );
  let item = first;

  async function decide(decision: string, done: string): Promise<void> {
    await send(`referrals/${first.id}/${decision}`);
    say(named(item.customer), ` is ${done}. At the next poll those who were told hear of it.`);
  }

  function tick(instant: number): void {
    const remaining = item.expiresAt === null ? null : item.expiresAt - instant;
    if (!item.pending || remaining === null) {
      setText(left, item.state);
      setAttribute(article, 'data-urgency', item.state === 'Expired' ? 'expired' : 'done');
      return;
    }
    setText(left, `${span(remaining)} left`);
    setAttribute(article, 'data-urgency', urgency(remaining));
    bar.style.transform = `scaleX(${Math.max(0, Math.min(1, remaining / WINDOW)).toFixed(3)})`;
  }

  function update(next: ReferralView): void {
    item = next;
    const { customer, expiresAt } = next;
    setAttribute(article, 'aria-label', customer);
    setText(name, customer);
    setText(deal, next.deal ?? '');
    const until = next.pending && expiresAt !== null ? `expires ${shortTime(expiresAt)}` : null;
    setText(facts, [next.kind, next.place, next.value, until].filter(Boolean).join(' · '));
    setText(told, next.told.length > 0 ? `Told in: ${next.told.join(', ')}` : next.pending ? 'Not told yet' : '');
    setText(rule, next.rule === null ? '' : `Rule: ${next.rule}`);
    setAttribute(accept, 'aria-label', `Accept ${customer}`);
    setAttribute(decline, 'aria-label', `Decline ${customer}`);
    setAttribute(details, 'aria-label', `Details of ${customer}`);
    // Whoever pressed a button that is now gone finds the referral itself under the focus.
    const lost = !next.pending && [accept, decline].includes(document.activeElement as HTMLButtonElement);
    accept.hidden = decline.hidden = !next.pending;
    if (lost) article.focus({ preventScroll: true });
    tick(now());
  }

  update(first);
  return { element: article, update, tick };
}

function button(label: string, work: () => unknown): HTMLButtonElement {
  const made = element('button', { type: 'button', class: 'small' }, label);
  made.addEventListener('click', () => void press(work));
  return made;
}
