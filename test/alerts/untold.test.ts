import { describe, expect, it } from 'vitest';
import { needsLastResort, untoldOf } from '../../src/alerts/untold.ts';
import { DAY, HOUR, MINUTE } from '../../src/base/instant.ts';
import type { Checkpoint, Delivery } from '../../src/model/checkpoint.ts';
import { LAST_RESORT } from '../../src/model/checkpoint.ts';
import { aCheckpoint, aDelivery, aPolicy, NOW } from './builders.ts';

const policy = aPolicy();
const untold = (checkpoint: Checkpoint, channels = policy.channels) =>
  untoldOf([checkpoint], { ...policy, channels }, NOW).map(({ alert }) => alert);

/** A delivery of what is due at that time before the expiry. */
const tried = (over: Partial<Delivery>) =>
  aDelivery({ state: 'refused', at: NOW - MINUTE, since: NOW - HOUR, ...over });

describe('untold is a pending referral', () => {
  it.each<[string, number, readonly Delivery[], readonly string[]]>([
    ['that its channel refuses for an hour', 10 * DAY, [tried({})], ['new']],
    ['that is put off for an hour', 10 * DAY, [tried({ state: 'retry' })], ['new']],
    ['whose message was rejected', 10 * DAY, [tried({ state: 'rejected' })], ['new']],
    ['whose sender died', 10 * DAY, [tried({ state: 'sending' })], ['new']],
    ['not before 30 minutes have gone', 10 * DAY, [tried({ since: NOW - 29 * MINUTE })], []],
    [
      'but for what waits a quarter of what was left',
      45 * MINUTE,
      [tried({ alert: 'escalation:24h', since: NOW - 15 * MINUTE })],
      ['escalation:24h'],
    ],
    ['not what was told', 10 * DAY, [tried({ state: 'delivered' })], []],
    ['not what its carrier has had for less than an hour', 10 * DAY, [tried({ state: 'accepted' })], []],
    [
      'but what its carrier has had for longer',
      10 * DAY,
      [tried({ state: 'accepted', at: NOW - 61 * MINUTE })],
      ['new'],
    ],
    ['not what is told by doubt', 10 * DAY, [tried({ state: 'doubtful', byDoubt: true })], []],
    [
      'told as new, but not of its step',
      6 * DAY,
      [tried({ state: 'delivered' }), tried({ alert: 'escalation:7d' })],
      ['escalation:7d'],
    ],
    ['not one that heard more than is due', 6 * DAY, [tried({ alert: 'escalation:24h', state: 'delivered' })], []],
    [
      'of which only on-call has heard',
      6 * HOUR,
      [tried({ channel: 'oncall', alert: 'escalation:24h', state: 'delivered' }), tried({ alert: 'escalation:24h' })],
      ['escalation:24h'],
    ],
  ])('%s', (_, expiresIn, deliveries, wanted) => {
    expect(untold(aCheckpoint('a', expiresIn, deliveries))).toEqual(wanted);
  });

  it('that any of its sales channels has been told of is none', () => {
    const channels = [...policy.channels, { id: 'email', audience: 'sales' as const }];
    const told = aDelivery({ channel: 'email' });
    expect(untold(aCheckpoint('a', 10 * DAY, [tried({}), told]), channels)).toEqual([]);
    expect(untold(aCheckpoint('a', 10 * DAY, [tried({}), told]))).toEqual(['new']);
  });

  it('also where there is no channel at all', () => {
    expect(untold(aCheckpoint('a', 10 * DAY), [])).toEqual(['new']);
  });

  it('and not one that has left, nor one whose colleague has taken the reminder upon them', () => {
    expect(untold({ ...aCheckpoint('a', 10 * DAY, [tried({})]), exit: 'accepted' })).toEqual([]);
    const claimed = { by: 'x', name: 'X', at: NOW - DAY, until: NOW + DAY };
    expect(untold({ ...aCheckpoint('a', 6 * DAY, [aDelivery()]), claim: claimed })).toEqual([]);
  });
});

describe('the last resort', () => {
  const needs = (expiresIn: number, marks: readonly Delivery[] = [], over = policy) =>
    untoldOf([aCheckpoint('a', expiresIn, [tried({ alert: 'escalation:24h' }), tried({}), ...marks])], over, NOW).some(
      each => needsLastResort(each, over, NOW),
    );
  const mark = (over: Partial<Delivery>) => aDelivery({ channel: LAST_RESORT, alert: 'escalation:24h', ...over });

  it('is for the last day, or what is past its critical step', () => {
    expect(needs(23 * HOUR)).toBe(true);
    expect(needs(25 * HOUR)).toBe(false);
    const early = { ...policy, steps: [{ name: '48h', before: 2 * DAY, severity: 'critical' as const }] };
    expect(needs(25 * HOUR, [], early)).toBe(true);
    expect(needs(-HOUR)).toBe(false);
  });

  it('is once a step, until somebody took it', () => {
    expect(needs(HOUR, [mark({ state: 'delivered' })])).toBe(false);
    expect(needs(HOUR, [mark({ state: 'doubtful', byDoubt: true })])).toBe(false);
    expect(needs(HOUR, [mark({ alert: 'new' })])).toBe(true);
    expect(needs(HOUR, [mark({ state: 'refused' })])).toBe(true);
    expect(needs(HOUR, [mark({ state: 'sending', at: NOW - MINUTE })])).toBe(false);
    expect(needs(HOUR, [mark({ state: 'sending', at: NOW - 20 * MINUTE })])).toBe(true);
  });
});
