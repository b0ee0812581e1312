import type { CheckpointView, PollView } from '../views.ts';
import { element, setText } from './dom.ts';
import { shortTime } from './format.ts';
import type { Row } from './list.ts';

/** One row of the checkpoint table. */
export function checkpointRow(first: CheckpointView): Row<CheckpointView> {
  const customer = element('b');
  const partition = element('td', { class: 'short' });
  const expiry = element('td', { class: 'short' });
  const rule = element('td', { class: 'short' });
  const told = element('td', { class: 'chips' });
  const raw = element('dl');
  const row = element(
    'tr',
    {},
    element('th', { scope: 'row' }, customer, element('code', {}, first.referralId.slice(0, 8))),
    partition,
    expiry,
    rule,
    told,
    element('td', {}, element('details', {}, element('summary', {}, 'All columns'), raw)),
  );

  function update(item: CheckpointView): void {
    setText(customer, item.customer ?? 'Not read yet');
    setText(partition, item.exit ? `${item.partition} · ${item.exit}` : item.partition);
    setText(expiry, item.expiry === null ? '' : shortTime(Date.parse(item.expiry)));
    setText(rule, item.rule ?? '');
    told.replaceChildren(
      ...item.deliveries.map(({ state, words }) => element('span', { class: 'chip', 'data-state': state }, words)),
    );
    raw.replaceChildren(
      ...Object.entries(item.row).flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, value)]),
    );
  }

  update(first);
  return { element: row, update };
}

/** One run of the poll. */
export function pollRow(item: PollView): Row<PollView> {
  const line = element(
    'li',
    { 'data-ok': String(item.ok) },
    element('time', { datetime: new Date(item.at).toISOString() }, shortTime(item.at)),
    element('span', { class: 'chip' }, item.ok ? 'ok' : 'failed'),
    element('span', { class: 'quiet' }, `${Math.round(item.durationMs)} ms`),
    element('span', {}, item.counts.join(' · ')),
    element('span', { class: 'quiet' }, item.reasons.join(' · ')),
    element('span', { class: 'trouble' }, item.troubles.join('; ')),
  );
  return { element: line, update() {} };
}
