import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { routes as command } from '../../src/commands/routes.ts';
import { makeReferral } from '../sandbox/referrals-api/make-referral.ts';
import { createWorld, type World } from '../support/world.ts';
import { callCommand, runCommand } from './run-command.ts';

let folder: string;
let world: World | undefined;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'referral-alerts-routes-'));
});
afterEach(async () => {
  await world?.close();
  world = undefined;
  await rm(folder, { recursive: true, force: true });
});

const RULES = [
  { name: 'Nordics', when: { country: ['SE'] }, channels: ['teams:nordics'], onCall: ['oncall-teams'] },
  { name: 'everything else', channels: ['teams'] },
];
const HOOK = 'http://127.0.0.1:9/hook';
const ENV = {
  TEAMS_WEBHOOK_URL: HOOK,
  TEAMS_WEBHOOK_URL_NORDICS: HOOK,
  ONCALL_TEAMS_WEBHOOK_URL: HOOK,
  ALERT_ROUTES: JSON.stringify(RULES),
};

async function file(name: string, value: unknown): Promise<string> {
  const place = path.join(folder, name);
  await writeFile(place, typeof value === 'string' ? value : JSON.stringify(value));
  return place;
}
const routes = (args: readonly string[], env: Readonly<Record<string, string>> = ENV) =>
  callCommand(command, args, env, folder).ended();

it('says of a sample which rule takes it, why, and who hears it', async () => {
  const sample = await file('lead.json', [
    makeReferral({ customer: 'Adatum', country: 'SE' }),
    makeReferral({ customer: 'Fabrikam', country: 'DE' }),
  ]);
  const { code, stdout } = await routes(['--json', '--sample', sample]);
  expect(code).toBe(0);
  expect(JSON.parse(stdout).referrals).toEqual([
    expect.objectContaining({
      customer: 'Adatum',
      rules: ['Nordics'],
      why: ['"Nordics" takes it: country is SE.'],
      channels: ['teams:nordics'],
      onCall: ['oncall-teams'],
    }),
    expect.objectContaining({
      customer: 'Fabrikam',
      rules: ['everything else'],
      why: ['"Nordics" does not take it: country DE is not SE.', '"everything else" takes it: takes everything.'],
      channels: ['teams'],
    }),
  ]);
  const table = await runCommand('routes', ['--sample', 'lead.json'], ENV, folder).ended();
  expect(table.stdout).toMatch(/Adatum +Nordics +teams:nordics +oncall-teams/);
});

it('tries other rules, and says what is wrong with them', async () => {
  const sample = await file('lead.json', makeReferral({ customer: 'Adatum', country: 'SE' }));
  const other = await file('routes.json', [{ name: 'all', channels: ['teams'] }]);
  const tried = await routes(['--json', '--sample', sample, '--routes', other]);
  expect(JSON.parse(tried.stdout).referrals[0]).toMatchObject({ rules: ['all'], channels: ['teams'] });
  const bad = await file('bad.json', [{ name: 'all', channels: ['teams:nrodics'] }]);
  const refused = await routes(['--json', '--sample', sample, '--routes', bad]);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toMatch(/rule "all".*teams:nrodics.*did you mean "teams:nordics"/);
});

it('explains what is pending from what is kept, one of them too, and tells nobody', async () => {
  world = await createWorld({ settings: { EMAIL_TO: '' } });
  world.api.add(
    makeReferral({ customer: 'Adatum', country: 'SE' }),
    makeReferral({ customer: 'Fabrikam', country: 'DE' }),
  );
  const env = {
    ...world.env,
    TEAMS_WEBHOOK_URL_NORDICS: world.teams.webhookUrl('nordics'),
    ALERT_ROUTES: JSON.stringify(RULES),
  };
  world.restart(env);
  await world.poll();
  const posts = world.teams.state.posts.length;
  const { code, stdout } = await routes(['--json'], env);
  expect(code).toBe(0);
  const { referrals } = JSON.parse(stdout);
  expect(
    new Map(referrals.map((each: { customer: string; rules: string[] }) => [each.customer, each.rules[0]])),
  ).toEqual(
    new Map([
      ['Adatum', 'Nordics'],
      ['Fabrikam', 'everything else'],
    ]),
  );
  const one = await routes(['--json', '--referral', String(referrals[0].id).toUpperCase()], env);
  expect(JSON.parse(one.stdout).referrals).toEqual([referrals[0]]);
  expect((await routes(['--referral', 'nobody'], env)).code).toBe(1);
  expect(world.teams.state.posts).toHaveLength(posts);
});
