import { expect, it } from 'vitest';
import { begun } from '../../src/base/begun.ts';

async function allOf<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

it('asks for the first item at once, for the others when their turn comes', async () => {
  const asked: number[] = [];
  async function* numbers() {
    for (const n of [1, 2, 3]) {
      asked.push(n);
      yield n;
    }
  }
  const items = begun(numbers());
  expect(asked).toEqual([1]);
  expect(await allOf(items)).toEqual([1, 2, 3]);
});

it('fails when its turn comes, not before', async () => {
  const broken = { [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new Error('no page')) }) };
  const items = begun(broken);
  await new Promise(resolve => setImmediate(resolve));
  await expect(allOf(items)).rejects.toThrow('no page');
});
