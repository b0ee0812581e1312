import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTable } from '../../src/azure/tables.ts';
import { DAY, HOUR } from '../../src/base/instant.ts';
import { forget as command } from '../../src/commands/forget.ts';
import { createCheckpointStore } from '../../src/storage/checkpoints.ts';
import { makeReferral } from '../sandbox/referrals-api/make-referral.ts';
import { textOf } from '../support/read-card.ts';
import { createWorld, type World } from '../support/world.ts';
import { callCommand, runCommand } from './run-command.ts';

const RULES = [
  { name: 'Nordics', when: { country: ['SE'], value: { atLeast: 1000, currency: 'SEK' } }, channels: ['email:north'] },
  { name: 'everything else', channels: ['email'] },
];
const CUSTOMER = 'Zażółć Gęślą AB';
const WRITTEN = [CUSTOMER, 'Gęślą', 'Malmö', 'Migrate the vault', 'Robin', 'call after five', '777123', 'Maria Claims'];
const ID = () => String(world.api.state.referrals[0]?.id);

let world: World;
beforeAll(async () => {
  world = await createWorld({
    settings: {
      TEAMS_WEBHOOK_URL: '',
      EMAIL_TO_NORTH: 'north@contoso.example.com',
      ALERT_ROUTES: JSON.stringify(RULES),
      ONCALL_TEAMS_WEBHOOK_URL: '',
      ESCALATION_STEPS: '7d:reminder,48h:critical,20h:critical',
    },
  });
  world.restart(pager());
  world.api.add(
    makeReferral({
      customer: CUSTOMER,
      country: 'SE',
      city: 'Malmö',
      deal: 'Migrate the vault',
      notes: 'Please call after five',
      value: 777_123,
      currency: 'SEK',
      contact: { firstName: 'Robin', lastName: 'Counts' },
      createdAt: Date.now() - 9 * DAY,
    }),
    makeReferral({ customer: 'Adatum', country: 'DE', createdAt: Date.now() - HOUR }),
  );
  await world.poll();
  await claimedByMaria();
});
afterAll(() => world.close());

const pager = () => ({ ONCALL_PAGER_KEY: world.pager.routingKey, ONCALL_PAGER_URL: world.pager.enqueueUrl });

/** As the bot notes a claim. */
async function claimedByMaria(): Promise<void> {
  const table = openTable({ connectionString: world.tables.connectionString }, 'ReferralCheckpoints');
  const claim = { by: 'oid-of-maria', name: 'Maria Claims', at: Date.now(), until: Date.now() + DAY };
  await createCheckpointStore(table).update(ID(), row => ({
    ...row,
    claim,
    deeds: [{ what: 'claimed', at: claim.at, name: claim.name }],
  }));
}

const env = () => ({ TABLES_CONNECTION_STRING: world.tables.connectionString });
const forget = (...args: string[]) => callCommand(command, args, env()).ended();
const leadMails = () => world.mail.state.mails.filter(({ headers }) => headers['x-referral-id'] === ID());

describe('forgetting a customer whose lead is pending, told, claimed and rung for', () => {
  it('shows first what is kept, and erases nothing', async () => {
    const before = await world.tableText();
    const { code, stdout } = await runCommand('forget', ['--customer', CUSTOMER.toUpperCase()], env()).ended();
    expect(code).toBe(0);
    for (const kept of [CUSTOMER, '777123', 'Maria Claims', 'Nordics', ID()]) expect(stdout).toContain(kept);
    expect(stdout).toContain('Nothing was erased');
    expect(await world.tableText()).toBe(before);
  });

  it('leaves nothing of it in any row, and says what lies elsewhere', async () => {
    world.advance(3 * DAY);
    await claimedByMaria();
    await world.poll();
    expect(world.pager.state.events.length).toBeGreaterThan(0);
    const { code, stdout } = await forget('--customer', CUSTOMER, '--yes');
    expect(code).toBe(0);
    expect(stdout).toContain(`Incident in PagerDuty (pager): ${ID()}`);
    expect(stdout).toMatch(/Mail in the mailboxes of email:north \(escalation:7d/);
    const rows = await world.tableText();
    for (const text of [...WRITTEN, 'oid-of-maria']) expect(rows).not.toContain(text);
    expect(rows).toContain(ID());
    expect(rows).toContain('Adatum');
  });

  it('tells nothing of it again, goes on escalating by id to the same people, and reads nothing back', async () => {
    const before = leadMails().length;
    for (let hours = 0; hours < 4; hours += 1) {
      world.advance(HOUR);
      expect(await world.poll()).toBeNull();
    }
    expect(leadMails()).toHaveLength(before);
    world.restart(pager());
    world.advance(16 * HOUR);
    expect(await world.poll()).toBeNull();
    const [last] = leadMails().slice(-1);
    expect(leadMails()).toHaveLength(before + 1);
    expect(last?.recipients).toEqual(['north@contoso.example.com']);
    expect(last?.subject).toMatch(/Customer not named/);
    for (const text of WRITTEN) expect(`${last?.text} ${last?.subject}`).not.toContain(text);
    const rows = await world.tableText();
    for (const text of WRITTEN) expect(rows).not.toContain(text);
  });

  it('shows no later reading of it in the detail either', async () => {
    const ask = async (accept: string) =>
      JSON.stringify((await world.app.detail({ id: ID(), accept, authorization: null })).body);
    const json = await ask('application/json');
    for (const text of WRITTEN) expect(json).not.toContain(text);
    expect(JSON.parse(json)).toMatchObject({ id: ID(), substatus: 'Pending', forgotten: true, route: 'Nordics' });
    const card = await ask('application/vnd.microsoft.card.adaptive+json');
    for (const text of WRITTEN) expect(textOf(JSON.parse(card))).not.toContain(text);
  });

  it('stays forgotten once it is closed', async () => {
    world.api.accept(ID());
    expect(await world.poll()).toBeNull();
    const rows = await world.tableText();
    for (const text of WRITTEN) expect(rows).not.toContain(text);
    expect((await forget('--customer', CUSTOMER)).code).toBe(1);
    const { code, stdout } = await forget('--referral', ID().toUpperCase());
    expect(code).toBe(0);
    expect(stdout).toMatch(/forgotten: +yes/);
  });
});

it.each([
  [[], 'Name either'],
  [['--referral', 'x', '--customer', 'y'], 'Name either'],
  [['--customer', ' '], '--customer is empty'],
  [['--referral', 'no such referral'], 'Nothing is kept'],
  [['--customer', 'Adat'], 'Nothing is kept'],
])('says what is wrong with %j', async (args, said) => {
  const { code, stderr } = await forget(...args);
  expect(code).toBe(1);
  expect(stderr).toContain(said);
});
