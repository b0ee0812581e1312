import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { DAY, MINUTE } from '../../src/base/instant.ts';
import { LOG_EVENTS } from '../../src/base/log-events.ts';
import { makeReferral } from '../sandbox/referrals-api/make-referral.ts';
import { createWorld, type World } from '../support/world.ts';
import { runKql } from './kql.ts';
import type { Row } from './kql-expression.ts';

const FOLDER = 'infra/queries';
const queryOf = (name: string) => readFileSync(`${FOLDER}/${name}.kql`, 'utf8');
const NAMES = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter(name => name.endsWith('.kql'))
  .map(name => name.replace(/\.kql$/, '').replaceAll('\\', '/'));

let world: World | null = null;
afterEach(async () => {
  await world?.close();
  world = null;
});

/** Runs polls five minutes apart and answers the log lines that the app really wrote, as the workspace keeps them. */
async function linesOf(polls: number, between: (poll: number) => void = () => {}): Promise<Row[]> {
  const rows: Row[] = [];
  for (let poll = 0; poll < polls; poll += 1) {
    between(poll);
    const { lines } = (world as World).log;
    const before = lines.length;
    await world?.poll();
    for (const { event, fields } of lines.slice(before)) {
      rows.push({ TimeGenerated: new Date(), Message: JSON.stringify({ event, ...fields }) });
    }
    world?.advance(5 * MINUTE);
  }
  return rows;
}

const lead = (customer: string, age = 0) => makeReferral({ customer, createdAt: Date.now() - age });

interface Alarm {
  readonly column: string;
  readonly operator: string;
  readonly threshold: number;
}

/** The rules as the template states them. */
function alarmOf(name: string): Alarm {
  const template = readFileSync('infra/modules/alarms.bicep', 'utf8');
  const [, text = ''] = template.split(`    name: '${name}'`);
  const [, column = '', operator = '', threshold = ''] =
    /column: '(\w+)'\s+operator: '(\w+)'\s+threshold: (\d+)/.exec(text) ?? [];
  expect(text).toContain(`loadTextContent('../queries/alarms/${name}.kql')`);
  return { column, operator, threshold: Number(threshold) };
}

function rings(name: string, tables: { AppTraces?: Row[]; AppRequests?: Row[] }): boolean {
  const { column, operator, threshold } = alarmOf(name);
  const rows = runKql(queryOf(`alarms/${name}`), { AppTraces: [], AppRequests: [], ...tables });
  const total = rows.reduce((sum, row) => sum + Number(row[column]), 0);
  if (rows.length === 0) return false;
  return operator === 'LessThan' ? total < threshold : total > threshold;
}

describe('the queries ask for what the app logs', () => {
  test.each(NAMES)('%s', name => {
    const query = queryOf(name);
    const events = Object.keys(LOG_EVENTS).filter(event => query.includes(`'${event}'`));
    const known = new Set<string>(['event', ...events.flatMap(event => LOG_EVENTS[event as keyof typeof LOG_EVENTS])]);
    const asked = [...query.matchAll(/\bentry\.(\w+)/g)].map(match => match[1] ?? '');
    expect(asked.filter(field => !known.has(field))).toEqual([]);
    expect(query.includes('AppRequests') || events.length > 0).toBe(true);
  });

  test('and the app logs what the list says', async () => {
    world = await createWorld({ referrals: () => [lead('Contoso'), lead('Fabrikam', 12 * DAY)] });
    await linesOf(2);
    world.api.setFaults({ forbidden: true });
    await linesOf(1);
    world.authority.setFaults({ mfaRequired: true });
    world.restart();
    await linesOf(1);
    const written = new Map<string, Set<string>>();
    for (const { event, fields } of world.log.lines) {
      written.set(event, new Set([...(written.get(event) ?? []), ...Object.keys(fields)]));
    }
    for (const event of [
      'poll-finished',
      'poll-failed',
      'delivery',
      'operator-alarm',
      'sign-in.needed',
      'partner-center.refused',
    ] as const) {
      expect([...(written.get(event) ?? [])], event).toEqual(expect.arrayContaining([...LOG_EVENTS[event]]));
    }
  });
});

describe('alarms', () => {
  test('stay silent while polls end well', async () => {
    world = await createWorld({ referrals: () => [lead('Contoso')] });
    const AppTraces = await linesOf(3);
    for (const name of ['no-good-poll', 'undelivered', 'sign-in-trouble'])
      expect(rings(name, { AppTraces }), name).toBe(false);
  });

  test('no good poll: when the watch is dead, and when every poll fails', async () => {
    expect(rings('no-good-poll', {})).toBe(true);
    world = await createWorld({ referrals: () => [lead('Contoso')] });
    world.api.setFaults({ forbidden: true });
    expect(rings('no-good-poll', { AppTraces: await linesOf(3) })).toBe(true);
  });

  test('undelivered: refused for good at once, waiting only when nothing of it came through', async () => {
    world = await createWorld({ referrals: () => [lead('Contoso')] });
    world.teams.setFaults({ down: true });
    const down = await linesOf(2);
    expect(rings('undelivered', { AppTraces: down })).toBe(true);
    world.teams.setFaults({ down: false });
    world.advance(30 * MINUTE);
    expect(rings('undelivered', { AppTraces: [...down, ...(await linesOf(2))] })).toBe(false);
  });

  test('sign-in trouble: when the authority refuses', async () => {
    world = await createWorld({ referrals: () => [lead('Contoso')] });
    world.authority.setFaults({ mfaRequired: true });
    expect(rings('sign-in-trouble', { AppTraces: await linesOf(1) })).toBe(true);
  });

  test('invocations and the detail endpoint are judged by what the host counted', () => {
    const requests = (Name: string, ...codes: number[]): Row[] =>
      codes.map(code => ({ TimeGenerated: new Date(), Name, Success: code < 400, ResultCode: String(code) }));
    const polls = (...codes: number[]) => ({ AppRequests: requests('pollReferrals', ...codes) });
    expect(rings('invocation-failures', polls(0, 0, 0))).toBe(false);
    expect(rings('invocation-failures', polls(0, 500, 0))).toBe(false);
    expect(rings('invocation-failures', polls(500, 500, 0))).toBe(true);
    expect(rings('detail-errors', { AppRequests: requests('getReferral', 200, 404, 429, 401) })).toBe(false);
    expect(rings('detail-errors', { AppRequests: requests('getReferral', 502, 503, 504) })).toBe(true);
  });

  test('name functions that exist', () => {
    const registered = readdirSync('functions')
      .map(name => readFileSync(`functions/${name}`, 'utf8'))
      .join('\n');
    for (const name of ['pollReferrals', 'getReferral', 'teamsMessages']) expect(registered).toContain(`'${name}'`);
  });
});

describe('the workbook', () => {
  const run = (name: string, AppTraces: Row[]) => runKql(queryOf(`workbook/${name}`), { AppTraces });

  test('shows pending referrals by time left, and the next expiry', async () => {
    world = await createWorld({
      referrals: () => [
        lead('Contoso'),
        lead('Fabrikam', 8 * DAY),
        lead('Adatum', 12 * DAY),
        lead('Northwind', 13.2 * DAY),
      ],
    });
    const lines = await linesOf(2);
    expect(run('pending', lines)).toEqual([
      { TimeGenerated: expect.any(Date), 'under 1 day': 1, '1 to 3 days': 1, '3 to 7 days': 1, 'over 7 days': 1 },
    ]);
    expect(Number(run('next-expiry', lines)[0]?.hoursLeft)).toBeLessThan(24);
  });

  test('shows alerts by kind and channel, and poll durations', async () => {
    world = await createWorld({ referrals: () => [lead('Contoso'), lead('Fabrikam', 12 * DAY)] });
    const lines = await linesOf(2);
    expect(run('alerts', lines)).toEqual([
      expect.objectContaining({ alert: 'escalation', step: '3d', channel: 'email', delivered: 1 }),
      expect.objectContaining({ alert: 'escalation', step: '3d', channel: 'teams', delivered: 1 }),
      expect.objectContaining({ alert: 'new', step: '', channel: 'email', delivered: 1, rejected: 0 }),
      expect.objectContaining({ alert: 'new', step: '', channel: 'teams', delivered: 1 }),
    ]);
    expect(run('poll-duration', lines)).toEqual([
      {
        TimeGenerated: expect.any(Date),
        median: expect.any(Number),
        p95: expect.any(Number),
        longest: expect.any(Number),
      },
    ]);
  });

  test('shows calls to Partner Center and failures with their reasons', async () => {
    world = await createWorld({ referrals: () => [lead('Contoso')] });
    const lines = await linesOf(3, poll => {
      if (world) world.api.setFaults({ forbidden: poll === 1 });
    });
    const [calls] = run('partner-calls', lines);
    expect(Number(calls?.['list calls'])).toBeGreaterThan(2);
    expect(Number(calls?.refused)).toBeGreaterThan(0);
    const failures = run('failures', lines);
    expect(failures).toEqual([
      expect.objectContaining({ event: 'poll-failed', times: 1, reason: expect.stringMatching(/Partner Center/) }),
    ]);
  });
});
