import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Authority, createAuthority } from '../../sandbox/authority/authority.ts';

let authority: Authority;
let folder: string;
let file: string;
beforeEach(async () => {
  authority = await createAuthority();
  folder = mkdtempSync(join(tmpdir(), 'rotation-'));
  file = join(folder, 'refresh-token');
  writeFileSync(file, authority.issueRefreshToken());
});
afterEach(async () => {
  await authority.close();
  rmSync(folder, { recursive: true, force: true });
});

/** @param lookAgainMs - the product's own quarter of a second unless given */
function instance(rotations: number, lookAgainMs?: number) {
  const [client] = authority.state.clients;
  const script = new URL('./rotate-child.ts', import.meta.url).pathname;
  const args = [script, authority.url, authority.tenantId, client?.clientId ?? '', client?.secret ?? '', file];
  const child: ChildProcess = spawn(process.execPath, [...args, String(rotations), String(lookAgainMs ?? '')], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  let complaint = '';
  child.stdout?.on('data', chunk => {
    printed += chunk;
  });
  child.stderr?.on('data', chunk => {
    complaint += chunk;
  });
  const ended = once(child, 'close').then(() => ({ printed, complaint }));
  return { child, ended, hasBegun: () => printed !== '' };
}

test.each([false, true])(
  'two processes race over many rotations and stay signed in (old tokens revoked: %s)',
  async revoke => {
    authority.state.revokePrevious = revoke;
    // A disk that others keep busy may take seconds to save a token: whoever lost a round waits for the winner up to half a minute.
    const ended = await Promise.all([instance(25, 2_500).ended, instance(25, 2_500).ended]);
    for (const { printed, complaint } of ended) {
      expect(complaint).toBe('');
      expect(printed).toMatch(/^\.{25}done$/);
    }
    expect(readFileSync(file, 'utf8').trim()).not.toBe('');
  },
);

test('killed at random moments: nothing is lost while old tokens stay valid for a time', async () => {
  for (let round = 0; round < 6; round += 1) {
    const { child, ended, hasBegun } = instance(10_000);
    while (!hasBegun()) await sleep(5);
    await sleep(Math.random() * 60);
    child.kill('SIGKILL');
    await ended;
  }
  expect((await instance(1).ended).printed).toBe('.done');
  expect(readdirSync(folder).filter(name => name.startsWith('refresh-token'))).toEqual(['refresh-token']);
});

test('killed between answer and save where old tokens are revoked at once: the loss is told as sign-in trouble', async () => {
  authority.state.revokePrevious = true;
  const before = readFileSync(file, 'utf8');
  expect((await instance(1).ended).printed).toBe('.done');
  // As a kill at that moment leaves it: the authority has gone on, the file has not.
  writeFileSync(file, before);
  const { printed, complaint } = await instance(1).ended;
  expect(printed).toBe('');
  expect(complaint).toContain('AADSTS50173');
});
