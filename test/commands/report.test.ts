import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY, HOUR, type Instant } from '../../src/base/instant.ts';
import { report as command } from '../../src/commands/report.ts';
import { makeReferral } from '../sandbox/referrals-api/make-referral.ts';
import { createWorld, type World } from '../support/world.ts';
import { callCommand, runCommand } from './run-command.ts';

/** What the test itself wrote down of a lead, at the polls that could notice it. */
interface Noted {
  readonly id: string;
  readonly customer: string;
  readonly rule: string;
  readonly value: number;
  readonly currency: string;
  readonly received: Instant;
  ended?: Instant;
  how?: 'accepted' | 'declined' | 'expired';
}

const RULES = [
  { name: 'Nordics + Baltics', when: { country: ['SE', 'EE'] }, channels: ['email:north'] },
  { name: 'everything else', channels: ['email'] },
];
const START = Date.parse('2027-03-01T06:00:00Z');
const STEP = 18 * HOUR;
const FORMULAS = [
  'Adatum',
  '=HYPERLINK("http://evil.example","x")',
  '+1+1',
  '-2+3',
  '@SUM(1)',
  '\t=1+1',
  'Plain, "Ltd"',
];

let world: World;
const noted: Noted[] = [];

/** A lead every eighteen hours; each third is accepted, each fifth declined, the rest left to expire. */
async function aFortnight(): Promise<void> {
  for (let n = 0; n < 19; n += 1) {
    const now = Date.now();
    const country = n % 4 === 0 ? 'SE' : 'DE';
    const customer = FORMULAS[n] ?? `Customer ${n}`;
    const currency = n % 2 === 0 ? 'EUR' : 'USD';
    const value = 1000 + n * 10.5;
    // What was made eleven days ago expires within the fortnight.
    const createdAt = n % 3 === 2 ? now - 11 * DAY : now - HOUR;
    const referral = makeReferral({ customer, country, value, currency, createdAt });
    world.api.add(referral);
    const rule = country === 'SE' ? 'Nordics + Baltics' : 'everything else';
    noted.push({ id: String(referral.id), customer, rule, value, currency, received: now });
    for (const [i, lead] of noted.entries()) {
      if (lead.ended !== undefined || now - lead.received < DAY * ((i % 4) + 1)) continue;
      if (i % 3 === 0) Object.assign(lead, { ended: now, how: 'accepted' });
      else if (i % 5 === 1) Object.assign(lead, { ended: now, how: 'declined' });
      if (lead.how === 'accepted') world.api.accept(lead.id);
      if (lead.how === 'declined') world.api.decline(lead.id);
      const row = world.api.state.referrals.find(({ id }) => id === lead.id);
      if (row && lead.how === 'accepted' && i % 2 === 0) Object.assign(row, { status: 'Closed', substatus: 'Won' });
    }
    expect(await world.poll()).toBeNull();
    for (const lead of noted) {
      const row = world.api.state.referrals.find(({ id }) => id === lead.id);
      if (lead.ended === undefined && row?.substatus === 'Expired') Object.assign(lead, { ended: now, how: 'expired' });
    }
    world.advance(STEP);
  }
}

beforeAll(async () => {
  world = await createWorld({
    now: new Date(START).toISOString(),
    settings: {
      TEAMS_WEBHOOK_URL: '',
      ONCALL_TEAMS_WEBHOOK_URL: '',
      EMAIL_TO_NORTH: 'north@contoso.example.com',
      ALERT_ROUTES: JSON.stringify(RULES),
      CHECKPOINT_RETENTION_DAYS: '3650',
    },
  });
  await aFortnight();
});
afterAll(() => world.close());

const report = (...args: string[]) => callCommand(command, args, world.env).ended();
const from = '2027-03-03';
const to = '2027-03-12';
const SPAN = { from: Date.parse('2027-03-03T00:00:00Z'), to: Date.parse('2027-03-13T00:00:00Z') };

const within = (at: Instant | undefined) => at !== undefined && at >= SPAN.from && at < SPAN.to;
const ended = () => noted.filter(lead => within(lead.ended));
const as = (how: Noted['how']) => ended().filter(lead => lead.how === how);
function middle(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const [low = 0, high = 0] = sorted.length % 2 === 1 ? [sorted[half], sorted[half]] : sorted.slice(half - 1, half + 1);
  return Math.round((low + high) / 2 / 1000);
}
function total(leads: readonly Noted[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { currency, value } of leads) sums[currency] = (sums[currency] ?? 0) + value;
  return sums;
}

describe('the report of a fortnight', () => {
  it('has every figure that an independent count has', async () => {
    const { code, stdout } = await report('--from', from, '--to', to, '--json');
    expect(code).toBe(0);
    const answered = ended().filter(({ how }) => how !== 'expired');
    const count = (rule: string, leads: readonly Noted[]) => leads.filter(lead => lead.rule === rule).length;
    const received = noted.filter(lead => within(lead.received));
    expect(answered.length * as('expired').length).toBeGreaterThan(0);
    const took = ({ ended = 0, received: seen }: Noted) => ended - seen;
    const slowest = answered.toSorted((a, b) => took(b) - took(a) || (a.id < b.id ? -1 : 1)).slice(0, 5);
    expect(JSON.parse(stdout)).toEqual({
      from,
      to,
      received: received.length,
      accepted: as('accepted').length,
      declined: as('declined').length,
      expired: as('expired').length,
      gone: 0,
      pending: noted.filter(lead => lead.received < SPAN.to && !(lead.ended && lead.ended < SPAN.to)).length,
      medians: { told: 0, claim: null, answer: middle(answered.map(took)) },
      value: { answered: total(answered), expired: total(as('expired')) },
      slowest: slowest.map(lead => ({
        id: lead.id,
        customer: lead.customer.trim(),
        outcome: lead.how,
        seconds: took(lead) / 1000,
      })),
      rules: RULES.map(({ name }) => ({
        name,
        received: count(name, received),
        answered: count(name, answered),
        expired: count(name, as('expired')),
      })),
    });
  });

  it('is a table of CSV with a line for each referral, in which nothing is a formula', async () => {
    const { code, stdout } = await report('--from', from, '--to', to, '--csv');
    expect(code).toBe(0);
    const lines: Record<string, string>[] = parse(stdout, { columns: true });
    const counted = noted.filter(lead => lead.received < SPAN.to && !(lead.ended && lead.ended < SPAN.from));
    expect(lines.map(({ id }) => id).toSorted()).toEqual(counted.map(({ id }) => id).toSorted());
    expect(Object.keys(lines[0] ?? {}).slice(0, 2)).toEqual(['id', 'customer']);
    for (const line of lines) {
      const lead = noted.find(({ id }) => id === line.id);
      const open = lead?.ended === undefined || lead.ended >= SPAN.to;
      expect(line).toMatchObject({ outcome: open ? 'pending' : lead?.how, currency: lead?.currency });
      expect(Number(line.value)).toBe(lead?.value);
      for (const cell of Object.values(line)) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
    }
    expect(lines.map(({ customer }) => customer)).toEqual(
      expect.arrayContaining([`'${FORMULAS[1]}`, "'+1+1", "'-2+3", "'@SUM(1)", "'=1+1", 'Plain, "Ltd"']),
    );
  });

  it('is a table for people', async () => {
    const { code, stdout } = await runCommand('report', ['--from', from, '--to', to], world.env).ended();
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`Received +${noted.filter(lead => within(lead.received)).length}\n`));
    expect(stdout).toContain('Nordics + Baltics');
    expect(stdout).toMatch(/Slowest answers\n +4d/);
  });
});

it.each([
  [['--to', to], '--from is missing'],
  [['--from', '3.3.2027', '--to', to], '--from names no day'],
  [['--from', '2027-02-30', '--to', to], '--from names no day'],
  [['--from', to, '--to', from], '--to names a day before --from'],
  [['--from', '0001-01-01', '--to', '9999-12-31'], 'more than ten years apart'],
  [['--from', from, '--to', to, '--csv', '--json'], 'not for both'],
])('says what is wrong with %j', async (args, said) => {
  const { code, stdout, stderr } = await report(...args);
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toContain(said);
});

it('needs nothing but the way to the tables', async () => {
  const { code, stderr } = await callCommand(command, ['--from', from, '--to', to], {}).ended();
  expect(code).toBe(1);
  expect(stderr).toMatch(/TABLES_URL is missing|Copy local.settings/);
  expect(stderr).not.toContain('PARTNER');
  const env = { TABLES_CONNECTION_STRING: world.tables.connectionString };
  expect((await callCommand(command, ['--from', from, '--to', to], env).ended()).code).toBe(0);
});

it.each([
  ['away', null, /could not be made: a service that it needs does not answer \(ECONNREFUSED\)/],
  ['refusing with a page', 403, /could not be made: a service that it needs refuses it \(HTTP 403\)/],
])('tables that are %s: says what that means, and nothing of the page', async (_, status, said) => {
  const gateway = createServer((_request, response) => {
    response.writeHead(status ?? 500, { 'content-type': 'text/html' }).end('<html>Adatum</html>');
  }).listen(0, '127.0.0.1');
  await once(gateway, 'listening');
  const { port } = gateway.address() as AddressInfo;
  if (status === null) gateway.close();
  const endpoint = `DefaultEndpointsProtocol=http;AccountName=dev;AccountKey=a2V5;TableEndpoint=http://127.0.0.1:${port}/dev`;
  const env = { ...world.env, TABLES_CONNECTION_STRING: endpoint };
  const { code, stderr } = await callCommand(command, ['--from', '2027-03-01', '--to', '2027-03-02'], env).ended();
  expect(code).toBe(1);
  expect(stderr).toMatch(said);
  expect(stderr).not.toContain('Adatum');
  gateway.closeAllConnections();
  gateway.close();
});
