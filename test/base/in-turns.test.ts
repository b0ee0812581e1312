import { expect, test } from 'vitest';
import { NotInTimeError } from '../../src/base/in-time.ts';
import { inTurns } from '../../src/base/in-turns.ts';

function* busyUntil(isEnough: () => boolean) {
  while (!isEnough()) yield;
  return 'done';
}

test('what is done in turns lets others have theirs', async () => {
  let turns = 0;
  const timer = setInterval(() => {
    turns += 1;
  }, 1);
  expect(
    await inTurns(
      60_000,
      busyUntil(() => turns > 1),
    ),
  ).toBe('done');
  clearInterval(timer);
});

test('and ends in time', async () => {
  await expect(
    inTurns(
      30,
      busyUntil(() => false),
    ),
  ).rejects.toBeInstanceOf(NotInTimeError);
});

test('what it throws is thrown', async () => {
  const failing = {
    next(): never {
      throw new RangeError('no');
    },
  };
  await expect(inTurns(1_000, failing)).rejects.toBeInstanceOf(RangeError);
});
