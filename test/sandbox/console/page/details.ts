import { type Execution, renderCard } from './card.ts';
import { byId, element } from './dom.ts';

const dialog = byId<HTMLDialogElement>('details');
const place = byId('details-card');

byId('details-close').addEventListener('click', () => dialog.close());
dialog.addEventListener('click', event => {
  if (event.target === dialog) dialog.close();
});

/** Shows what `GET /api/referrals/{id}` answers when asked for a card. */
export async function showDetails(referralId: string): Promise<void> {
  place.replaceChildren(element('p', { class: 'quiet' }, 'Asking Partner Center …'));
  dialog.showModal();
  const answer = await fetch(`/sandbox/referrals/${encodeURIComponent(referralId)}/card`).catch(error => {
    dialog.close();
    throw error;
  });
  const body = (await answer.json()) as Record<string, unknown>;
  const problem = () =>
    element(
      'p',
      {},
      [`${answer.status}`, body.title, body.detail].filter(text => typeof text === 'string').join(' · '),
    );
  place.replaceChildren(answer.ok ? renderCard(body, () => {}) : problem());
}

/** Shows a card that answers only the one who clicked, as Teams does. */
export function showCard(card: Readonly<Record<string, unknown>>, execute: (execution: Execution) => unknown): void {
  place.replaceChildren(renderCard(card, execute));
  if (!dialog.open) dialog.showModal();
}

export function hideCard(): void {
  dialog.close();
}
