import { describe, expect, it } from 'vitest';
import { plan } from '../../src/alerts/plan.ts';
import { restOf } from '../../src/alerts/rest.ts';
import type { Sightings } from '../../src/alerts/sightings.ts';
import { DAY, HOUR, MINUTE } from '../../src/base/instant.ts';
import type { Checkpoint, Delivery } from '../../src/model/checkpoint.ts';
import type { Exit } from '../../src/model/exit.ts';
import { aCheckpoint, aDelivery, aPolicy, aSighting, byId, NOW, sightings } from './builders.ts';

/** What a plan tells, as `channel alert reason`. */
function told(seen: Sightings, known: Map<string, Checkpoint> = new Map(), policy = aPolicy(), now = NOW): string[] {
  return plan(seen, known, policy, now).messages.map(({ channel, form, alerts }) => {
    const [alert] = alerts;
    if (form !== 'single' || !alert) return `${channel} ${form} ${alerts.length}`;
    const { kind, step, firstTold, mayBeRepeat } = alert.draft;
    const marks = [firstTold && 'first', mayBeRepeat && 'repeat'].filter(Boolean);
    return [channel, step ? `${kind}:${step.name}` : kind, alert.reason, ...marks].join(', ');
  });
}

const fresh = aDelivery({ state: 'sending', at: NOW - 9 * MINUTE });
const stale = aDelivery({ state: 'sending', at: NOW - 11 * MINUTE });

describe('what is told of one pending referral', () => {
  const cases: readonly [
    what: string,
    expiresIn: number,
    deliveries: readonly Delivery[],
    expected: readonly string[],
  ][] = [
    ['a new one', 13 * DAY, [], ['teams, new, first seen']],
    ['one that was told', 13 * DAY, [aDelivery()], []],
    ['one first seen inside a step', 5 * DAY, [], ['teams, escalation:7d, step reached, first']],
    [
      'one first seen at critical',
      5 * HOUR,
      [],
      ['teams, escalation:24h, step reached, first', 'oncall, escalation:24h, step reached, first'],
    ],
    [
      'one told before that is critical: no news to on-call either',
      5 * HOUR,
      [aDelivery()],
      ['teams, escalation:24h, step reached', 'oncall, escalation:24h, step reached'],
    ],
    ['one that reached a step', 7 * DAY, [aDelivery()], ['teams, escalation:7d, step reached']],
    ['one a moment before a step', 7 * DAY + 1, [aDelivery()], []],
    ['one that skipped a step', 2 * DAY, [aDelivery()], ['teams, escalation:3d, step reached']],
    ['one told at a later step', 5 * DAY, [aDelivery({ alert: 'escalation:3d' })], []],
    [
      'one whose expiry has passed by our estimate',
      -HOUR,
      [aDelivery({ alert: 'escalation:24h' }), aDelivery({ alert: 'escalation:24h', channel: 'oncall' })],
      [],
    ],
    ['one that another run is sending', 13 * DAY, [fresh], []],
    ['one whose sender died', 13 * DAY, [stale], ['teams, new, sender died, repeat']],
    ['one to retry later', 13 * DAY, [aDelivery({ state: 'retry', retryAt: NOW + 1 })], []],
    ['one to retry now', 13 * DAY, [aDelivery({ state: 'retry', retryAt: NOW })], ['teams, new, retry is due']],
    [
      'one to retry later that reached a step',
      6 * DAY,
      [aDelivery({ state: 'retry', retryAt: NOW + HOUR })],
      ['teams, escalation:7d, step reached, first'],
    ],
    ['one that was refused', 13 * DAY, [aDelivery({ state: 'refused', retryAt: NOW })], ['teams, new, retry is due']],
    ['one to be tried later', 13 * DAY, [aDelivery({ state: 'refused', retryAt: NOW + 1 })], []],
    [
      'one that the edition before had rejected',
      13 * DAY,
      [aDelivery({ state: 'rejected' })],
      ['teams, new, retry is due'],
    ],
    [
      'one that may have arrived',
      13 * DAY,
      [aDelivery({ state: 'doubtful', doubts: 1, retryAt: NOW })],
      ['teams, new, retry is due, repeat'],
    ],
    ['one told by doubt', 13 * DAY, [aDelivery({ state: 'doubtful', doubts: 3, byDoubt: true })], []],
    [
      'one that was rejected and reached a step',
      6 * DAY,
      [aDelivery({ state: 'rejected' })],
      ['teams, escalation:7d, step reached, first'],
    ],
    [
      'one that the carrier has accepted',
      13 * DAY,
      [aDelivery({ state: 'accepted', reference: 'op', at: NOW - HOUR + 1 })],
      [],
    ],
    [
      'one that its carrier accepted an hour ago',
      13 * DAY,
      [aDelivery({ state: 'accepted', reference: 'op' })],
      ['teams, new, no end named, repeat'],
    ],
  ];
  it.each(cases)('%s', (_what, expiresIn, deliveries, expected) => {
    const known = deliveries.length > 0 ? byId(aCheckpoint('a', expiresIn, deliveries)) : new Map();
    expect(told(sightings([aSighting('a', expiresIn)]), known)).toEqual(expected);
  });

  it('is quiet below critical while somebody has claimed or snoozed it, and told the step then due after', () => {
    const known = (more: Partial<Checkpoint>, expiresIn: number) =>
      byId({ ...aCheckpoint('a', expiresIn, [aDelivery(), aDelivery({ alert: 'escalation:7d' })]), ...more });
    const claim = { by: 'x', name: 'X', at: NOW, until: NOW + HOUR };
    const seen = (expiresIn: number) => sightings([aSighting('a', expiresIn)]);
    expect(told(seen(2 * DAY), known({ claim }, 2 * DAY))).toEqual([]);
    expect(told(seen(2 * DAY), known({ snoozedUntil: NOW + 1 }, 2 * DAY))).toEqual([]);
    expect(told(seen(5 * HOUR), known({ claim }, 5 * HOUR))).toHaveLength(2);
    const over = { claim: { ...claim, until: NOW } };
    expect(told(seen(2 * DAY), known(over, 2 * DAY))).toEqual(['teams, escalation:3d, step reached']);
    expect(plan(seen(2 * DAY), known(over, 2 * DAY), aPolicy(), NOW).changed.get('a')?.claim).toBeUndefined();
  });
});

describe('a digest', () => {
  const many = (count: number, expiresIn = 13 * DAY) =>
    Array.from({ length: count }, (_, i) => aSighting(`r${i}`, expiresIn + i));

  it('gathers more than the limit, and not the limit itself', () => {
    expect(told(sightings(many(10)))).toHaveLength(10);
    expect(told(sightings(many(11)))).toEqual(['teams digest 11']);
  });

  it('is of one kind and severity', () => {
    const seen = sightings([...many(11), aSighting('urgent', 2 * DAY), aSighting('burning', HOUR)]);
    expect(told(seen)).toEqual([
      'teams, escalation:24h, step reached, first',
      'teams, escalation:3d, step reached, first',
      'teams digest 11',
      'oncall, escalation:24h, step reached, first',
    ]);
  });

  it('gathers the steps of what was told before as well', () => {
    const seen = many(12, 6 * DAY);
    const known = byId(...seen.map(({ id }, i) => aCheckpoint(id, 6 * DAY + i, [aDelivery({ digest: true })])));
    expect(told(sightings(seen), known)).toEqual(['teams digest 12']);
  });
});

it('forgets what was told of an exit when the referral is pending again', () => {
  const answered = [
    aDelivery({ alert: 'answered' }),
    aDelivery({ alert: 'answered', channel: 'oncall', state: 'retry' }),
  ];
  const known = byId({ ...aCheckpoint('a', 13 * DAY, [aDelivery(), ...answered]), exit: 'accepted' as const });
  const { changed, messages } = plan(sightings([aSighting('a', 13 * DAY)]), known, aPolicy(), NOW);
  expect(messages).toEqual([]);
  expect(changed.get('a')).toMatchObject({ deliveries: [{ alert: 'new' }] });
  expect(changed.get('a')?.exit).toBeUndefined();
});

describe('a referral that left the list', () => {
  const alone = aDelivery();
  const counted = aDelivery({ digest: true });
  const known = (deliveries: readonly Delivery[]) => byId(aCheckpoint('a', 5 * DAY, deliveries));
  const left = (answer: Exit | 'still open' | 'unknown', complete = true) =>
    sightings([], { complete, answers: new Map([['a', answer]]) });

  it.each([
    ['accepted', [alone], ['teams, answered, left pending']],
    ['declined', [alone], ['teams, answered, left pending']],
    ['won', [alone], ['teams, answered, left pending']],
    ['lost', [alone], ['teams, answered, left pending']],
    ['expired', [alone], ['teams, expired, left pending']],
    ['expired', [counted], ['teams, expired, left pending']],
    ['expired', [], ['teams, expired, left pending']],
    ['accepted', [counted], []],
    ['accepted', [aDelivery({ state: 'retry', retryAt: NOW })], []],
  ] as const)('%s', (exit, deliveries, expected) => {
    expect(told(left(exit), known(deliveries))).toEqual(expected);
    expect(plan(left(exit), known(deliveries), aPolicy(), NOW).toClose).toEqual(expected.length > 0 ? [] : ['a']);
  });

  it('tells on-call how it ended when on-call had heard of it', () => {
    const heard = known([alone, aDelivery({ alert: 'escalation:24h', channel: 'oncall' })]);
    expect(told(left('accepted'), heard)).toEqual(['teams, answered, left pending', 'oncall, answered, left pending']);
  });

  it('stays open and goes on escalating when it is still open or cannot be asked for', () => {
    const deliveries = [alone];
    expect(told(left('still open'), known(deliveries))).toEqual(['teams, escalation:7d, step reached']);
    const unknown = plan(left('unknown'), known(deliveries), aPolicy(), NOW);
    expect(unknown.toClose).toEqual([]);
    expect(unknown.messages[0]?.alerts[0]?.draft.unconfirmedSince).toBe(NOW - HOUR);
  });

  it('waits for the end of what a carrier has accepted before it closes', () => {
    const accepted = aDelivery({ alert: 'answered', state: 'accepted', reference: 'op', at: NOW - MINUTE });
    const row = (over: Partial<Delivery>) => ({
      ...aCheckpoint('a', DAY, [alone, { ...accepted, ...over }]),
      exit: 'accepted' as const,
    });
    const closed = (over: Partial<Delivery>) => plan(sightings([]), byId(row(over)), aPolicy(), NOW).toClose;
    expect(closed({})).toEqual([]);
    expect(closed({ state: 'delivered' })).toEqual(['a']);
    expect(closed({ anew: true, byDoubt: true })).toEqual(['a']);
  });

  it('waits for the last channel before it closes', () => {
    const waiting = {
      ...aCheckpoint('a', DAY, [alone, aDelivery({ alert: 'answered', state: 'retry', retryAt: NOW + 1 })]),
      exit: 'accepted' as const,
    };
    expect(plan(sightings([]), byId(waiting), aPolicy(), NOW)).toMatchObject({ messages: [], toClose: [] });
    expect(told(sightings([]), byId(waiting), aPolicy(), NOW + 1)).toEqual(['teams, answered, retry is due']);
  });
});

describe('a checkpoint at rest', () => {
  it('rests until its next step, and not while anything is outstanding', () => {
    const told = aCheckpoint('a', 13 * DAY, [aDelivery()]);
    expect(restOf(told, aPolicy(), NOW)?.until).toBe(NOW + 6 * DAY);
    expect(restOf(aCheckpoint('a', 7 * DAY + 1, [aDelivery()]), aPolicy(), NOW)?.until).toBe(NOW + 1);
    expect(restOf(aCheckpoint('a', 13 * DAY), aPolicy(), NOW)).toBeNull();
    expect(
      restOf(aCheckpoint('a', 13 * DAY, [aDelivery({ state: 'retry', retryAt: NOW })]), aPolicy(), NOW),
    ).toBeNull();
    expect(restOf(aCheckpoint('a', 5 * HOUR, [aDelivery()]), aPolicy(), NOW)).toBeNull();
  });

  it('wakes when a claim or a snooze ends', () => {
    const told = aCheckpoint('a', 13 * DAY, [aDelivery()]);
    const claim = { by: 'oid', name: 'Robin', at: NOW - HOUR, until: NOW + 2 * DAY };
    expect(restOf({ ...told, claim }, aPolicy(), NOW)?.until).toBe(NOW + 2 * DAY);
    expect(restOf({ ...told, snoozedUntil: NOW + DAY }, aPolicy(), NOW)?.until).toBe(NOW + DAY);
    expect(restOf({ ...told, claim, snoozedUntil: NOW + DAY }, aPolicy(), NOW)?.until).toBe(NOW + DAY);
    // One that is over has ended already.
    expect(restOf({ ...told, snoozedUntil: NOW - DAY }, aPolicy(), NOW)?.until).toBe(NOW + 6 * DAY);
  });

  it('is looked at again when a channel is added', () => {
    const policy = aPolicy();
    const checkpoint = aCheckpoint('a', 13 * DAY, [aDelivery()]);
    const rest = restOf(checkpoint, policy, NOW);
    const known = byId({ ...checkpoint, ...(rest && { rest }) });
    const seen = sightings([aSighting('a', 13 * DAY)]);
    expect(told(seen, known, policy)).toEqual([]);
    const wider = aPolicy({ channels: [...policy.channels, { id: 'email', audience: 'sales' }] });
    expect(told(seen, known, wider)).toEqual(['email, new, first seen']);
  });
});
