import { expect, it } from 'vitest';
import { MINUTE } from '../../src/base/instant.ts';
import type { ReferralPage } from '../../src/model/referral-source.ts';
import { clockFault, walkPending } from '../../src/poll/walk.ts';

function pages(count: number, failure?: Error): AsyncIterable<ReferralPage> {
  return (async function* () {
    for (let i = 0; i < count; i += 1) {
      yield { referrals: [{ id: `r${i}`, type: null, createdAt: null, reportedExpiry: null }], setAside: 1 };
    }
    if (failure) throw failure;
  })();
}

it('keeps what was read before a failure', async () => {
  const failure = new Error('page 3');
  const seen: string[] = [];
  const walk = await walkPending({ listPending: () => pages(2, failure) }, page => {
    seen.push(...page.map(({ id }) => id));
    return page.length;
  });
  expect(seen).toEqual(['r0', 'r1']);
  expect(walk).toMatchObject({ listed: 2, setAside: 2, failure });
});

it('stops when its time is up, and is incomplete then', async () => {
  const walk = await walkPending({ listPending: () => pages(3) }, page => page.length, { budgetMs: -1 });
  expect(walk.listed).toBe(1);
  expect(walk.failure?.name).toBe('IncompleteWalkError');
});

it('is complete when it came to its end in time', async () => {
  expect((await walkPending({ listPending: () => pages(3) }, () => 0)).failure).toBeNull();
});

it('says when it was its time that ended it, and only then', async () => {
  const late = await walkPending({ listPending: () => pages(3) }, page => page.length, { budgetMs: -1 });
  const broken = await walkPending({ listPending: () => pages(1, new Error('page 2')) }, page => page.length);
  const whole = await walkPending({ listPending: () => pages(3) }, page => page.length);
  expect([late.cutShort, broken.cutShort, whole.cutShort]).toEqual([true, false, false]);
});

it('begins at the end that it is told', async () => {
  const asked: unknown[] = [];
  const source = {
    listPending: (options?: object) => {
      asked.push(options);
      return pages(1);
    },
  };
  await walkPending(source, () => 0);
  await walkPending(source, () => 0, { newestFirst: true });
  expect(asked).toEqual([{ newestFirst: false }, { newestFirst: true }]);
});

it.each([
  [null, undefined],
  [0, undefined],
  [10 * MINUTE, undefined],
  [-10 * MINUTE, undefined],
  [10 * MINUTE + 1, 'behind'],
  [-10 * MINUTE - 1, 'ahead'],
])('a difference of %s ms makes our clock %s', (skew, expected) => {
  expect(clockFault(skew)).toBe(expected);
});
