import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { MINUTE } from '../../src/base/instant.ts';
import { buildAppFolder } from '../sandbox/app-folder.ts';
import { startHostProcess } from '../sandbox/host/child-process.ts';
import { makeReferral } from '../sandbox/referrals-api/make-referral.ts';
import { textOf } from '../support/read-card.ts';
import { createWorld, type World } from '../support/world.ts';

let folder: string;
let world: World;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'referral-alerts-app-'));
  await buildAppFolder(folder);
});
afterEach(() => world.close());
afterAll(() => rm(folder, { recursive: true, force: true }));

it('repeats at most once what a killed process may have told, says so, and loses nothing', async () => {
  const customers = ['Adatum', 'Fabrikam', 'Litware'];
  world = await createWorld({
    now: new Date().toISOString(),
    referrals: () => customers.map(customer => makeReferral({ customer })),
    settings: { EMAIL_TO: '' },
  });
  const host = await startHostProcess(folder, world.env);
  world.teams.onChange(() => {
    if (world.teams.state.posts.length === 1) host.process.kill('SIGKILL');
  });
  await expect(host.invokeTimer('pollReferrals')).rejects.toThrow();
  await host.kill();
  expect(world.teams.posts('sales')).toHaveLength(1);

  expect(await world.poll()).toBeNull();
  expect(world.teams.posts('sales')).toHaveLength(3);

  world.advance(11 * MINUTE);
  expect(await world.poll()).toBeNull();
  world.advance(11 * MINUTE);
  expect(await world.poll()).toBeNull();
  const cards = world.teams.posts('sales').map(({ card }) => textOf(card));
  expect(cards).toHaveLength(4);
  for (const card of cards.slice(0, 3)) expect(card).not.toMatch(/may be a repeat/i);
  expect(cards[3]).toMatch(/may be a repeat/i);
  const told = cards.map(card => card.split('\n')[0]);
  expect(new Set(told)).toEqual(new Set(customers));
  expect(told[3]).toBe(told[0]);
});
