import { expect, test } from 'vitest';
import { operatorsPart } from '../../src/alerts/exits.ts';
import { plan } from '../../src/alerts/plan.ts';
import { DAY, HOUR, MINUTE } from '../../src/base/instant.ts';
import type { Checkpoint, Delivery } from '../../src/model/checkpoint.ts';
import { aCheckpoint, aDelivery, aPolicy, NOW, sightings } from './builders.ts';

const ended = (deliveries: readonly Partial<Delivery>[], more: Partial<Checkpoint> = {}): Checkpoint => ({
  ...aCheckpoint(more.referralId ?? 'a', -2 * DAY, deliveries.map(aDelivery)),
  exit: 'expired',
  ...more,
});
const refused = { alert: 'expired', state: 'refused', at: NOW - HOUR, since: NOW - 25 * HOUR } as const;
const own = { channel: 'last-resort', alert: 'expired' } as const;

test.each([
  ['one that nobody was told of', 'due', []],
  ['one that all have refused for a day', 'due', [refused]],
  ['one that only waited for its turn', 'due', [{ alert: 'new', state: 'retry', attempts: 0 }]],
  ['one that sales was told of', 'done', [{ alert: 'new', state: 'delivered' }]],
  ['one that may have been told', 'done', [{ alert: 'new', state: 'retry', repeat: true }]],
  ['one that was told as a last resort', 'done', [{ channel: 'last-resort', alert: 'new', state: 'delivered' }]],
  ['one that the operator was told of', 'done', [{ ...own, state: 'delivered' }]],
  ['one that nobody took a while ago', 'due', [{ ...own, state: 'retry', at: NOW - HOUR, since: NOW - 2 * HOUR }]],
  ['one that nobody has taken for a day', 'done', [{ ...own, state: 'retry', at: NOW, since: NOW - DAY }]],
  ['one that another run is telling', 'waiting', [{ ...own, state: 'sending', at: NOW - MINUTE }]],
  ['one whose teller died', 'due', [{ ...own, state: 'sending', at: NOW - 11 * MINUTE }]],
] as const)('the operator and %s: %s', (_, part, deliveries) => {
  expect(operatorsPart(ended(deliveries as readonly Partial<Delivery>[]), NOW)).toBe(part);
});

test.each(['accepted', 'gone', 'lost'] as const)('nor is one of those that are %s the operator’s', exit => {
  expect(operatorsPart(ended([], { exit }), NOW)).toBe('done');
});

test('is not closed before the operator had it, and says that nobody was told', () => {
  const rows = [
    ended([refused], { referralId: 'unheard' }),
    ended([{ ...refused, since: NOW - HOUR }], { referralId: 'still-refused' }),
    ended([{ alert: 'new', state: 'delivered' }, { ...refused }], { referralId: 'told-before' }),
  ];
  const known = new Map(rows.map(row => [row.referralId, row]));
  const { unheard, toClose } = plan(
    sightings([]),
    known,
    aPolicy({ channels: [{ id: 'teams', audience: 'sales' }] }),
    NOW,
  );
  expect(unheard.map(({ referralId, kind, nobodyTold }) => [referralId, kind, nobodyTold])).toEqual([
    ['unheard', 'expired', true],
  ]);
  expect(toClose).toEqual(['told-before']);
});

test('with nobody to tell at all an expiry is the operator’s at once', () => {
  const known = new Map([['a', ended([], { referralId: 'a' })]]);
  expect(plan(sightings([]), known, aPolicy({ channels: [] }), NOW).unheard).toHaveLength(1);
});

test('what waits for its turn in a channel that refuses is given up with what was refused', () => {
  const waiting = { alert: 'expired', state: 'retry', attempts: 0, since: NOW - 25 * HOUR } as const;
  const known = new Map([['a', ended([waiting], { referralId: 'a' })]]);
  const at = (failing: boolean) =>
    plan(sightings([]), known, aPolicy({ channels: [{ id: 'teams', audience: 'sales', failing }] }), NOW);
  expect(at(true).unheard).toHaveLength(1);
  expect(at(false).unheard).toHaveLength(0);
  expect(at(false).messages).toHaveLength(1);
});
