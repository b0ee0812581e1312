import { expect, test } from 'vitest';
import { isLoopback, isSecure } from '../../src/base/loopback.ts';

test.each([
  ['http://127.0.0.1:8080/', true],
  ['http://127.8.9.1/', true],
  ['http://127.1/', true],
  ['http://2130706433/', true],
  ['http://[::1]:1/', true],
  ['http://LOCALHOST/', true],
  ['smtp://LocalHost:25', true],
  ['http://someone@localhost/', true],
  ['http://localhost@example.com/', false],
  ['http://127.0.0.1@example.com/', false],
  ['http://localhost.example.com/', false],
  ['http://127.0.0.1.example.com/', false],
  ['http://127.example.com/', false],
  ['http://localhost%2eexample.com/', false],
  ['http://[::1]@example.com/', false],
  ['http://[::2]/', false],
  ['http://0.0.0.0/', false],
  ['http://128.0.0.1/', false],
  ['http://example.com/?http://localhost/', false],
  ['http://example.com#@localhost', false],
])('%s is this machine: %s', (address, expected) => {
  expect(isLoopback(new URL(address).hostname)).toBe(expected);
  const { protocol } = new URL(address);
  expect(isSecure(new URL(address))).toBe(expected && protocol === 'http:');
  if (protocol === 'http:') expect(isSecure(new URL(address.replace('http:', 'https:')))).toBe(true);
});
