import { expect, it } from 'vitest';
import { DAY, MINUTE } from '../../src/base/instant.ts';
import type { Trouble } from '../../src/model/watch-state.ts';
import { afterTelling, type Finding, troubleNews, whileTelling, withFindings } from '../../src/watch/troubles.ts';

const bad: Finding = { key: 'tables', ok: false, title: 'Tables', text: 'away' };
const good: Finding = { key: 'tables', ok: true };

/** Findings over time, told when `hears` says so; the phases that were told. */
function story(steps: readonly (readonly [at: number, finding: Finding | null, hears?: boolean])[]): string[] {
  let troubles: Trouble[] = [];
  const told: string[] = [];
  for (const [at, finding, hears = true] of steps) {
    troubles = withFindings(troubles, finding ? [finding] : [], at);
    for (const news of troubleNews(troubles, at)) {
      if (!hears) continue;
      told.push(`${at / DAY} ${news.phase} since ${news.trouble.since / DAY}`);
      troubles = afterTelling(troubles, news, at);
    }
  }
  return told;
}

it('tells a trouble once, again every 24 hours, and its end once', () => {
  const steps = [0, 0.5, 1, 1.5, 2].map(days => [days * DAY, bad] as const);
  expect(story([...steps, [2.5 * DAY, good], [3 * DAY, good]])).toEqual([
    '0 began since 0',
    '1 continues since 0',
    '2 continues since 0',
    '2.5 ended since 0',
  ]);
});

it('tells later what nobody could be told, and nothing of what passed unheard', () => {
  expect(
    story([
      [0, bad, false],
      [DAY, bad],
    ]),
  ).toEqual(['1 began since 0']);
  expect(
    story([
      [0, bad, false],
      [DAY, good],
    ]),
  ).toEqual([]);
  expect(
    story([
      [0, bad],
      [DAY / 2, good, false],
      [DAY, null],
    ]),
  ).toEqual(['0 began since 0', '1 ended since 0']);
});

it('keeps what was not looked at', () => {
  expect(
    story([
      [0, bad],
      [DAY / 2, null],
      [DAY * 0.9, null],
    ]),
  ).toEqual(['0 began since 0']);
});

it('goes on when it comes back before its end was told', () => {
  expect(
    story([
      [0, bad],
      [DAY / 4, good, false],
      [DAY / 2, bad],
      [0.8 * DAY, good],
    ]),
  ).toEqual(['0 began since 0', '0.8 ended since 0']);
});

it('leaves to another process what that one is telling, unless it died over it', () => {
  const troubles = withFindings([], [bad], 0);
  const told = whileTelling(troubles, troubleNews(troubles, 0), 0);
  expect(troubleNews(told, 9 * MINUTE)).toEqual([]);
  expect(troubleNews(told, 10 * MINUTE)).toMatchObject([{ phase: 'began' }]);
});

it('takes a trouble that came back while its end was told as told', () => {
  const ended = withFindings(
    withFindings([], [bad], 0).map(trouble => ({ ...trouble, toldAt: 0 })),
    [good],
    DAY / 4,
  );
  const [news] = troubleNews(ended, DAY / 4);
  const back = withFindings(ended, [bad], DAY / 4);
  expect(news && afterTelling(back, news, DAY / 4)).toMatchObject([{ key: 'tables', toldAt: DAY / 4 }]);
});
