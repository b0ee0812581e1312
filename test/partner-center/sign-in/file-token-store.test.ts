import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFileTokenStore } from '../../../src/partner-center/sign-in/file-token-store.ts';
import { TokenStoreError } from '../../../src/partner-center/sign-in/token-store.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'token-store-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const modeOf = (path: string) => statSync(path).mode & 0o777;

test('keeps a token that only its owner can read, whoever wrote the file before', async () => {
  const file = join(folder, 'refresh-token');
  writeFileSync(file, 'old\n', { mode: 0o644 });
  chmodSync(file, 0o644);
  const store = createFileTokenStore(file);
  expect((await store.read()).token).toBe('old');
  await store.save('new');
  expect((await store.read()).token).toBe('new');
  expect(modeOf(file)).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['refresh-token']);
});

test('a first token makes the file, and its folder', async () => {
  const file = join(folder, 'not-yet', 'refresh-token');
  const store = createFileTokenStore(file);
  await expect(store.read()).rejects.toThrow('No refresh token is stored yet');
  await store.save('first');
  expect(modeOf(file)).toBe(0o600);
});

test('a save that fails leaves the old token byte for byte and nothing beside it', async () => {
  const file = join(folder, 'refresh-token');
  mkdirSync(file);
  writeFileSync(join(file, 'kept'), 'kept');
  await expect(createFileTokenStore(file).save('new')).rejects.toBeInstanceOf(TokenStoreError);
  expect(readdirSync(folder)).toEqual(['refresh-token']);
  writeFileSync(join(folder, 'no-folder'), '');
  await expect(createFileTokenStore(join(folder, 'no-folder', 'file')).save('new')).rejects.toThrow(TokenStoreError);
  const told = await createFileTokenStore(file).save('the-secret').catch(String);
  expect(told).not.toContain('the-secret');
  expect(told).not.toContain(folder);
});

test('an empty file holds no token', async () => {
  const file = join(folder, 'refresh-token');
  writeFileSync(file, '\n');
  await expect(createFileTokenStore(file).read()).rejects.toThrow('No refresh token is stored yet');
});

test('a link stays a link', async () => {
  const file = join(folder, 'refresh-token');
  const link = join(folder, 'link');
  writeFileSync(file, 'old');
  symlinkSync(file, link);
  await createFileTokenStore(link).save('new');
  expect(readFileSync(file, 'utf8')).toBe('new\n');
  expect(readdirSync(folder).toSorted()).toEqual(['link', 'refresh-token']);
});

test('what a killed process left behind is removed, what another one is writing is not', async () => {
  const file = join(folder, 'refresh-token');
  const old = join(folder, '.refresh-token.1.tmp');
  const fresh = join(folder, '.refresh-token.2.tmp');
  writeFileSync(old, 'x');
  writeFileSync(fresh, 'x');
  const longAgo = new Date('2026-01-01T00:00:00Z');
  utimesSync(old, longAgo, longAgo);
  await createFileTokenStore(file).save('new');
  expect(readdirSync(folder).toSorted()).toEqual(['.refresh-token.2.tmp', 'refresh-token']);
});
