import { describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../../src/base/instant.ts';
import type { Checkpoint } from '../../src/model/checkpoint.ts';
import { PartnerCenterError, ReferralNotFoundError } from '../../src/model/errors.ts';
import type { Referral } from '../../src/model/referral.ts';
import { parseReferral } from '../../src/partner-center/wire.ts';
import { decide } from '../../src/poll/decide.ts';
import { createReader } from '../../src/poll/read-whole.ts';
import { aCheckpoint, aDelivery, aPolicy, aSighting, byId, NOW } from '../alerts/builders.ts';

const iso = (at: number) => new Date(at).toISOString();
const open = (id: string, expiresAt: number | null = null): Referral =>
  parseReferral({
    id,
    status: 'New',
    substatus: 'Pending',
    createdDateTime: iso(NOW - DAY),
    expirationDateTime: expiresAt && iso(expiresAt),
  });

interface Circumstances {
  readonly listed?: readonly (readonly [id: string, listed: number | null])[];
  readonly known?: readonly Checkpoint[];
  readonly answer?: (id: string) => Referral | Error;
  readonly rows?: readonly unknown[] | Error;
  readonly askedAt?: Map<string, number>;
}

async function decided({ listed = [], known = [], answer = open, rows = [{}], askedAt = new Map() }: Circumstances) {
  const asked: string[] = [];
  let lists = 0;
  const get = async (id: string) => {
    asked.push(id);
    const reading = answer(id);
    if (reading instanceof Error) throw reading;
    return reading;
  };
  const list = async () => {
    lists += 1;
    if (rows instanceof Error) throw rows;
    return { rows, hasMore: false, date: null };
  };
  const pending = new Map(
    listed.map(([id, date]) => [id, { ...aSighting(id, DAY), createdAt: NOW - DAY, listed: date }]),
  );
  const { plan, blind } = await decide(
    createReader({ get }, true),
    { list },
    {
      pending,
      known: byId(...known),
      before: known.length,
      complete: true,
      policy: aPolicy(),
      now: NOW,
      clock: undefined,
      lastGoodPollAt: async () => NOW - HOUR,
      askedAt,
      storms: new Map(),
    },
  );
  return { plan, blind, asked, lists, askedAt };
}

const kept = (id: string, expiresIn = 9 * DAY) => aCheckpoint(id, expiresIn, [aDelivery()]);
const gone = () => new ReferralNotFoundError('404', { own: true });

it('uses the date that only by-id names for the very message that it was read for', async () => {
  const { plan } = await decided({ listed: [['a', null]], answer: id => open(id, NOW + 20 * HOUR) });
  const drafts = plan.messages.map(({ channel, alerts: [alert] }) => [
    channel,
    alert?.draft.step?.name,
    alert?.draft.expiry,
  ]);
  const expiry = { at: NOW + 20 * HOUR, source: 'reported' };
  expect(drafts).toEqual([
    ['teams', '24h', expiry],
    ['oncall', '24h', expiry],
  ]);
});

it('reads what is told first, new ones before known ones, and absent ones last, the longest unasked first', async () => {
  const changed = { ...kept('changed'), dates: { listed: NOW + 8 * DAY } };
  const { asked, askedAt } = await decided({
    listed: [
      ['changed', NOW + 9 * DAY],
      ['new', null],
    ],
    known: [kept('gone-1'), kept('gone-2'), kept('gone-3'), changed],
    askedAt: new Map([
      ['gone-1', NOW - 2],
      ['gone-3', NOW - 9],
      ['over', NOW - 9],
    ]),
  });
  expect(asked).toEqual(['new', 'changed', 'gone-2', 'gone-3', 'gone-1']);
  expect([...askedAt.keys()].toSorted()).toEqual(['gone-1', 'gone-2', 'gone-3']);
});

it('comes to every absent one in the end, though each poll can ask only a few', async () => {
  const known = Array.from({ length: 12 }, (_, i) => kept(`r${i}`));
  const askedAt = new Map<string, number>();
  const heard = new Set<string>();
  for (let polls = 0; polls < 8; polls += 1) {
    let left = 3;
    await decided({
      known,
      askedAt,
      answer: id => {
        left -= 1;
        if (left < 0) return new PartnerCenterError('503', 503);
        heard.add(id);
        return open(id, NOW + 9 * DAY);
      },
    });
  }
  expect(heard.size).toBe(12);
});

describe('a list that shows once more what by-id says is over', () => {
  const over = (id: string) => parseReferral({ id, status: 'Closed', substatus: 'Expired' });
  const listed = [['a', NOW + HOUR]] as const;

  it('makes no new one of what was told and closed', async () => {
    const { plan } = await decided({ listed, answer: over });
    expect([plan.messages, plan.changed.size]).toEqual([[], 0]);
  });

  it('does not open again what is still being told', async () => {
    const known = [{ ...aCheckpoint('a', -HOUR, [aDelivery()]), exit: 'expired' as const }];
    const { plan } = await decided({ listed, known, answer: over });
    expect(plan.messages.map(({ alerts: [alert] }) => alert?.draft.kind)).toEqual(['expired']);
  });

  it('opens again what by-id calls pending, or cannot say', async () => {
    const known = [{ ...aCheckpoint('a', 9 * DAY, [aDelivery()]), exit: 'declined' as const }];
    for (const answer of [open, () => new PartnerCenterError('503', 503)]) {
      const { plan } = await decided({ listed, known, answer });
      expect(plan.changed.get('a')?.exit).toBeUndefined();
    }
  });
});

it('reads nothing whole that is at peace', async () => {
  const { asked, lists } = await decided({ listed: [['a', NOW + 9 * DAY]], known: [kept('a')] });
  expect([asked, lists]).toEqual([[], 0]);
});

describe('whether we may be blind', () => {
  it.each<[string, number, readonly unknown[] | Error, boolean, number]>([
    ['all of three', 3, [{}], true, 0],
    ['all of two, and a list that shows something', 2, [{}], false, 1],
    ['all of two, and a list that is empty', 2, [], true, 1],
    ['the only one, and a list that is empty', 1, [], true, 1],
    ['the only one, and a list that cannot be had', 1, new PartnerCenterError('503', 503), true, 1],
  ])('%s', async (_, count, rows, expected, lists) => {
    const result = await decided({
      known: Array.from({ length: count }, (__, i) => kept(`r${i}`)),
      answer: gone,
      rows,
    });
    expect([result.blind !== null, result.lists]).toEqual([expected, lists]);
    expect(result.plan.toClose).toEqual([]);
  });

  it('not when one of two is still there', async () => {
    const result = await decided({
      known: [kept('a'), kept('b')],
      answer: id => (id === 'a' ? gone() : open(id, NOW + 9 * DAY)),
    });
    expect([result.blind, result.lists]).toEqual([null, 0]);
  });
});
