import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mustBeRead, needsReading, redated, type SeenDates } from '../../src/alerts/expiry-watch.ts';
import { plan } from '../../src/alerts/plan.ts';
import { restOf } from '../../src/alerts/rest.ts';
import { DAY, HOUR } from '../../src/base/instant.ts';
import type { Checkpoint, Delivery } from '../../src/model/checkpoint.ts';
import { aCheckpoint, aDelivery, aPolicy, aSighting, byId, NOW, sightings } from './builders.ts';

const CREATED = NOW - DAY;
const at = (days: number) => NOW + days * DAY;

function kept(listed: number | null, whole?: number | null, over: Partial<Checkpoint> = {}): Checkpoint {
  const dates = whole === undefined ? { listed } : { listed, whole };
  const named = [listed, whole ?? null].filter(date => date !== null);
  const expiry = named.length > 0 ? { at: Math.min(...named), source: 'reported' as const } : ESTIMATED;
  return { ...aCheckpoint('a', DAY, [aDelivery()]), createdAt: CREATED, dates, expiry, ...over };
}

const ESTIMATED = { at: Math.floor((CREATED + 14 * DAY) / DAY) * DAY, source: 'estimated' as const };
const read = (expiry: number | null) => ({ createdAt: CREATED, expiry });

function governing(known: Checkpoint, listed: number | null | undefined, whole?: SeenDates['whole'], now = NOW) {
  const seen = { createdAt: CREATED, ...(listed !== undefined && { listed }), ...(whole && { whole }) };
  return redated(known, seen, 14, now).expiry.at;
}

describe('which date governs', () => {
  it.each<[string, Checkpoint, number | null | undefined, SeenDates['whole'], number]>([
    ['only by-id names one', kept(null), null, read(at(5)), at(5)],
    ['it stays when by-id is not asked again', kept(null, at(5)), null, undefined, at(5)],
    ['it stays when by-id refuses', kept(null, at(5)), null, 'refused', at(5)],
    ['it stays while the referral is not listed', kept(null, at(5)), undefined, undefined, at(5)],
    ['by-id names another one', kept(null, at(5)), null, read(at(8)), at(8)],
    ['by-id names none any more', kept(null, at(5)), null, read(null), ESTIMATED.at],
    ['the list names a later one than by-id', kept(at(5), at(5)), at(20), read(at(5)), at(5)],
    ['both name a later one', kept(at(5), at(5)), at(20), read(at(20)), at(20)],
    ['the list names a later one and by-id none', kept(at(5), null), at(20), read(null), at(20)],
    ['the list names a later one and by-id cannot be asked', kept(at(5), null), at(20), undefined, at(5)],
    ['the list names a later one and by-id refuses', kept(at(5), null), at(20), 'refused', at(20)],
    ['the list names an earlier one and by-id cannot be asked', kept(at(9), null), at(3), undefined, at(3)],
    ['the list names none any more', kept(at(5), at(5)), null, read(at(5)), at(5)],
    ['by-id names an earlier one', kept(at(9)), at(9), read(at(3)), at(3)],
    [
      'the edition before had estimated, by-id names an earlier one',
      kept(null, undefined, { dates: undefined }),
      null,
      read(at(3)),
      at(3),
    ],
    ['still pending a day after: the later one', kept(at(-1), at(6)), at(-1), undefined, at(6)],
  ])('%s', (_, known, listed, whole, expected) => {
    expect(governing(known, listed, whole)).toBe(expected);
  });

  it('never moves later on the word of one while the other says otherwise', () => {
    const day = fc.integer({ min: 1, max: 30 });
    fc.assert(
      fc.property(day, day, day, (before, listed, whole) => {
        const known = kept(at(before), at(before));
        expect(governing(known, at(listed), read(at(whole)))).toBe(at(Math.min(listed, whole)));
        expect(governing(known, at(listed))).toBe(at(Math.min(listed, before)));
      }),
    );
  });
});

describe('what must be read whole', () => {
  const seen = (listed: number | null) => ({ createdAt: CREATED, listed });
  it.each<[string, Checkpoint | undefined, number | null, boolean]>([
    ['a new one without a date', undefined, null, true],
    ['a new one with a date that nobody believes', undefined, at(400), true],
    ['a new one with a date', undefined, at(9), false],
    ['one without a date that was read', kept(null, null), null, false],
    ['one without a date that was never read', kept(null), null, true],
    ['an estimated one of the edition before', kept(null, undefined, { dates: undefined }), null, true],
    ['a reported one of the edition before', kept(at(9), undefined, { dates: undefined }), at(9), false],
    ['one with another date than before', kept(at(9), at(9)), at(8), true],
    ['one whose date is gone', kept(at(9), at(9)), null, true],
    [
      'one whose other date is not answered yet',
      kept(at(9), at(9), { dates: { listed: at(9), unread: true } }),
      at(9),
      true,
    ],
  ])('%s', (_, known, listed, expected) => {
    expect(mustBeRead(known, seen(listed), NOW)).toBe(expected);
  });

  it('is asked for at every poll until by-id has answered, and does not rest before', () => {
    let known = kept(at(9), at(9));
    const policy = aPolicy();
    const poll = (listed: number, whole?: SeenDates['whole']) => {
      const seen = sightings([{ ...aSighting('a', 0), createdAt: CREATED, listed }], {
        whole: new Map(whole ? [['a', whole]] : []),
      });
      known = plan(seen, byId(known), policy, NOW).changed.get('a') ?? known;
    };
    expect(restOf(known, policy, NOW)).not.toBeNull();
    poll(at(12));
    expect([needsReading(known), restOf(known, policy, NOW)]).toEqual([true, null]);
    poll(at(12));
    expect([needsReading(known), known.expiry.at]).toEqual([true, at(9)]);
    poll(at(12), read(at(12)));
    expect([needsReading(known), known.expiry.at]).toEqual([false, at(12)]);
    expect(restOf(known, policy, NOW)).not.toBeNull();
  });
});

describe('an expiry that moves', () => {
  const steps = (...names: string[]) => names.map(name => aDelivery({ alert: name }));
  const drafts = (known: Checkpoint, listed: number, now = NOW) => {
    const seen = sightings([{ id: 'a', type: null, createdAt: CREATED, listed }], {
      whole: new Map([['a', read(listed)]]),
    });
    const decided = plan(seen, byId(known), aPolicy(), now);
    return {
      row: decided.changed.get('a') ?? known,
      told: decided.messages.map(({ channel, alerts }) => [channel, alerts[0]?.draft]) as [
        string,
        NonNullable<(typeof decided.messages)[0]['alerts'][0]>['draft'],
      ][],
    };
  };

  it.each([
    ['two weeks later', 14],
    ['a month later', 30],
    ['a day and an hour later', 1 + 1 / 24],
  ])('%s: its steps are due anew, and the card says so', (_, days) => {
    const old = at(0.5);
    const known = kept(old, old, { deliveries: steps('new', 'escalation:7d', 'escalation:24h') });
    const listed = old + days * DAY;
    const { row, told } = drafts(known, listed, listed - 7 * DAY > NOW ? NOW : NOW);
    expect(row.deliveries.some(({ alert }) => alert === 'escalation:24h')).toBe(false);
    const later = drafts(row, listed, Math.max(NOW, listed - 7 * DAY)).told[0] ?? told[0];
    expect(later?.[1].step?.name).toBe(days < 2 ? '3d' : '7d');
    expect(later?.[1].movedFrom).toBe(old);
  });

  it('by a day or less: what was told counts', () => {
    const known = kept(at(0.5), at(0.5), { deliveries: steps('escalation:24h') });
    const { row, told } = drafts(known, at(1.5));
    expect(row.deliveries).toEqual([{ ...aDelivery({ alert: 'escalation:24h' }), expiry: at(0.5) }]);
    expect(told.map(([channel]) => channel)).toEqual([]);
  });

  it('in small moves, until they are more than a day together', () => {
    let known = kept(at(0.5), at(0.5), { deliveries: steps('escalation:24h') });
    for (const days of [0.8, 1.1, 1.4, 1.6]) known = drafts(known, at(days)).row;
    expect(known.deliveries.map(({ alert }) => alert)).toEqual(['moved:24h']);
  });

  it('to an earlier day: the step due then is told, and says what was told before', () => {
    const known = kept(at(10), at(10), { deliveries: steps('new') });
    const [first] = drafts(known, at(2)).told;
    expect([first?.[1].step?.name, first?.[1].movedFrom]).toEqual(['3d', at(10)]);
  });

  it('says it once', () => {
    const known = kept(at(10), at(10), { deliveries: steps('new') });
    const { row } = drafts(known, at(2));
    const told = { ...row, deliveries: [...row.deliveries, aDelivery({ alert: 'escalation:3d', at: NOW })] };
    const critical = drafts(told, at(2), at(1.5)).told.find(([channel]) => channel === 'teams');
    expect([critical?.[1].step?.name, critical?.[1].movedFrom]).toEqual(['24h', null]);
  });

  it('drops a step that was still to be told', () => {
    const waiting: Delivery = aDelivery({ alert: 'escalation:24h', state: 'retry', retryAt: NOW + HOUR });
    expect(
      drafts(kept(at(0.5), at(0.5), { deliveries: [...steps('new'), waiting] }), at(14)).row.deliveries.map(
        ({ alert }) => alert,
      ),
    ).toEqual(['new']);
  });
});

describe('still pending a day after its expiry', () => {
  const told = (now: number, deliveries: readonly Delivery[], over = {}) => {
    const known = kept(null, null, { expiry: ESTIMATED, deliveries });
    const seen = sightings([{ id: 'a', type: null, createdAt: CREATED, listed: null }], over);
    return plan(seen, byId(known), aPolicy(), now).messages.map(({ channel, alerts: [alert] }) => [
      channel,
      alert?.draft.step?.name,
      alert?.draft.step?.severity,
      alert?.draft.datePassed,
    ]);
  };
  const before = ['teams', 'oncall'].map(channel => aDelivery({ channel, alert: 'escalation:24h' }));
  const passed = ['teams', 'oncall'].map(channel => aDelivery({ channel, alert: 'escalation:passed' }));

  it('is told once more, as critical, everywhere', () => {
    expect(told(ESTIMATED.at + DAY - 1, before)).toEqual([]);
    const expected = ['teams', 'oncall'].map(channel => [channel, 'passed', 'critical', true]);
    expect(told(ESTIMATED.at + DAY, before)).toEqual(expected);
    expect(told(ESTIMATED.at + 40 * DAY, before)).toEqual(expected);
    expect(told(ESTIMATED.at + 2 * DAY, passed)).toEqual([]);
  });

  it('is not told while our clock is ahead', () => {
    expect(told(ESTIMATED.at + 2 * DAY, before, { clock: 'ahead' })).toEqual([]);
  });

  it('rests until that day and no longer', () => {
    const known = kept(null, null, { expiry: ESTIMATED, deliveries: before });
    expect(restOf(known, aPolicy(), ESTIMATED.at + HOUR)?.until).toBe(ESTIMATED.at + DAY);
  });
});

it('says that the creation is unsure, and estimates from the day before it was first seen', () => {
  const seen = sightings([{ id: 'a', type: null, createdAt: null, listed: null }]);
  const { changed, messages } = plan(seen, new Map(), aPolicy(), NOW);
  expect(changed.get('a')?.expiry).toEqual({ at: Math.floor((NOW + 13 * DAY) / DAY) * DAY, source: 'estimated' });
  expect(messages[0]?.alerts[0]?.draft.createdUnsure).toBe(true);
});
