import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { policyFingerprint } from '../../src/alerts/policy.ts';
import { DAY, HOUR } from '../../src/base/instant.ts';
import type { Checkpoint, Outline } from '../../src/model/checkpoint.ts';
import { expiryOf } from '../../src/model/expiry.ts';
import type { PendingReferral } from '../../src/model/referral.ts';
import { createSurvey } from '../../src/poll/survey.ts';
import { createTally } from '../../src/poll/tally.ts';
import { aCheckpoint, aPolicy, NOW } from '../alerts/builders.ts';

const FINGERPRINT = policyFingerprint(aPolicy());
const WINDOW_DAYS = 14;

type Step = { readonly list: readonly PendingReferral[] } | { readonly table: readonly (Checkpoint | Outline)[] };

function referral(id: string, over: Partial<PendingReferral> = {}): PendingReferral {
  return { id, type: 'Independent', createdAt: NOW - DAY, reportedExpiry: NOW + 13 * DAY, ...over };
}

function resting(id: string, over: Partial<Checkpoint> = {}): Checkpoint {
  const until = NOW + 6 * DAY;
  return {
    ...aCheckpoint(id, 0),
    expiry: { at: NOW + 13 * DAY, source: 'reported' },
    rest: { until, under: FINGERPRINT },
    ...over,
  };
}

function outlineOf({ referralId, expiry, rest, exit }: Checkpoint): Outline {
  return { referralId, expiry, rest, exit };
}

async function* pagesOf<T>(pages: readonly T[]): AsyncGenerator<T> {
  yield* pages;
}

/** Runs a survey over pages of both in the order given; `stored` is what can be loaded whole. */
async function surveyed(steps: readonly Step[], { stored = [] as readonly Checkpoint[], complete = true } = {}) {
  const tally = createTally(NOW);
  const survey = createSurvey({ windowDays: WINDOW_DAYS, now: NOW, tally });
  let listed = 0;
  for (const step of steps) if ('list' in step) listed += survey.addListed(step.list);
  const loaded: string[] = [];
  const { pending, known } = await survey.compare(
    pagesOf(steps.flatMap(step => ('table' in step ? [step.table] : []))),
    { complete, fingerprint: FINGERPRINT },
    {
      async loadThese(ids) {
        loaded.push(...ids);
        return stored.filter(({ referralId }) => ids.has(referralId));
      },
    },
  );
  return { listed, loaded, pending, known, resting: tally.figures().pending, nextLookAt: tally.figures().nextLookAt };
}

describe('a survey', () => {
  const row = resting('a');

  it('only counts what is listed and can rest', async () => {
    const steps = [{ list: [referral('a')] }, { table: [row] }];
    const { pending, known, loaded, resting: counted, nextLookAt, listed } = await surveyed(steps);
    expect([pending.size, known.size, loaded.length, counted, listed]).toEqual([0, 0, 0, 1, 1]);
    expect(nextLookAt).toBe(row.rest?.until);
  });

  it('counts what is listed twice once', async () => {
    const steps = [{ list: [referral('a')] }, { list: [referral('a')] }, { table: [row] }];
    const { pending, resting: counted, listed } = await surveyed(steps);
    expect([pending.size, counted, listed]).toEqual([0, 1, 1]);
  });

  it('takes one that is listed twice and unknown for one new', async () => {
    const { pending, listed } = await surveyed([{ list: [referral('a')] }, { list: [referral('a'), referral('A')] }]);
    expect([...pending.keys()]).toEqual(['a']);
    expect(listed).toBe(1);
  });

  it('takes one that is listed in two writings for one, also when it rests', async () => {
    const { pending, resting: counted } = await surveyed([{ table: [row] }, { list: [referral('a'), referral('A')] }]);
    expect([pending.size, counted]).toEqual([0, 1]);
  });

  it.each([
    ['a later expiry', referral('a', { reportedExpiry: NOW + 20 * DAY }), NOW + 20 * DAY],
    ['an expiry that is only estimated now', referral('a', { reportedExpiry: null }), null],
  ])('looks into %s', async (_, changed, at) => {
    const { pending, known } = await surveyed([{ list: [changed] }, { table: [outlineOf(row)] }], { stored: [row] });
    expect(pending.get('a')?.listed).toBe(at);
    expect(known.get('a')).toBe(row);
  });

  it('looks into the same expiry from another source', async () => {
    const estimated = referral('a', { reportedExpiry: null });
    const dates = { listed: null };
    const { at } = expiryOf({ createdAt: NOW - DAY, firstSeenAt: NOW, dates }, WINDOW_DAYS, NOW);
    const reported = resting('a', { expiry: { at, source: 'reported' } });
    const { pending } = await surveyed([{ table: [reported] }, { list: [estimated] }], { stored: [reported] });
    expect(pending.get('a')?.listed).toBeNull();
  });

  it('lets rest what the list names as it did before, though by-id names another date that governs', async () => {
    const rest = { until: NOW + 6 * DAY, under: FINGERPRINT, listed: null };
    const governed = resting('a', { rest });
    const undated = referral('a', { reportedExpiry: null });
    expect((await surveyed([{ table: [governed] }, { list: [undated] }])).resting).toBe(1);
    const dated = await surveyed([{ table: [governed] }, { list: [referral('a')] }]);
    expect([dated.pending.get('a')?.listed, dated.resting]).toEqual([NOW + 13 * DAY, 0]);
  });

  it('looks into one without any date at every poll: nobody knows whether it has changed', async () => {
    const dateless = referral('a', { createdAt: null, reportedExpiry: null });
    const stored = resting('a', { expiry: { at: NOW + 10 * DAY, source: 'estimated' } });
    const { pending } = await surveyed([{ table: [outlineOf(stored)] }, { list: [dateless] }], { stored: [stored] });
    expect(pending.get('a')).toEqual({ id: 'a', type: 'Independent', createdAt: null, listed: null });
  });

  it('takes the earlier date of one that is listed twice', async () => {
    for (const dates of [
      [5, 9],
      [9, 5],
      [5, null],
      [null, 5],
    ]) {
      const twice = dates.map(days => referral('a', { reportedExpiry: days === null ? null : NOW + days * DAY }));
      expect((await surveyed([{ list: twice }])).pending.get('a')?.listed).toBe(NOW + 5 * DAY);
    }
  });

  it('counts what was pending before, resting or not, and not what has left', async () => {
    const kept = [row, resting('b', { exit: 'accepted' }), aCheckpoint('c', DAY)];
    const tally = createTally(NOW);
    const survey = createSurvey({ windowDays: WINDOW_DAYS, now: NOW, tally });
    survey.addListed([referral('new')]);
    const store = { loadThese: async () => [] };
    const comparison = { complete: true, fingerprint: FINGERPRINT };
    expect((await survey.compare(pagesOf([kept]), comparison, store)).before).toBe(2);
  });

  it('keeps the writing of an id that was seen first', async () => {
    const moved = referral('AB', { reportedExpiry: NOW + 12 * DAY });
    const { pending, known } = await surveyed([{ list: [moved] }, { table: [resting('ab')] }], {
      stored: [resting('ab')],
    });
    expect([[...pending.keys()], [...known.keys()]]).toEqual([['ab'], ['ab']]);
  });

  it('lets it rest under the writing that was kept', async () => {
    const { pending, resting: counted } = await surveyed([{ list: [referral('AB')] }, { table: [resting('ab')] }]);
    expect([pending.size, counted]).toEqual([0, 1]);
  });

  it.each([
    ['before', [resting('a'), aCheckpoint('A', DAY)]],
    ['after', [aCheckpoint('A', DAY), resting('a')]],
  ])(
    'looks into a referral that two rows are kept of, one of which needs a look, whichever comes %s',
    async (_, two) => {
      for (const pages of [[{ table: two }], two.map(one => ({ table: [one] }))]) {
        const { pending } = await surveyed([{ list: [referral('a')] }, ...pages]);
        expect(pending.size).toBe(1);
      }
    },
  );

  it('loads what is not listed after a whole walk, and lets it rest after a broken one', async () => {
    const steps = [{ table: [outlineOf(row)] }];
    expect((await surveyed(steps, { stored: [row] })).known.get('a')).toBe(row);
    const broken = await surveyed(steps, { stored: [row], complete: false });
    expect([broken.known.size, broken.resting]).toEqual([0, 1]);
  });

  it('has the same answer whichever page comes when', async () => {
    const kinds = ['unlisted', 'same', 'moved', 'awake', 'left', 'other policy', 'new'] as const;
    const kept: Record<(typeof kinds)[number], (id: string) => Checkpoint | null> = {
      unlisted: id => resting(id),
      same: id => resting(id),
      moved: id => resting(id, { expiry: { at: NOW + 2 * HOUR, source: 'reported' } }),
      awake: id => aCheckpoint(id, 13 * DAY),
      left: id => resting(id, { exit: 'accepted' }),
      'other policy': id => resting(id, { rest: { until: NOW + DAY, under: 'another' } }),
      new: () => null,
    };
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...kinds), { maxLength: 12 }),
        fc.infiniteStream(fc.nat(3)),
        fc.boolean(),
        async (chosen, turns, complete) => {
          const list = chosen.flatMap((kind, i) => (kind === 'unlisted' ? [] : [referral(`r${i}`)]));
          const stored = chosen.flatMap((kind, i) => kept[kind](`r${i}`) ?? []);
          const rest: Step[] = [
            ...list.map(one => ({ list: [one] })),
            ...stored.map(one => ({ table: [outlineOf(one)] })),
          ];
          const mixed: Step[] = [];
          for (const turn of turns) {
            if (rest.length === 0) break;
            mixed.push(...rest.splice(turn % rest.length, 1));
          }
          const found = await surveyed(mixed, { stored, complete });
          const ids = (wanted: readonly string[]) =>
            chosen.flatMap((kind, i) => (wanted.includes(kind) ? [`r${i}`] : [])).toSorted();
          expect([...found.pending.keys()].toSorted()).toEqual(ids(['moved', 'awake', 'left', 'other policy', 'new']));
          const unlisted = complete ? ['unlisted'] : [];
          expect([...found.known.keys()].toSorted()).toEqual(
            ids(['moved', 'awake', 'left', 'other policy', ...unlisted]),
          );
          expect(found.resting).toBe(ids(complete ? ['same'] : ['same', 'unlisted']).length);
        },
      ),
    );
  });
});
