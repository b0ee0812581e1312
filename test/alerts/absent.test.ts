import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { whenUnlisted } from '../../src/alerts/absent.ts';
import { plan } from '../../src/alerts/plan.ts';
import type { Answer, Sightings } from '../../src/alerts/sightings.ts';
import { areManyHidden, isAllHidden } from '../../src/alerts/visibility.ts';
import { DAY, HOUR, MINUTE } from '../../src/base/instant.ts';
import type { Checkpoint } from '../../src/model/checkpoint.ts';
import { aCheckpoint, aDelivery, aPolicy, aSighting, byId, NOW, sightings } from './builders.ts';

interface Heard {
  readonly answer: Answer | 'listed';
  readonly after?: number;
  readonly blind?: boolean;
}

/** The checkpoint after polls that heard this of a referral which expires in five days. */
function heard(polls: readonly Heard[], expiresIn = 5 * DAY): Checkpoint {
  let known = aCheckpoint('a', expiresIn, [aDelivery()]);
  let now = NOW;
  for (const { answer, after: wait = 5 * MINUTE, blind = false } of polls) {
    now += wait;
    const listed = answer === 'listed' ? [aSighting('a', NOW + expiresIn - now, now)] : [];
    const answers = new Map<string, Answer>(answer === 'listed' ? [] : [['a', answer]]);
    const seen = sightings(listed, { answers, blind, lastConfirmedAt: now - 5 * MINUTE });
    known = plan(seen, byId(known), aPolicy(), now).changed.get('a') ?? known;
  }
  return known;
}

const GONE: Heard = { answer: 'gone' };

describe('that there is no such referral', () => {
  it.each<[string, readonly Heard[], Checkpoint['exit']]>([
    ['heard once', [GONE], undefined],
    ['heard twice, five minutes apart', [GONE, GONE], 'gone'],
    ['heard twice, four minutes apart', [GONE, { ...GONE, after: 4 * MINUTE }], 'gone'],
    ['heard twice, a moment less apart', [GONE, { ...GONE, after: 4 * MINUTE - 1 }], undefined],
    [
      'heard thrice within four minutes and later',
      [GONE, { ...GONE, after: MINUTE }, { ...GONE, after: 3 * MINUTE }],
      'gone',
    ],
    ['heard, listed, heard', [GONE, { answer: 'listed' }, GONE], undefined],
    ['heard, still open, heard', [GONE, { answer: 'still open' }, GONE], undefined],
    ['heard, forbidden, heard', [GONE, { answer: 'hidden' }, GONE], undefined],
    ['heard, refused, heard', [GONE, { answer: 'refused' }, GONE], undefined],
    ['heard, listed, heard twice', [GONE, { answer: 'listed' }, GONE, GONE], 'gone'],
    ['heard, no answer, heard', [GONE, { answer: 'unknown' }, GONE], 'gone'],
    [
      'heard twice while we may be blind',
      [
        { ...GONE, blind: true },
        { ...GONE, blind: true },
      ],
      undefined,
    ],
    ['heard, heard while blind, heard', [GONE, { ...GONE, blind: true }, GONE], undefined],
    ['heard, then accepted', [GONE, { answer: 'accepted' }], 'accepted'],
    [
      'only forbidden, for a day',
      Array.from({ length: 4 }, () => ({ answer: 'hidden' as const, after: 6 * HOUR })),
      undefined,
    ],
  ])('%s', (_, polls, exit) => {
    expect(heard(polls).exit).toBe(exit);
  });

  it('after its expiry it has expired', () => {
    expect(heard([GONE, { ...GONE, after: HOUR }], 30 * MINUTE).exit).toBe('expired');
  });

  it('is said once, short, where it was told by itself', () => {
    const known = {
      ...aCheckpoint('a', 5 * DAY, [aDelivery(), aDelivery({ channel: 'email', digest: true })]),
      exit: 'gone' as const,
    };
    const policy = aPolicy({ channels: ['teams', 'email', 'other'].map(id => ({ id, audience: 'sales' })) });
    const { messages } = plan(sightings([]), byId(known), policy, NOW);
    expect(messages.map(({ channel, alerts }) => [channel, alerts[0]?.draft.kind])).toEqual([['teams', 'gone']]);
  });
});

describe('what cannot be confirmed', () => {
  const kinds = ['unknown', 'hidden', 'refused'] as const;
  const seenAt = (answer: Answer, over: Partial<Sightings> = {}) =>
    sightings([], { answers: new Map([['a', answer]]), lastConfirmedAt: NOW - HOUR, ...over });

  it.each(kinds)('goes on escalating and says so: %s', answer => {
    const known = aCheckpoint('a', 2 * DAY, [aDelivery()]);
    const { messages } = plan(seenAt(answer), byId(known), aPolicy(), NOW);
    expect(messages[0]?.alerts[0]?.draft).toMatchObject({ kind: 'escalation', unconfirmedSince: NOW - HOUR });
  });

  it.each(kinds)('is told as expired a day after its expiry, with that doubt: %s', answer => {
    const known = aCheckpoint('a', -DAY, [aDelivery()]);
    const early = plan(
      seenAt(answer),
      byId({ ...known, expiry: { ...known.expiry, at: NOW - DAY + 1 } }),
      aPolicy(),
      NOW,
    );
    expect(early.changed.get('a')?.exit).toBeUndefined();
    const { messages, changed } = plan(seenAt(answer, { lastConfirmedAt: NOW - 2 * DAY }), byId(known), aPolicy(), NOW);
    const row = changed.get('a') as Checkpoint;
    expect(row).toMatchObject({ exit: 'expired', doubtSince: NOW - 2 * DAY });
    expect(messages[0]?.alerts[0]?.draft).toMatchObject({ kind: 'expired', unconfirmedSince: NOW - 2 * DAY });
    // A retry says it as well.
    const [again] = plan(sightings([]), byId(row), aPolicy(), NOW + HOUR).messages;
    expect(again?.alerts[0]?.draft.unconfirmedSince).toBe(NOW - 2 * DAY);
  });

  it('waits a day when it was confirmed after its expiry', () => {
    const known = aCheckpoint('a', -3 * DAY, [aDelivery()]);
    const still = whenUnlisted(known, 'unknown', { lastConfirmedAt: NOW - HOUR }, NOW);
    expect(still.checkpoint.exit).toBeUndefined();
    expect(whenUnlisted(known, 'unknown', { lastConfirmedAt: NOW - HOUR }, NOW + DAY).checkpoint.exit).toBe('expired');
  });

  it('closes nothing for its date while our clock is ahead', () => {
    const known = {
      ...aCheckpoint('a', -3 * DAY, [aDelivery()]),
      hidden: { since: NOW - 4 * DAY, goneAt: NOW - HOUR },
    };
    for (const answer of ['unknown', 'hidden', 'gone'] as const) {
      const seen = { lastConfirmedAt: NOW - 4 * DAY };
      expect(whenUnlisted(known, answer, { ...seen, clock: 'ahead' }, NOW).checkpoint.exit).toBeUndefined();
      expect(whenUnlisted(known, answer, seen, NOW).checkpoint.exit).toBe('expired');
    }
  });

  it('is written once, not at every poll', () => {
    const first = plan(seenAt('hidden'), byId(aCheckpoint('a', 5 * DAY, [aDelivery()])), aPolicy(), NOW);
    const row = first.changed.get('a') as Checkpoint;
    expect(row.hidden).toEqual({ since: NOW - HOUR });
    expect(plan(seenAt('hidden'), byId(row), aPolicy(), NOW + HOUR).changed.size).toBe(0);
  });
});

it('takes a word that we do not know for an answer, and tells it', () => {
  const seen = sightings([], { answers: new Map([['a', { exit: 'declined', word: 'Withdrawn' }]]) });
  const { messages, changed } = plan(seen, byId(aCheckpoint('a', 5 * DAY, [aDelivery()])), aPolicy(), NOW);
  expect(changed.get('a')).toMatchObject({ exit: 'declined', exitWord: 'Withdrawn' });
  expect(messages[0]?.alerts[0]?.draft).toMatchObject({ kind: 'answered', exit: 'declined', exitWord: 'Withdrawn' });
});

describe('our account may be blind', () => {
  it.each([
    [2, 2, false],
    [3, 3, true],
    [3, 5, true],
    [3, 6, false],
    [4, 6, true],
    [12, 18, true],
    [6, 12, false],
  ])('%i of %i hidden at once: %s', (hidden, pending, expected) => {
    expect(areManyHidden({ hidden, pending })).toBe(expected);
  });

  it('asks what the account sees when all is hidden, however few, and not when nothing was pending', () => {
    fc.assert(
      fc.property(fc.nat(5), fc.nat(5), (hidden, more) => {
        expect(isAllHidden({ hidden, pending: hidden + more })).toBe(hidden > 0 && more === 0);
      }),
    );
  });
});
