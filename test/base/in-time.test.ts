import { expect, test } from 'vitest';
import { inTime, NotInTimeError } from '../../src/base/in-time.ts';

const never = () => new Promise<never>(() => {});

test('what ends in time is passed on, well or not', async () => {
  expect(await inTime(5_000, async () => 'done')).toBe('done');
  await expect(inTime(5_000, () => Promise.reject(new RangeError()))).rejects.toBeInstanceOf(RangeError);
  await expect(
    inTime(5_000, () => {
      throw new RangeError();
    }),
  ).rejects.toBeInstanceOf(RangeError);
});

test('what never ends is given up, and its signal says so', async () => {
  let seen: AbortSignal | null = null;
  const work = (signal: AbortSignal) => {
    seen = signal;
    return never();
  };
  await expect(inTime(10, work)).rejects.toBeInstanceOf(NotInTimeError);
  expect(seen).toMatchObject({ aborted: true });
});

test('another signal ends it sooner', async () => {
  await expect(inTime(60_000, never, AbortSignal.timeout(10))).rejects.toBeInstanceOf(NotInTimeError);
  await expect(inTime(60_000, never, AbortSignal.abort())).rejects.toBeInstanceOf(NotInTimeError);
});

test('a failure that comes too late is nobody’s', async () => {
  const work = (signal: AbortSignal) =>
    new Promise<never>((_, reject) => signal.addEventListener('abort', () => setTimeout(reject, 5, new Error('late'))));
  await expect(inTime(10, work)).rejects.toBeInstanceOf(NotInTimeError);
  await new Promise(resolve => setTimeout(resolve, 20));
});
