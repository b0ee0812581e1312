import { expect, it } from 'vitest';
import { DAY, HOUR } from '../../src/base/instant.ts';
import { createTally } from '../../src/poll/tally.ts';
import { aCheckpoint, aDelivery, NOW } from '../alerts/builders.ts';

it.each([
  ['of those that are still to come', [3 * DAY, 2 * DAY], 2 * DAY],
  ['and not one whose date has passed, though it is listed still', [-HOUR, -2 * DAY, 4 * DAY], 4 * DAY],
  ['and not one that expires this very moment', [0, 5 * DAY], 5 * DAY],
  ['or none', [-HOUR], null],
] as const)('tells the next expiry %s', (_, expiries, next) => {
  for (const resting of [true, false]) {
    const tally = createTally(NOW);
    for (const expiresIn of expiries) {
      if (resting) tally.addResting(NOW + expiresIn);
      else tally.add(aCheckpoint(`a${expiresIn}`, expiresIn, [aDelivery()]));
    }
    expect(tally.figures()).toMatchObject({
      pending: expiries.length,
      nextExpiryAt: next === null ? null : NOW + next,
    });
  }
});

it('counts what is over neither as pending nor as soon, but what it waits for', () => {
  const tally = createTally(NOW);
  const waiting = aDelivery({ alert: 'answered', state: 'retry', retryAt: NOW + HOUR });
  tally.add({ ...aCheckpoint('a', DAY, [waiting]), exit: 'accepted' });
  tally.add(aCheckpoint('b', 2 * DAY, [aDelivery()]));
  expect(tally.figures()).toMatchObject({ pending: 1, nextExpiryAt: NOW + 2 * DAY, undelivered: 1 });
  expect(tally.soon()).toEqual({ within1Day: 0, within3Days: 1, within7Days: 1 });
});

it('names when it must look again, and no time while something is outstanding', () => {
  const tally = createTally(NOW);
  tally.lookAgainAt(NOW + DAY);
  tally.add({ ...aCheckpoint('a', 9 * DAY, [aDelivery()]), rest: { until: NOW + 2 * DAY, under: '' } });
  expect(tally.figures().nextLookAt).toBe(NOW + DAY);
  tally.add(aCheckpoint('b', 9 * DAY, [aDelivery({ state: 'refused' })]));
  expect(tally.figures().nextLookAt).toBeNull();
});
