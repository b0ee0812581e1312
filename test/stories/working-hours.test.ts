import { afterEach, describe, expect, it } from 'vitest';
import { HOUR } from '../../src/base/instant.ts';
import { makeReferral } from '../sandbox/referrals-api/make-referral.ts';
import { textOf } from '../support/read-card.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
afterEach(() => world.close());

const BERLIN = { ALERT_TIME_ZONE: 'Europe/Berlin', WORKING_HOURS: 'Mon-Fri 09:00-17:00', EMAIL_TO: '' };

type Told = Readonly<Record<'sales' | 'oncall', readonly string[]>>;

/**
 * When each place was told of what is critical, polled from `from` to `to`: every six hours, and in the very hours around
 * each moment that is expected, so that an hour too early and an hour too late show.
 */
async function criticalMoments(settings: Record<string, string>, from: string, to: string, expected: Told) {
  const [begin, end] = [Date.parse(from), Date.parse(to)];
  world = await createWorld({
    now: from,
    settings: { ...BERLIN, ESCALATION_STEPS: '24h:critical', ...settings },
    referrals: () => [makeReferral({ createdAt: begin - HOUR, expiresAt: end })],
  });
  const grid = Array.from({ length: Math.ceil((end - begin) / (6 * HOUR)) }, (_, i) => begin + i * 6 * HOUR);
  const around = [...expected.sales, ...expected.oncall].flatMap(text => {
    const moment = Date.parse(`${text}:00Z`);
    return [moment - HOUR, moment, moment + HOUR];
  });
  const told = { sales: [] as string[], oncall: [] as string[] };
  for (const at of [...new Set([...grid, ...around])].filter(at => at >= begin && at < end).toSorted((a, b) => a - b)) {
    world.moveTo(new Date(at).toISOString());
    const before = { sales: world.teams.posts('sales').length, oncall: world.teams.posts('oncall').length };
    expect(await world.poll()).toBeNull();
    for (const place of ['sales', 'oncall'] as const) {
      if (world.teams.posts(place).length > before[place]) told[place].push(new Date(at).toISOString().slice(0, 16));
    }
  }
  return told;
}

describe('Mon-Fri 9 to 17 in Berlin', () => {
  it.each([
    ['a Monday', '2027-02-08', '2027-02-05T06:00', ['2027-02-05T08:00'], ['2027-02-07T00:00']],
    ['a Thursday', '2027-02-11', '2027-02-09T06:00', ['2027-02-10T08:00'], ['2027-02-10T08:00']],
    [
      'the Monday after the clock goes forward',
      '2027-03-29',
      '2027-03-26T06:00',
      ['2027-03-26T08:00'],
      ['2027-03-28T00:00'],
    ],
    ['the Tuesday after it', '2027-03-30', '2027-03-26T20:00', ['2027-03-29T07:00'], ['2027-03-29T07:00']],
    ['the Tuesday after it goes back', '2027-11-02', '2027-10-29T20:00', ['2027-11-01T08:00'], ['2027-11-01T08:00']],
  ])('an expiry on %s', async (_, expiry, from, sales, onCall) => {
    const expected = { sales: [from, ...sales], oncall: onCall };
    expect(await criticalMoments({}, `${from}:00Z`, `${expiry}T00:00:00Z`, expected)).toEqual(expected);
  });

  it('closed over the year: told as new at once, critical to both a day before its end', async () => {
    const days = Array.from({ length: 18 }, (_, i) => new Date(Date.UTC(2026, 11, 24 + i)).toISOString().slice(0, 10));
    const expected = { sales: ['2026-12-24T10:00', '2027-01-06T00:00'], oncall: ['2027-01-06T00:00'] };
    const settings = { HOLIDAYS: days.join() };
    expect(await criticalMoments(settings, '2026-12-24T10:00:00Z', '2027-01-07T00:00:00Z', expected)).toEqual(expected);
  });

  it('cards count the working days that are left', async () => {
    world = await createWorld({
      now: '2027-02-05T08:30:00Z',
      settings: BERLIN,
      referrals: () => [makeReferral({ expiresAt: Date.parse('2027-02-10T00:00:00Z') })],
    });
    await world.poll();
    expect(textOf(world.teams.posts('sales')[0]?.card as never)).toContain('3 working days');
  });
});
