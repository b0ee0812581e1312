import { expect, it } from 'vitest';
import { trim, trimEnd, trimStart } from '../../src/base/trim.ts';

it.each([
  ['//a//', '/', 'a'],
  ['a', '/', 'a'],
  ['////', '/', ''],
  ['', '/', ''],
  ['"\'Anna\'"', '"\'', 'Anna'],
])('%s without %s is %s', (text, signs, bare) => {
  expect(trim(text, signs)).toBe(bare);
});

it('leaves the other end alone', () => {
  expect(trimEnd('/a/', '/')).toBe('/a');
  expect(trimStart('/a/', '/')).toBe('a/');
});
