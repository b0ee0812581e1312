import { expect, it } from 'vitest';
import type { Channel, Message, Outcome } from '../../src/model/channel.ts';
import { createSender } from '../../src/poll/deliver.ts';

const message = { kind: 'digest' } as Message;
const plain = { kind: 'digest', plainest: true } as Message;

function aChannel(answers: readonly Outcome[], paceMs = 0) {
  const taken: { message: Message; from: number; to: number }[] = [];
  const channel: Channel = {
    id: 'teams',
    audience: 'sales',
    paceMs,
    async deliver(delivered) {
      const from = performance.now();
      await new Promise(resolve => setTimeout(resolve, 50));
      taken.push({ message: delivered, from, to: performance.now() });
      return answers[taken.length - 1] ?? { state: 'delivered' };
    },
  };
  return { channel, taken };
}

it('lets a slow channel breathe after its answer, so that two posts never arrive close together', async () => {
  const { channel, taken } = aChannel([{ state: 'delivered' }, { state: 'rejected', reason: 'HTTP 413' }], 60);
  const send = createSender(channel);
  for (let i = 0; i < 3; i += 1) await send(message, () => plain);
  const pauses = taken.slice(1).map(({ from }, i) => from - (taken[i]?.to ?? 0));
  expect(pauses).toHaveLength(3);
  for (const pause of pauses) expect(pause).toBeGreaterThanOrEqual(59);
});

it.each([
  [
    'rejected, and its plainest form taken',
    [{ state: 'rejected', reason: 'HTTP 413' }, { state: 'delivered' }],
    2,
    true,
  ],
  ['refused', [{ state: 'refused', reason: 'HTTP 401' }], 1, false],
  ['rejected after it had been accepted', [{ state: 'rejected', reason: 'Failed', afterAcceptance: true }], 1, false],
  ['doubtful', [{ state: 'doubtful', reason: 'no answer' }], 1, false],
] as const)('a message that is %s goes out so often: %#', async (_, answers, times, plainest) => {
  const { channel, taken } = aChannel(answers);
  const answer = await createSender(channel)(message, () => plain);
  expect(taken.map(each => each.message)).toEqual([message, plain].slice(0, times));
  expect(answer).toMatchObject({ plainest, outcome: answers[times - 1] });
});
