import { describe, expect, it, test } from 'vitest';
import { nextAttemptAt, nextTryAt, withinReason } from '../../src/alerts/backoff.ts';
import { afterAnswer, countedAs } from '../../src/alerts/channel-states.ts';
import { afterOutcome, afterPutOff } from '../../src/alerts/deliveries.ts';
import { isFreshReservation, settledByDoubt } from '../../src/alerts/due.ts';
import { isTold } from '../../src/alerts/told.ts';
import { DAY, HOUR, MINUTE } from '../../src/base/instant.ts';
import { aCheckpoint, aDelivery, NOW } from './builders.ts';

describe('a wait', () => {
  test.each([
    [1, 10 * DAY, undefined, 1],
    [2, 10 * DAY, undefined, 5],
    [3, 10 * DAY, undefined, 15],
    [4, 10 * DAY, undefined, 60],
    [9, 10 * DAY, undefined, 60],
    [4, 2 * HOUR, undefined, 30],
    [3, 40 * MINUTE, undefined, 10],
    [2, 3 * MINUTE, undefined, 1],
    [1, 10 * DAY, DAY, 60],
    [1, 2 * HOUR, DAY, 30],
    [1, 10 * DAY, 2 * MINUTE, 2],
    [4, 10 * DAY, 0, 1],
    [4, -HOUR, undefined, 60],
  ])('after attempt %i with %i ms left, named %s: %i minutes', (attempts, left, named, minutes) => {
    expect(nextAttemptAt(attempts, NOW, left, named && NOW + named)).toBe(NOW + minutes * MINUTE);
  });
  test.each([
    [10 * DAY, 60],
    [2 * HOUR, 30],
    [2 * MINUTE, 1],
    [-DAY, 60],
  ])('for a refusing channel with %i ms left: %i minutes', (left, minutes) => {
    expect(nextTryAt(NOW, left)).toBe(NOW + minutes * MINUTE);
  });
  test.each([
    [10 * MINUTE, 10 * DAY, 10],
    [10 * MINUTE, 25 * MINUTE, 6.25],
    [10 * MINUTE, 8 * MINUTE, 3],
    [2 * MINUTE, MINUTE, 2],
    [10 * MINUTE, -DAY, 10],
  ])('of another run, %i ms with %i ms left, is %d minutes at most', (wait, left, minutes) => {
    expect(withinReason(wait, left)).toBe(minutes * MINUTE);
  });
});

describe('a reservation', () => {
  const at = (age: number) => aDelivery({ state: 'sending', at: NOW - age });
  test.each([
    [0, 10 * DAY, true],
    [10 * MINUTE - 1, 10 * DAY, true],
    [10 * MINUTE, 10 * DAY, false],
    [-10 * MINUTE, 10 * DAY, true],
    [-10 * MINUTE - 1, 10 * DAY, false],
    [5 * MINUTE, 20 * MINUTE, true],
    [7 * MINUTE, 18 * MINUTE, false],
  ])('made %i ms ago with %i ms left is fresh: %s', (age, left, fresh) => {
    expect(isFreshReservation(at(age), NOW + left, NOW)).toBe(fresh);
  });
});

describe('what is told', () => {
  const expiry = NOW + 10 * DAY;
  test.each([
    [{ state: 'delivered' }, true],
    [{ state: 'accepted', at: NOW - HOUR + 1 }, true],
    [{ state: 'accepted', at: NOW - HOUR }, false],
    [{ state: 'accepted', at: NOW - HOUR, byDoubt: true }, true],
    [{ state: 'doubtful', doubts: 2 }, false],
    [{ state: 'doubtful', doubts: 3, byDoubt: true }, true],
    [{ state: 'retry' }, false],
    [{ state: 'refused' }, false],
    [{ state: 'rejected' }, false],
    [{ state: 'sending' }, false],
  ] as const)('%o: %s', (over, told) => {
    expect(isTold(aDelivery(over), expiry, NOW)).toBe(told);
  });
  test('what its carrier has for a quarter of the time that was left is not told any more', () => {
    const accepted = aDelivery({ state: 'accepted', at: NOW - 10 * MINUTE });
    expect(isTold(accepted, NOW + 30 * MINUTE + 1, NOW)).toBe(true);
    expect(isTold(accepted, NOW + 30 * MINUTE, NOW)).toBe(false);
  });
});

describe('after an outcome', () => {
  const marked = aDelivery({ state: 'sending', at: NOW });
  const stands = (over: object, outcome: Parameters<typeof afterOutcome>[1], silent = false) =>
    afterOutcome({ ...marked, ...over }, outcome, { now: NOW, left: 10 * DAY, silent });

  test('doubt counts to three, and once where nobody answers in time', () => {
    const no = { state: 'doubtful', reason: 'no answer' } as const;
    expect(stands({}, no)).toMatchObject({ state: 'doubtful', doubts: 1, repeat: true, retryAt: NOW + MINUTE });
    expect(stands({ doubts: 1, attempts: 2 }, no)).toMatchObject({ doubts: 2, retryAt: NOW + 5 * MINUTE });
    const third = stands({ doubts: 2, attempts: 3 }, no);
    expect(third).toMatchObject({ doubts: 3, byDoubt: true });
    expect(third.retryAt).toBeUndefined();
    expect(stands({}, no, true)).toMatchObject({ doubts: 1, byDoubt: true });
  });

  test('a plain failure after doubt is still perhaps a repeat', () => {
    expect(stands({ repeat: true }, { state: 'retry', reason: 'HTTP 503' })).toMatchObject({ repeat: true });
  });

  test('a carrier that closed what it had accepted gets its plainest form at once, as a new operation, then hourly', () => {
    const failed = { state: 'rejected', reason: 'ACS: Failed', afterAcceptance: true } as const;
    expect(stands({}, failed)).toMatchObject({ state: 'rejected', plain: true, round: 1, retryAt: NOW });
    expect(stands({ plain: true, round: 1 }, failed)).toMatchObject({ plain: true, round: 2, retryAt: NOW + HOUR });
  });

  test('recipients who are left are kept, and a mail that others have stays delivered whatever becomes of them', () => {
    const recipients = { later: ['x'], never: [], reason: 'SMTP 450' };
    expect(stands({}, { state: 'delivered', reference: '<1@a>', recipients })).toMatchObject({
      state: 'delivered',
      again: ['x'],
      retryAt: NOW + MINUTE,
    });
    for (const state of ['retry', 'refused', 'rejected'] as const)
      expect(stands({ again: ['x'] }, { state, reason: 'no' })).toMatchObject({ state: 'delivered', again: ['x'] });
    expect(stands({ again: ['x'] }, { state: 'doubtful', reason: 'no' }).again).toBeUndefined();
    expect(stands({ again: ['x'] }, { state: 'delivered' }).again).toBeUndefined();
  });
});

test('what is put off keeps what it was: neither an attempt nor a plain retry', () => {
  const marked = aDelivery({ state: 'sending', attempts: 3, at: NOW, run: 'r' });
  const sending = (before: ReturnType<typeof aDelivery> | undefined) => ({
    referralId: 'a',
    channel: 'teams',
    alert: 'new',
    before,
    marked,
  });
  const dead = aDelivery({ state: 'sending', attempts: 2 });
  expect(afterPutOff(sending(dead), NOW + HOUR)).toBe(dead);
  const refused = aDelivery({ state: 'refused', attempts: 2, retryAt: NOW });
  expect(afterPutOff(sending(refused), NOW + HOUR)).toEqual({ ...refused, retryAt: NOW + HOUR });
  expect(afterPutOff(sending(refused), NOW)).toBe(refused);
  expect(afterPutOff(sending(undefined), NOW + HOUR)).toMatchObject({
    state: 'retry',
    attempts: 0,
    retryAt: NOW + HOUR,
  });
});

test('what its carrier left without an end a second time is told by doubt', () => {
  const once = aCheckpoint('a', 10 * DAY, [aDelivery({ state: 'accepted', at: NOW - HOUR })]);
  expect(settledByDoubt(once, NOW)).toBe(once);
  const twice = aCheckpoint('a', 10 * DAY, [aDelivery({ state: 'accepted', at: NOW - HOUR, anew: true })]);
  expect(settledByDoubt(twice, NOW).deliveries).toMatchObject([{ state: 'accepted', byDoubt: true }]);
  expect(settledByDoubt(twice, NOW - 1)).toBe(twice);
});

it('one rejected message accuses nobody, two different ones the channel, and any that is taken clears it', () => {
  const mark = { mark: undefined, now: NOW };
  const rejected = { state: 'rejected', reason: 'HTTP 400' } as const;
  const first = afterAnswer({}, { message: 'a', outcome: countedAs({}, 'a', rejected), byDoubt: false }, mark);
  expect(first).toEqual({ rejected: 'a' });
  expect(countedAs(first, 'a', rejected).state).toBe('rejected');
  const counted = countedAs(first, 'b', rejected);
  expect(counted.state).toBe('refused');
  const refusing = afterAnswer(first, { message: 'b', outcome: counted, byDoubt: false }, mark);
  expect(refusing.refusing).toMatchObject({ since: NOW, last: 'b' });
  const retried = afterAnswer(
    refusing,
    { message: 'c', outcome: { state: 'retry', reason: '503' }, byDoubt: false },
    mark,
  );
  expect(retried.refusing).toMatchObject({ since: NOW, last: 'c' });
  expect(afterAnswer(refusing, { message: 'c', outcome: { state: 'delivered' }, byDoubt: false }, mark)).toEqual({});
});
