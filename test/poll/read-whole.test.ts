import { describe, expect, it } from 'vitest';
import type { Answer } from '../../src/alerts/sightings.ts';
import {
  NotAllowedError,
  PartnerCenterError,
  ReferralNotFoundError,
  SignInNeededError,
  ThrottledError,
  TimedOutError,
} from '../../src/model/errors.ts';
import { parseReferral } from '../../src/partner-center/wire.ts';
import { answerOf, createReader } from '../../src/poll/read-whole.ts';

it('reads each once, and knows what is gone from what could not be read', async () => {
  const asked: string[] = [];
  const reader = createReader(
    {
      async get(id) {
        asked.push(id);
        if (id === 'gone') throw new ReferralNotFoundError('404', { own: true });
        if (id === 'broken') throw new PartnerCenterError('500', 500);
        return parseReferral({ id });
      },
    },
    true,
  );
  await reader.readAll(['a', 'gone']);
  await reader.readAll(['a', 'gone', 'broken', 'broken']);
  expect(asked).toEqual(['a', 'gone', 'broken']);
  expect([...reader.readings].map(([id, reading]) => [id, typeof reading === 'object' ? reading.id : reading])).toEqual(
    [
      ['a', 'a'],
      ['gone', 'gone'],
      ['broken', 'unknown'],
    ],
  );
});

it('leaves the rest unread when its time is up: what is due is told from the checkpoints then', async () => {
  const reader = createReader({ get: async id => parseReferral({ id }) }, true, 0);
  await reader.readAll(['a', 'b']);
  expect([...reader.readings.values()]).toEqual(['unknown', 'unknown']);
});

const service = {
  'a time-out': () => new TimedOutError('late'),
  'a broken connection': () => new PartnerCenterError('reset'),
  'a 500': () => new PartnerCenterError('500', 500),
} as const;

const about = {
  'a 400': () => new PartnerCenterError('400', 400),
  'a 403': () => new NotAllowedError(),
  'its own 404': () => new ReferralNotFoundError('404', { own: true }),
  'a gateway’s 404': () => new ReferralNotFoundError('404', { own: false }),
  'another referral’s body': () => new PartnerCenterError('another referral', 200),
} as const;

/** Reads one after the other what fails as told; answers how many were asked for. */
async function asksFor(failures: readonly (() => Error | null)[]): Promise<number> {
  let asked = 0;
  const reader = createReader(
    {
      async get(id) {
        const failure = failures[asked]?.();
        asked += 1;
        if (failure) throw failure;
        return parseReferral({ id });
      },
    },
    true,
  );
  for (const id of failures.keys()) await reader.readAll([`r${id}`]);
  return asked;
}

const times = (count: number, failure: () => Error | null) => Array.from({ length: count }, () => failure);
const good = () => null;

describe('what ends the reading of a poll', () => {
  it.each(Object.entries(service))('%s: five in a row, not four', async (_, failure) => {
    expect(await asksFor(times(9, failure))).toBe(5);
    expect(await asksFor([...times(4, failure), good, ...times(4, failure), good])).toBe(10);
  });

  it.each(Object.entries(about))(
    '%s is an answer about one id: it ends nothing, and starts the count anew',
    async (_, failure) => {
      expect(await asksFor(times(30, failure))).toBe(30);
      const broken = service['a 500'];
      expect(await asksFor([...times(4, broken), failure, ...times(4, broken), failure])).toBe(10);
    },
  );

  it('being throttled, and being signed out, at once', async () => {
    const signedOut = () => new SignInNeededError({ kind: 'sign-in', reason: '401', nextStep: 'Sign in.' });
    expect(await asksFor(times(3, () => new ThrottledError(429, 30_000)))).toBe(1);
    expect(await asksFor(times(3, signedOut))).toBe(1);
  });
});

it('reads four at a time, in the order given', async () => {
  const asked: string[] = [];
  let now = 0;
  let most = 0;
  const reader = createReader(
    {
      async get(id) {
        asked.push(id);
        now += 1;
        most = Math.max(most, now);
        await new Promise(resolve => setImmediate(resolve));
        now -= 1;
        return parseReferral({ id });
      },
    },
    true,
  );
  const ids = Array.from({ length: 20 }, (_, i) => `r${i}`);
  await reader.readAll(ids);
  expect([most, asked]).toEqual([4, ids]);
});

describe('what a reading says of one that is no longer listed', () => {
  it.each<[string, string | null, string | null, Answer]>([
    ['accepted', 'Active', 'Accepted', 'accepted'],
    ['won', 'Closed', 'Won', 'won'],
    ['pending', 'New', 'Pending', 'still open'],
    ['received', 'New', 'Received', 'still open'],
    ['an unknown word of New', 'New', 'Parked', 'still open'],
    ['an unknown status', 'Open', 'Parked', 'still open'],
    ['an unknown status with Pending', 'Open', 'Pending', 'still open'],
    ['no words at all', null, null, 'still open'],
    ['an unknown word of Active', 'Active', 'InReview', { exit: 'accepted', word: 'InReview' }],
    ['an unknown word of Closed', 'closed', 'Withdrawn', { exit: 'declined', word: 'Withdrawn' }],
  ])('%s', (_, status, substatus, expected) => {
    expect(answerOf(parseReferral({ id: 'a', status, substatus }))).toEqual(expected);
  });
});
