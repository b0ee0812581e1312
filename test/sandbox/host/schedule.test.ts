import { describe, expect, it } from 'vitest';
import { parseSchedule } from './schedule.ts';

describe('a schedule', () => {
  const after = new Date('2026-11-20T10:02:00Z');

  it.each([
    ['0 */15 * * * *', '2026-11-20T10:15:00.000Z'],
    ['30 0 6 * * Mon-Fri', '2026-11-23T06:00:30.000Z'],
    ['0 0 0 1 * 1', '2027-02-01T00:00:00.000Z'],
  ])('%s comes next at %s', (expression, next) => {
    expect(parseSchedule(expression).next(after)?.toISOString()).toBe(next);
  });

  it.each(['* * * * *', '0 0 0 * * 7', '0 0 0 * * 5L', '0 0 0 * * 5#2', '@daily', '0 0 0 ? * *'])(
    'refuses %s, which the Functions host does not know',
    expression => {
      expect(() => parseSchedule(expression)).toThrow();
    },
  );
});
