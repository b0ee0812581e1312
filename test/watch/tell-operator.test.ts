import { expect, test } from 'vitest';
import type { Outcome } from '../../src/model/channel.ts';
import type { TroubleKey } from '../../src/model/trouble-kinds.ts';
import { tellOperator } from '../../src/watch/tell-operator.ts';

const LOG = { info: () => {}, warn: () => {}, error: () => {} };
const news = (['tables', 'clock', 'sign-in'] as TroubleKey[]).map(key => ({
  trouble: { key, title: key, text: 'away', since: 0, toldAt: null },
  phase: 'began' as const,
}));
const heardOf = async (tell: () => Promise<Outcome>, milliseconds: number) => {
  const operator = { id: 'operator-email', tell, deliver: tell };
  return (await tellOperator(news, [operator], 0, LOG, milliseconds)).map(({ heard }) => heard);
};

test('an operator’s channel that never answers holds up no poll: what is left is told by the next', async () => {
  expect(await heardOf(() => new Promise(() => {}), 50)).toEqual(['perhaps', 'no', 'no']);
});

test.each<[Outcome, string]>([
  [{ state: 'delivered' }, 'yes'],
  [{ state: 'accepted', reference: 'x' }, 'yes'],
  [{ state: 'doubtful', reason: 'no answer' }, 'perhaps'],
  [{ state: 'retry', reason: 'HTTP 503' }, 'no'],
  [{ state: 'refused', reason: 'HTTP 404' }, 'no'],
])('%j is heard: %s', async (outcome, heard) => {
  expect(await heardOf(async () => outcome, 10_000)).toEqual([heard, heard, heard]);
});
