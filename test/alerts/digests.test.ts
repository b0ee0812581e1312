import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Due, endedStorms, type Parcel, type Parcelling, parcelled } from '../../src/alerts/digests.ts';
import { DAY, HOUR } from '../../src/base/instant.ts';
import type { AlertKind, EscalationStep } from '../../src/model/alert.ts';
import { isExit, orderOf } from '../../src/model/alert-kinds.ts';

const WEEK: EscalationStep = { name: '7d', before: 7 * DAY, severity: 'reminder' };
const THREE_DAYS: EscalationStep = { name: '3d', before: 3 * DAY, severity: 'warning' };
const LAST_DAY: EscalationStep = { name: '24h', before: DAY, severity: 'critical' };
const STEPS = [WEEK, THREE_DAYS, LAST_DAY];

const HOW: Parcelling<Due> = {
  digestAbove: 3,
  steps: STEPS,
  fits: alerts => alerts.length <= 5,
  keepsIncidents: channel => channel === 'pager',
  stormKey: 'storm/now',
};

function due(id: number, kind: AlertKind, step: EscalationStep | null = null, over: Partial<Due> = {}): Due {
  const expiry = { at: 1_000_000_000_000 + id * HOUR, source: 'reported' as const };
  return {
    channel: 'teams',
    draft: { kind, step, referralId: `lead-${String(id).padStart(3, '0')}`, expiry },
    ...over,
  };
}
const many = (count: number, kind: AlertKind, step: EscalationStep | null = null, over: Partial<Due> = {}, from = 0) =>
  Array.from({ length: count }, (_, i) => due(from + i, kind, step, over));

/** `digest new 4`, `storm/now escalation 2`: form or key, kind and how many. */
const shapes = (parcels: readonly Parcel<Due>[]) =>
  parcels.map(parcel => {
    const [first] = parcel.alerts;
    return `${parcel.form === 'storm' ? parcel.key : parcel.form} ${first?.draft.kind} ${parcel.alerts.length}`;
  });

describe('a channel that people read', () => {
  it.each<[string, Due[], string[]]>([
    ['as many as people read one by one', many(3, 'new'), ['single new 1', 'single new 1', 'single new 1']],
    ['more of one kind', many(4, 'new'), ['digest new 4']],
    ['more of a severity', many(4, 'escalation', THREE_DAYS), ['digest escalation 4']],
    [
      'few of each of many kinds',
      [...many(2, 'new'), ...many(2, 'answered')],
      ['single new 1', 'single new 1', 'single answered 1', 'single answered 1'],
    ],
    ['many exits', many(9, 'expired'), ['digest expired 9']],
    [
      'many critical ones: all in rows',
      many(12, 'escalation', LAST_DAY),
      ['named escalation 5', 'named escalation 5', 'named escalation 2'],
    ],
    [
      'few critical ones among many others',
      [...many(3, 'escalation', LAST_DAY), ...many(9, 'new', null, {}, 50)],
      ['single escalation 1', 'single escalation 1', 'single escalation 1', 'digest new 9'],
    ],
    [
      'what was tried by itself stays by itself',
      [...many(4, 'new'), ...many(2, 'new', null, { alone: true }, 50)],
      ['single new 1', 'single new 1', 'digest new 4'],
    ],
  ])('%s', (_, alerts, expected) => {
    expect(shapes(parcelled(alerts.toReversed(), HOW)).toSorted()).toEqual(expected.toSorted());
  });

  it('shows the most urgent first, and sends first what can still be answered', () => {
    const parcels = parcelled(
      [
        ...many(4, 'answered'),
        ...many(4, 'new', null, {}, 10),
        ...many(4, 'escalation', WEEK, {}, 30),
        ...many(4, 'escalation', LAST_DAY, {}, 20),
      ],
      HOW,
    );
    expect(shapes(parcels)).toEqual(['named escalation 4', 'digest escalation 4', 'digest new 4', 'digest answered 4']);
    expect(parcels[2]?.alerts.map(({ draft }) => draft.referralId)).toEqual([
      'lead-010',
      'lead-011',
      'lead-012',
      'lead-013',
    ]);
  });

  it('names the last step where none is critical', () => {
    const steps = [WEEK, { ...THREE_DAYS, severity: 'reminder' as const }];
    const parcels = parcelled([...many(6, 'escalation', steps[1]), ...many(2, 'escalation', WEEK, {}, 40)], {
      ...HOW,
      steps,
    });
    expect(shapes(parcels)).toEqual(['named escalation 5', 'named escalation 1', 'digest escalation 2']);
  });

  it('sends a row that fits nowhere by itself', () => {
    expect(shapes(parcelled(many(4, 'escalation', LAST_DAY), { ...HOW, fits: () => false }))).toEqual(
      Array(4).fill('named escalation 1'),
    );
  });
});

describe('a pager', () => {
  const page = (over: Partial<Due> = {}) => ({ channel: 'pager', ...over });
  it.each<[string, Due[], string[]]>([
    ['an incident each', many(3, 'escalation', LAST_DAY, page()), Array(3).fill('single escalation 1')],
    [
      'one more for the rest',
      many(25, 'escalation', LAST_DAY, page()),
      [...Array(3).fill('single escalation 1'), 'storm/now escalation 22'],
    ],
    [
      'a retry keeps its key',
      many(22, 'escalation', LAST_DAY, page({ storm: 'storm/old' })),
      ['storm/old escalation 22'],
    ],
    [
      'what comes while it waits joins it',
      [
        ...many(5, 'escalation', LAST_DAY, page({ storm: 'storm/old' })),
        ...many(5, 'escalation', LAST_DAY, page(), 50),
      ],
      [...Array(3).fill('single escalation 1'), 'storm/old escalation 7'],
    ],
    [
      'what has an incident of its own keeps it, and takes room',
      [...many(2, 'escalation', LAST_DAY, page({ alone: true })), ...many(3, 'escalation', LAST_DAY, page(), 50)],
      [...Array(3).fill('single escalation 1'), 'storm/now escalation 2'],
    ],
    [
      'each end by itself, whatever their number',
      many(5, 'answered', null, page()),
      Array(5).fill('single answered 1'),
    ],
    ['one end for a shared incident', many(5, 'expired', null, page({ storm: 'storm/old' })), ['storm/old expired 5']],
  ])('%s', (_, alerts, expected) => {
    expect(shapes(parcelled(alerts, HOW))).toEqual(expected);
  });

  it('gives an incident of their own to the most urgent', () => {
    const [first, , , rest] = parcelled(many(5, 'escalation', LAST_DAY, page()).toReversed(), HOW);
    expect(first?.alerts[0]?.draft.referralId).toBe('lead-000');
    expect(rest?.alerts.map(({ draft }) => draft.referralId)).toEqual(['lead-003', 'lead-004']);
  });

  it('ends a shared incident when the last of its referrals has left', () => {
    const members = (...left: boolean[]) => left.map(hasLeft => ({ storm: 'a', hasLeft }));
    expect([...endedStorms([...members(true, false), { storm: 'b', hasLeft: true }])]).toEqual(['b']);
    expect([...endedStorms(members(true, true))]).toEqual(['a']);
    expect([...endedStorms(members(false, true))]).toEqual([]);
  });
});

const anyDue: fc.Arbitrary<Due[]> = fc
  .array(
    fc.record({
      what: fc.constantFrom<[AlertKind, EscalationStep | null][]>(
        ['new', null],
        ['escalation', WEEK],
        ['escalation', LAST_DAY],
        ['answered', null],
        ['gone', null],
      ),
      channel: fc.constantFrom('teams', 'pager'),
      memory: fc.constantFrom<Partial<Due>[]>({}, {}, { alone: true }, { storm: 'storm/old' }),
    }),
    { maxLength: 80 },
  )
  .map(drawn =>
    drawn.map(({ what: [kind, step], channel, memory }, i) =>
      due((i * 37) % 101, kind, step, { channel, ...(channel === 'pager' || memory.alone ? memory : {}) }),
    ),
  );

it('loses nothing, repeats nothing, names what is urgent, and stays within bounds', () => {
  fc.assert(
    fc.property(anyDue, fc.integer({ min: 0, max: 6 }), fc.integer({ min: 1, max: 6 }), (alerts, digestAbove, rows) => {
      const fits = (some: readonly Due[]) => some.length <= rows;
      const parcels = parcelled(alerts, { ...HOW, digestAbove, fits });
      const sent = parcels.flatMap(parcel => parcel.alerts);
      expect(sent).toHaveLength(alerts.length);
      expect(new Set(sent)).toEqual(new Set(alerts));

      const teams = parcels.filter(({ channel }) => channel === 'teams');
      for (const { form, alerts: told } of teams) {
        if (told.some(({ draft }) => draft.step?.severity === 'critical')) expect(form).not.toBe('digest');
        if (form === 'named') expect(fits(told)).toBe(true);
        if (form === 'single') expect(told).toHaveLength(1);
        expect(new Set(told.map(({ draft }) => orderOf(draft))).size).toBe(1);
      }
      const digests = teams
        .filter(({ form }) => form === 'digest')
        .map(({ alerts: [first] }) => first && orderOf(first.draft));
      expect(digests).toEqual([...new Set(digests)]);
      const places = teams.map(({ alerts: [first] }) => (first ? orderOf(first.draft) : 0));
      expect(places).toEqual(places.toSorted((a, b) => a - b));

      const pages = parcels.filter(
        ({ channel, alerts: told }) => channel === 'pager' && !told.some(({ draft }) => isExit(draft)),
      );
      const own = alerts.filter(({ channel, draft, alone }) => channel === 'pager' && alone && !isExit(draft)).length;
      expect(pages.length).toBeLessThanOrEqual(Math.max(own, digestAbove) + 1);

      const again = parcelled(alerts.toReversed(), { ...HOW, digestAbove, fits });
      expect(new Set(again.map(parcel => JSON.stringify(parcel)))).toEqual(
        new Set(parcels.map(parcel => JSON.stringify(parcel))),
      );
    }),
    { numRuns: 300 },
  );
});
