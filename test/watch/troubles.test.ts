import { describe, expect, it } from 'vitest';
import { DAY, MINUTE } from '../../src/base/instant.ts';
import { TROUBLE_KINDS, type TroubleKey } from '../../src/model/trouble-kinds.ts';
import type { Trouble } from '../../src/model/watch-state.ts';
import { ending } from '../../src/watch/endings.ts';
import {
  afterTelling,
  type Finding,
  troubleNews,
  whileTelling,
  withFindings,
  wordsOf,
} from '../../src/watch/troubles.ts';

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

describe('one that comes and goes', () => {
  const at = (minutes: number) => minutes * MINUTE;
  const phases = (steps: Parameters<typeof story>[0]) =>
    story(steps).map(line => line.split(' ').slice(0, 2).join(' '));

  it('is still the same when it is back within an hour: its return is told, and its end only after an hour without it', () => {
    let troubles: Trouble[] = [];
    const told: string[] = [];
    for (const [minute, finding] of [
      [0, bad],
      [5, good],
      [10, bad],
      [15, good],
      [20, bad],
      [25, good],
      [80, good],
      [85, good],
      [90, good],
    ] as const) {
      troubles = withFindings(troubles, [finding], at(minute));
      for (const news of troubleNews(troubles, at(minute))) {
        told.push(`${minute} ${news.phase} since ${news.trouble.since / MINUTE}`);
        troubles = afterTelling(troubles, news, at(minute));
      }
    }
    expect(told).toEqual(['0 began since 0', '5 ended since 0', '10 returned since 0', '85 ended since 0']);
  });

  it('is a new one when it is back later', () => {
    expect(
      phases([
        [0, bad],
        [at(5), good],
        [at(66), bad],
      ]).map(line => line.split(' ')[1]),
    ).toEqual(['began', 'ended', 'began']);
  });

  it('is over with the channel it was about, in words of its own', () => {
    const key = 'channel:teams:nordics';
    const lost: Finding = { key, ok: false, title: 'Teams (nordics) refuses', text: 'Set it up again.' };
    const [told] = withFindings([], [lost], 0).map(trouble => ({ ...trouble, toldAt: 0 }));
    const words = (exists: boolean) =>
      troubleNews(withFindings([told as Trouble], [{ key, ok: true, exists }], DAY), DAY).map(
        news => wordsOf(news).title,
      );
    expect(words(true)).toEqual(['Teams (nordics) takes messages again']);
    expect(words(false)).toEqual(['Teams (nordics) is no longer set']);
  });
});

it.each(TROUBLE_KINDS)('has words of its own for the end of %s', kind => {
  const key = ['channel', 'message', 'recipients'].includes(kind) ? `${kind}:teams` : kind;
  const { title, text } = ending(key as TroubleKey, true);
  expect(title).not.toBe('');
  expect(`${title} ${text}`).not.toMatch(/undefined|cannot|Check/);
});

it('takes several findings of one key for one trouble that says all of them', () => {
  const two: Finding[] = [bad, { ...bad, text: 'and full' }];
  expect(withFindings([], [...two, good], 0)).toMatchObject([{ key: 'tables', text: 'away and full' }]);
});

describe('a clock that was ahead', () => {
  it('puts off neither the next word about a trouble nor its end', () => {
    expect(
      story([
        [30 * DAY, bad],
        [0, bad],
        [DAY / 2, bad],
        [DAY, good],
      ]),
    ).toEqual(['30 began since 30', '0 continues since 30', '1 ended since 30']);
  });

  it('is no reason to take what comes later for the same', () => {
    const restless = [
      [29.9 * DAY, bad],
      [29.91 * DAY, good],
      [29.92 * DAY, bad],
      [30 * DAY, good],
    ] as const;
    expect(story([...restless, [0, good], [DAY, bad]]).slice(3)).toEqual(['0 ended since 29.9', '1 began since 1']);
  });

  it('leaves nobody telling for ever', () => {
    const [trouble] = withFindings([], [bad], 30 * DAY);
    const telling = [{ ...(trouble as Trouble), tellingSince: 30 * DAY }];
    expect(troubleNews(telling, 0)).toMatchObject([{ phase: 'began' }]);
    expect(troubleNews([{ ...(trouble as Trouble), tellingSince: MINUTE }], 0)).toEqual([]);
  });
});
