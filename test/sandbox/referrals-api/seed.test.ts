import { install } from '@sinonjs/fake-timers';
import { expect, test } from 'vitest';
import { manyReferrals } from './make-referral.ts';
import { nextLead } from './new-lead.ts';
import { customerName, DAY, deadline, isPending } from './resource.ts';
import { seedReferrals } from './seed.ts';

test.each(['00:00:00', '02:59:30', '11:55:00', '21:59:59', '22:00:01', '23:59:59'])(
  'at %s one seed stands inside each step, the others are fresh',
  time => {
    const now = Date.parse(`2026-11-21T${time}Z`);
    const pending = seedReferrals(now).filter(isPending);
    const days = pending.map(row => ((deadline(row) ?? 0) - now) / DAY);
    expect(pending.length).toBeGreaterThanOrEqual(7);
    expect(days.filter(left => left > 0.05 && left <= 1)).toHaveLength(1);
    expect(days.filter(left => left > 1 && left <= 3)).toHaveLength(1);
    expect(days.filter(left => left > 3 && left <= 7)).toHaveLength(1);
    expect(days.filter(left => left > 7)).toHaveLength(pending.length - 3);
    for (const row of pending) expect(Date.parse(String(row.createdDateTime))).toBeLessThanOrEqual(now);
  },
);

test('every customer and every id is there once', () => {
  const rows = [
    ...seedReferrals(),
    ...Array.from({ length: 100 }, (_, index) => nextLead(index)),
    ...manyReferrals(100),
  ];
  expect(new Set(rows.map(customerName)).size).toBe(rows.length);
  expect(new Set(rows.map(row => row.id)).size).toBe(rows.length);
});

test('the same customer has the same id in every run, and about three kilobytes', () => {
  const clock = install({ now: 1_700_000_000_000, toFake: ['Date'] });
  const [first] = seedReferrals();
  clock.uninstall();
  expect(first?.id).toBe(seedReferrals()[0]?.id);
  const bytes = Buffer.byteLength(JSON.stringify(seedReferrals())) / seedReferrals().length;
  expect(bytes).toBeGreaterThan(2_200);
  expect(bytes).toBeLessThan(3_200);
});
