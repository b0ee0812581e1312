import { afterEach, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/base/instant.ts';
import { makeReferral } from '../sandbox/referrals-api/make-referral.ts';
import { createWorld, type World, type WorldOptions } from '../support/world.ts';

let world: World;
afterEach(() => world.close());

const REFERENCE = '@Microsoft.KeyVault(SecretUri=https://v.vault.azure.net/secrets/teams)';
const begin = async (settings: NonNullable<WorldOptions['settings']>) => {
  const referrals = () => [makeReferral({ customer: 'Fabrikam', createdAt: Date.now() - HOUR })];
  world = await createWorld({ referrals, settings });
};
const posts = (channel: string) => world.teams.posts(channel).map(post => JSON.stringify(post.card));
const health = async () => (await world.app.health()) as { status: number; body: unknown };

test.each<[string, Record<string, string>, string[]]>([
  ['a typing mistake in DIGEST_ABOVE', { DIGEST_ABOVE: 'ten' }, ['DIGEST_ABOVE']],
  ['two at once', { ESCALATION_STEPS: '7days', ALERT_TIME_ZONE: 'Berlin' }, ['ESCALATION_STEPS', 'ALERT_TIME_ZONE']],
  ['a pager whose address is none', { ONCALL_PAGER_KEY: 'k', ONCALL_PAGER_URL: 'x' }, ['ONCALL_PAGER_URL']],
])('%s: leads are told, the operator hears why, the invocation fails, health is good', async (_, settings, names) => {
  await begin(settings);
  const error = await world.poll();
  for (const name of names) expect(error?.message).toContain(name);
  expect(posts('sales')).toEqual([expect.stringContaining('Fabrikam')]);
  expect(posts('operator')).toHaveLength(1);
  for (const name of names) expect(posts('operator')[0]).toContain(name);
  expect((await health()).status).toBe(200);

  world.advance(5 * MINUTE);
  expect((await world.poll())?.message).toContain(names[0]);
  expect(posts('operator')).toHaveLength(1);
});

test('a contradiction that can be read all the same: leads are told, and the operator hears nothing else', async () => {
  await begin({ TABLES_URL: 'https://contoso.table.core.windows.net' });
  expect((await world.poll())?.message).toContain('TABLES_URL and TABLES_CONNECTION_STRING are both set');
  expect(posts('sales')).toEqual([expect.stringContaining('Fabrikam')]);
  expect(posts('operator')[0]).toContain('Leads are told all the same');
  expect((await health()).status).toBe(200);
});

test('a webhook that was not resolved is off; mail goes on, and nothing goes elsewhere', async () => {
  await begin({ TEAMS_WEBHOOK_URL: REFERENCE });
  expect((await world.poll())?.message).toContain('TEAMS_WEBHOOK_URL');
  expect(posts('sales')).toEqual([]);
  expect(world.mail.state.mails).toHaveLength(1);
});

test('one that joins is told at once, its end and the rest are too', async () => {
  await begin({ DIGEST_ABOVE: 'ten' });
  await world.poll();
  world.advance(5 * MINUTE);
  world.restart({ ALERT_TIME_ZONE: 'Berlin' });
  await world.poll();
  expect(posts('operator')).toHaveLength(2);
  expect(posts('operator')[1]).toMatch(/DIGEST_ABOVE.*ALERT_TIME_ZONE/);

  world.advance(5 * MINUTE);
  world.restart();
  await world.poll();
  expect(posts('operator')).toHaveLength(2);

  world.advance(5 * MINUTE);
  world.restart({ DIGEST_ABOVE: '' });
  expect(await world.poll()).toBeNull();
  expect(posts('operator')).toHaveLength(3);
  expect(posts('operator')[2]).toContain('All settings can be read');
});

test.each<[string, Record<string, string>]>([
  ['the client secret was not resolved', { PARTNER_CLIENT_SECRET: REFERENCE }],
  ['the tenant is none', { PARTNER_TENANT_ID: 'contoso.onmicrosoft.com' }],
  ['the address of the API is malformed', { REFERRALS_API_URL: 'http://api.example.com' }],
  ['there are no tables', { TABLES_CONNECTION_STRING: '' }],
])('no poll while %s; the operator is told once a process and every 24 hours', async (_, settings) => {
  await begin({ ...settings, OPERATOR_EMAIL_TO: 'operator@contoso.example.com', DIGEST_ABOVE: 'ten' });
  const [name] = Object.keys(settings);
  for (let poll = 0; poll < 3; poll += 1) {
    expect((await world.poll())?.message).toMatch(new RegExp(`${name}.*DIGEST_ABOVE|DIGEST_ABOVE.*${name}`));
    world.advance(5 * MINUTE);
  }
  expect(world.api.requests).toEqual([]);
  expect(posts('sales')).toEqual([]);
  expect(posts('operator')).toEqual([expect.stringContaining(name as string)]);
  expect(world.mail.state.mails).toHaveLength(1);
  expect((await health()).status).toBe(503);
  expect((await world.app.messages({ authorization: null, body: '{}' })).status).toBe(404);

  world.advance(DAY);
  await world.poll();
  expect(posts('operator')).toHaveLength(2);
  world.restart();
  await world.poll();
  expect(posts('operator')).toHaveLength(3);
});

test('what the first operator channel does not take is told as soon as one takes it', async () => {
  await begin({ PARTNER_TENANT_ID: '' });
  world.teams.setFaults({ gone: true }, 'operator');
  await world.poll();
  world.teams.setFaults({ gone: false }, 'operator');
  await world.poll();
  await world.poll();
  expect(posts('operator')).toHaveLength(1);
});

test.each<[string, Record<string, string>]>([
  ['DETAIL_AUTH is no word we know', { DETAIL_AUTH: 'Entra ID' }],
  ['the audience is missing', { DETAIL_AUTH: 'entra', ENTRA_TENANT_ID: '0a0b0c0d-1111-4222-8333-444455556666' }],
])('the detail stays shut while %s', async (_, settings) => {
  await begin(settings);
  const id = String(world.api.state.referrals[0]?.id);
  const answer = await world.app.detail({ id, accept: '', authorization: null });
  expect(answer.status).toBe(503);
  expect(JSON.stringify(answer.body)).not.toContain('Fabrikam');
});

test('a link template that is none leaves the link out, and takes no other', async () => {
  await begin({ REFERRAL_LINK_TEMPLATE: 'http://example.com/{id}' });
  await world.poll();
  expect(posts('sales')).toEqual([expect.stringContaining('Fabrikam')]);
  expect(posts('sales')[0]).not.toContain('Action.OpenUrl');
});
