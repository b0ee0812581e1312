import { expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/base/instant.ts';
import { retryAfterMs } from '../../src/base/retry-after.ts';

const NOW = Date.UTC(2026, 10, 24, 8);
const httpDate = (instant: number) => new Date(instant).toUTCString();
const wait = (headers: Record<string, string>, most?: number) =>
  retryAfterMs({ get: name => headers[name] ?? null }, NOW, most);

test.each<[Record<string, string>, number | null]>([
  [{ 'retry-after': '120' }, 2 * MINUTE],
  [{ 'retry-after': ' 0 ' }, 0],
  [{ 'retry-after': '999999' }, DAY],
  [{ 'retry-after': '9'.repeat(400) }, DAY],
  [{ 'retry-after': httpDate(NOW + HOUR) }, HOUR],
  [{ 'retry-after': httpDate(NOW - HOUR) }, 0],
  [{ 'retry-after': httpDate(NOW + 9 * DAY) }, DAY],
  // Their clock is a year behind ours.
  [{ 'retry-after': httpDate(NOW - 365 * DAY + HOUR), date: httpDate(NOW - 365 * DAY) }, HOUR],
  [{ 'retry-after': httpDate(NOW + HOUR), date: 'soon' }, HOUR],
  [{}, null],
  ...['', 'soon', '-5', '1.5', '1e9', '12 s', '0x10', 'Infinity', 'Sat', '2026-11-24'].map(
    (value): [Record<string, string>, null] => [{ 'retry-after': value }, null],
  ),
])('%o: %s', (headers, expected) => {
  expect(wait(headers)).toBe(expected);
});

test('never more than the caller lets it be', () => {
  expect(wait({ 'retry-after': '999999' }, HOUR)).toBe(HOUR);
  expect(wait({ 'retry-after': httpDate(NOW + DAY) }, HOUR)).toBe(HOUR);
});
