import { expect, it } from 'vitest';
import { HOUR, MINUTE } from '../../src/base/instant.ts';
import { NOTHING_ELSE } from '../../src/model/alert.ts';
import type { AlertMessage, Channel, Outcome } from '../../src/model/channel.ts';
import type { Checkpoint, Delivery } from '../../src/model/checkpoint.ts';
import { refreshCards } from '../../src/poll/refresh.ts';
import type { Run } from '../../src/poll/run.ts';
import type { Told } from '../../src/poll/tell.ts';

const NOW = Date.parse('2026-11-27T12:00:00Z');
const BOT = 'bot:leads';

const card = (id: string): Delivery => ({
  ...{ alert: 'new', channel: BOT, state: 'delivered', attempts: 1, at: NOW - HOUR, reference: `card of ${id}` },
});
const row = (id: string): Checkpoint => ({
  ...{ referralId: id, engagementId: null, createdAt: null, firstSeenAt: NOW - HOUR, summary: null },
  ...{ expiry: { at: NOW + HOUR, source: 'estimated' }, deliveries: [card(id)] },
});
const draft = (id: string) => ({
  ...NOTHING_ELSE,
  ...{ kind: 'escalation' as const, referralId: id, engagementId: null, step: null, claim: null, exit: null },
  ...{ exitWord: null, firstSeenAt: NOW - HOUR, expiry: { at: NOW + HOUR, source: 'estimated' as const } },
});

function runWith(ids: readonly string[], answer: (message: AlertMessage) => Outcome) {
  const edits: string[] = [];
  const channel = {
    ...{ id: BOT, audience: 'sales', paceMs: 0, editsCards: true, deliver: () => Promise.reject(new Error('no post')) },
    refresh: async (message: AlertMessage) => {
      edits.push(message.previous ?? '');
      return answer(message);
    },
  } as Channel;
  const run = {
    ...{ now: NOW, channels: new Map([[BOT, channel]]), states: new Map(), readings: new Map() },
    ledger: { rows: new Map(ids.map(id => [id, row(id)])) },
  } as unknown as Run;
  return { run, edits };
}

const digest = (ids: readonly string[], state: Outcome['state']): Told =>
  ({
    planned: { channel: BOT, digest: true, alerts: ids.map(id => ({ channel: BOT, draft: draft(id), reason: '' })) },
    sendings: [],
    outcome: { state },
  }) as unknown as Told;

const editAts = (entries: Awaited<ReturnType<typeof refreshCards>>) =>
  entries.map(({ delivery }) => [delivery?.reference, delivery?.editAt ?? null]);

it('a digest stands for the replies, never for the edits: each card that is out is brought up to date', async () => {
  const { run, edits } = runWith(['a', 'b'], ({ previous }) => ({ state: 'delivered', reference: previous ?? '' }));
  const entries = await refreshCards([], [digest(['a', 'b', 'without a card'], 'delivered')], run);
  expect(edits).toEqual(['card of a', 'card of b']);
  expect(editAts(entries)).toEqual([
    ['card of a', null],
    ['card of b', null],
  ]);
  expect(await refreshCards([], [digest(['a'], 'retry')], run)).toEqual([]);
});

it.each<[string, Outcome, number]>([
  ['for now', { state: 'retry', reason: '' }, NOW],
  ['with a time', { state: 'retry', reason: '', retryAt: NOW + 7 * MINUTE }, NOW + 7 * MINUTE],
  ['with a time far ahead', { state: 'retry', reason: '', retryAt: NOW + 99 * HOUR }, NOW + HOUR],
  ['for good', { state: 'refused', reason: '' }, NOW + HOUR],
])('what cannot be edited %s asks nobody again in this poll, and is still to be done', async (_, outcome, at) => {
  const { run, edits } = runWith(['a', 'b', 'c'], () => outcome);
  const behind = ['a', 'b', 'c'].map(id => ({ channel: BOT, draft: draft(id) }));
  expect(editAts(await refreshCards(behind, [], run))).toEqual(['a', 'b', 'c'].map(id => [`card of ${id}`, at]));
  expect(edits).toEqual(['card of a']);
});

it('knows a card that was posted anew, and leaves a channel that refuses alone', async () => {
  const { run, edits } = runWith(['a'], () => ({ state: 'delivered', reference: 'another' }));
  const behind = [{ channel: BOT, draft: draft('a') }];
  expect(editAts(await refreshCards(behind, [], run))).toEqual([['another', null]]);
  run.states.set(BOT, { refusing: { since: NOW, triedAt: NOW, last: '', reason: '' } });
  expect(await refreshCards(behind, [], run)).toEqual([]);
  expect(edits).toHaveLength(1);
});
