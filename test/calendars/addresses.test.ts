import { expect, it } from 'vitest';
import { addressesIn } from '../../src/calendars/addresses.ts';

it.each([
  ['anna@example.com', ['anna@example.com']],
  [
    'Anna <Anna.B+oncall@Mail.Example.co.uk>, then ben@example.com.',
    ['Anna.B+oncall@Mail.Example.co.uk', 'ben@example.com'],
  ],
  ['anna@example.com-- ', ['anna@example.com']],
  ['anna@xn--bcher-kva.xn--p1ai', ['anna@xn--bcher-kva.xn--p1ai']],
  ['anna@example.com,ben@example.com', ['anna@example.com', 'ben@example.com']],
  ['@example.com, anna@, anna@example, anna@-example.com, anna@example.c, @@', []],
  [`${'a'.repeat(100)}@example.com`, [`${'a'.repeat(64)}@example.com`]],
])('in %s', (text, addresses) => {
  expect(addressesIn(text).map(({ address }) => address)).toEqual(addresses);
  for (const { address, index } of addressesIn(text)) expect(text.startsWith(address, index)).toBe(true);
});

it('is through with a long text at once', () => {
  expect(addressesIn('a'.repeat(2_000_000))).toEqual([]);
  expect(addressesIn('a@'.repeat(500_000))).toEqual([]);
});
